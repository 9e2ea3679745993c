"""What a round of reviews asks of a moderator, in words."""

from django.utils.translation import gettext as _

from ..models import ReviewRound


def asked_of(review_round: ReviewRound, *, mine: bool) -> str:
    """What somebody in whose queue the round stands is asked to do; it comes from `with_progress`."""
    if review_round.escalated_at or review_round.written >= review_round.wanted:
        return _("decide")
    return _("finish your review") if mine else _("claim a place")
