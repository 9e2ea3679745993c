"""The task of a moderator in a review round, in words."""

from django.utils.translation import gettext as _

from ..models import ReviewRound


def asked_of(review_round: ReviewRound, *, mine: bool) -> str:
    """Return the task of a moderator who has the round in their queue. The round must come from `with_progress`."""
    if review_round.escalated_at or review_round.written >= review_round.wanted:
        return _("decide")
    return _("finish your review") if mine else _("claim a review")
