from django.utils.translation import gettext_lazy as _

from notifications.models import Frequency
from notifications.topics import Topic

TOPICS = [
    Topic(
        "addressed",
        _("When someone mentions you"),
        _("Comments that mention you, and moderators’ decisions about what you wrote."),
        ("discussions/mentioned", "discussions/words_hidden"),
    ),
    Topic(
        "discussions",
        _("Discussions"),
        _("Replies to what you wrote, comments on your practices, and new comments in discussions you follow."),
        ("discussions/comment_answered", "discussions/topic_answered", "discussions/practice_commented"),
        usual=Frequency.DAILY,
    ),
]
