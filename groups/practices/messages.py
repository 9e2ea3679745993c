from django.utils.translation import gettext_lazy as _

from notifications.models import Frequency
from notifications.topics import Topic

TOPICS = [
    Topic(
        "own_practices",
        _("Your good practices"),
        _("Review results, and when your practices are published or taken down."),
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
        _("Invitations to co-author a practice, and replies to yours."),
        ("practices/co_author_invited", "practices/co_author_accepted", "practices/co_author_ended"),
    ),
    Topic(
        "reuse",
        _("How other schools use your practices"),
        _("When a school reports that it tried one, or your own report is hidden."),
        ("practices/adoption_report", "practices/adoption_hidden"),
    ),
    Topic(
        "reviews",
        _("Practices waiting for you"),
        _("For people who review or sign off other people’s practices."),
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
        _("Schools and topics you follow"),
        _("New practices from the schools, pillars and subjects you follow."),
        ("practices/practice_followed",),
        usual=Frequency.WEEKLY,
    ),
]
