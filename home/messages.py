from django.utils.translation import gettext_lazy as _

from notifications.topics import Topic

TOPICS = [
    Topic(
        "feedback",
        _("Feedback about the site"),
        _("For the people who look after the site: problems that visitors report."),
        ("home/feedback",),
    )
]
