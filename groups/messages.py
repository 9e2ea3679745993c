from django.utils.translation import gettext_lazy as _

from notifications.models import Frequency
from notifications.topics import Topic

TOPICS = [
    Topic(
        "own_practices",
        _("Your good practices"),
        _("What a review says, and when readers see or no longer see what you wrote."),
        (
            *("groups/practice_published", "groups/practice_returned", "groups/practice_declined"),
            *("groups/practice_taken_down", "groups/practice_stale", "groups/signed_off", "groups/handed_back"),
            *("groups/consent_ended", "groups/consent_ending", "groups/picture_taken_down"),
        ),
    ),
    Topic(
        "writing_together",
        _("Writing together"),
        _("Who asks you to write along, and who agreed to write with you."),
        ("groups/co_author_invited", "groups/co_author_accepted", "groups/co_author_ended"),
    ),
    Topic(
        "reuse",
        _("What others make of your practices"),
        _("When a school tells that it tried one of them, or a report of yours is hidden."),
        ("groups/practice_tried", "groups/try_hidden"),
    ),
    Topic(
        "reviews",
        _("Practices that wait for you"),
        _("For those who review or sign off what others wrote."),
        (
            "groups/practice_submitted",
            "groups/practice_appealed",
            "groups/practice_taken_back",
            "groups/review_again",
            "groups/review_due",
            "groups/review_overdue",
            "groups/reviews_differ",
            "groups/sign_off_wanted",
        ),
    ),
    Topic(
        "reports",
        _("Reports to moderators"),
        _("For those who moderate: what members ask you to look at, once for each thing."),
        ("groups/reported",),
    ),
    Topic(
        "followed",
        _("What you follow"),
        _("New practices of the schools, pillars and subjects that you follow."),
        ("groups/practice_followed",),
        usual=Frequency.WEEKLY,
    ),
    Topic(
        "addressed",
        _("When somebody addresses you"),
        _("Comments that name you, and what moderators say about what you wrote."),
        ("groups/mentioned", "groups/words_hidden"),
    ),
    Topic(
        "discussions",
        _("Discussions"),
        _("Answers to what you wrote, comments on your practices, and the topics and practices that you listen to."),
        ("groups/comment_answered", "groups/topic_answered", "groups/practice_commented"),
        usual=Frequency.DAILY,
    ),
]
