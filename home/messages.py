from django.utils.translation import gettext_lazy as _

from notifications.topics import Topic

TOPICS = [
    Topic(
        "feedback",
        _("Feedback about the site"),
        _("For those who look after it: what somebody could not use."),
        ("home/feedback",),
    )
]
