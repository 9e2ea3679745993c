from django.utils.translation import gettext_lazy as _

from notifications.models import Frequency
from notifications.topics import Topic

TOPICS = [
    Topic(
        "reports",
        _("Reports to moderators"),
        _("For those who moderate: what members ask you to look at, once for each thing."),
        ("discussions/reported",),
    ),
    Topic(
        "addressed",
        _("When somebody addresses you"),
        _("Comments that name you, and what moderators say about what you wrote."),
        ("discussions/mentioned", "discussions/words_hidden"),
    ),
    Topic(
        "discussions",
        _("Discussions"),
        _("Answers to what you wrote, comments on your practices, and the topics and practices that you listen to."),
        ("discussions/comment_answered", "discussions/topic_answered", "discussions/practice_commented"),
        usual=Frequency.DAILY,
    ),
]
