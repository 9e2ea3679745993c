from django.utils.translation import gettext_lazy as _

from notifications.models import Frequency
from notifications.topics import Topic

TOPICS = [
    Topic(
        "desk",
        _("The week on the moderators’ desk"),
        _("For moderators, every Monday: what came in, what was settled, how long people waited."),
        ("moderation/week",),
        choices=(Frequency.AT_ONCE, Frequency.NEVER),
    )
]
