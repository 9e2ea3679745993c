from django.utils.translation import gettext_lazy as _

from notifications.models import Frequency
from notifications.topics import Topic

TOPICS = [
    Topic(
        "desk",
        _("Weekly summary for moderators"),
        _("For moderators, every Monday: new items, items dealt with and waiting times."),
        ("moderation/week",),
        choices=(Frequency.AT_ONCE, Frequency.NEVER),
    ),
    Topic(
        "reports",
        _("Reports to moderators"),
        _("For moderators: content that members ask you to look at. You’ll get one message for each item."),
        ("moderation/reported",),
    ),
]
