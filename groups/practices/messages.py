from django.utils.translation import gettext_lazy as _

from notifications.models import Frequency
from notifications.topics import Topic

TOPICS = [
    Topic(
        "own_practices",
        _("Your good practices"),
        _("What a review says, and when readers see or no longer see what you wrote."),
        (
            *("practices/practice_published", "practices/practice_returned", "practices/practice_declined"),
            *(
                "practices/practice_taken_down",
                "practices/practice_stale",
                "practices/signed_off",
                "practices/handed_back",
            ),
            *("practices/consent_ended", "practices/consent_ending", "practices/picture_taken_down"),
        ),
    ),
    Topic(
        "writing_together",
        _("Writing together"),
        _("Who asks you to write along, and who agreed to write with you."),
        ("practices/co_author_invited", "practices/co_author_accepted", "practices/co_author_ended"),
    ),
    Topic(
        "reuse",
        _("What others make of your practices"),
        _("When a school tells that it tried one of them, or a report of yours is hidden."),
        ("practices/practice_tried", "practices/try_hidden"),
    ),
    Topic(
        "reviews",
        _("Practices that wait for you"),
        _("For those who review or sign off what others wrote."),
        (
            "practices/practice_submitted",
            "practices/practice_appealed",
            "practices/practice_taken_back",
            "practices/review_again",
            "practices/review_due",
            "practices/review_overdue",
            "practices/reviews_differ",
            "practices/sign_off_wanted",
        ),
    ),
    Topic(
        "followed",
        _("What you follow"),
        _("New practices of the schools, pillars and subjects that you follow."),
        ("practices/practice_followed",),
        usual=Frequency.WEEKLY,
    ),
]
