"""Verbs of a reviewer: claim a seat, save, hand in, release."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from community.access import access_of
from community.models import User

from ..errors import RefusedError
from ..models import Outcome, Practice, Review, ReviewRound
from .announcements import announce_split
from .deciding import agreed_outcome, carry_out
from .rounds import assign_seat, open_round

CLAIMED, RELEASED, WRITTEN = "groups.claim_review", "groups.release_review", "groups.write_review"


@dataclass
class Draft:
    """A reviewer's input. `scores` maps criterion keys to (score or None, reason)."""

    scores: dict[int, tuple[int | None, str]] = field(default_factory=dict)
    recommendation: str = ""
    words: str = ""
    make_public: bool = False


def locked_round(practice: Practice, by: User) -> tuple[Practice, ReviewRound]:
    """Lock the practice's row, which guards its whole review, and return it with its open round.

    Raises RefusedError if there is none or if the person may not take part in it.
    """
    row = Practice.objects.select_for_update().get(pk=practice.pk)
    review_round = open_round(row)
    if review_round is None:
        raise RefusedError(
            _("This practice isn’t waiting for review. It has been decided, or the author has withdrawn it.")
        )
    if row.has_conflict_with(by):
        raise RefusedError(_("You’re a member of one of the authors’ schools, so someone else must review it."))
    if not row.may_be_reviewed_by(by):
        raise RefusedError(_("You don’t moderate this school’s practices."))
    if review_round.excludes(by):
        raise RefusedError(_("You were involved in the decision being appealed, so someone else must look at it."))
    return row, review_round


@transaction.atomic
def claim(*, practice: Practice, by: User) -> Review:
    """Claim a seat in the review. Idempotent. Raises RefusedError, also if all seats are taken."""
    row, review_round = locked_round(practice, by)
    release_reviews_in_conflict(row, review_round)
    own = review_round.reviews.held_by(by).first()
    if own:
        return own
    if review_round.escalated_at and access_of(by).moderates_all:
        raise RefusedError(_("This waited too long and has been passed to you to decide, so no new reviews can start."))
    review = assign_seat(review_round, by)
    if review is None:
        raise RefusedError(_("All reviewer places are taken."))
    log(instance=row, action=CLAIMED, user=by)
    return review


@transaction.atomic
def release(*, practice: Practice, by: User) -> None:
    """Release the seat, keeping the draft in case the reviewer claims again. Idempotent.

    Raises RefusedError if the review has been handed in.
    """
    row = Practice.objects.select_for_update().get(pk=practice.pk)
    running = ReviewRound.objects.open().filter(practice=row)
    review = Review.objects.held_by(by).filter(round__in=running).first()
    if review is None:
        return
    if review.written_at:
        raise RefusedError(_("You’ve submitted your review, so you can’t withdraw it."))
    _release(review)
    log(instance=row, action=RELEASED, user=by)


@transaction.atomic
def save_review(*, practice: Practice, by: User, draft: Draft) -> Review:
    """Save the reviewer's draft without handing it in. Raises RefusedError if they hold no unfinished review."""
    _row, review_round = locked_round(practice, by)
    return _save(_own_unwritten(review_round, by), draft)


@transaction.atomic
def hand_in(*, practice: Practice, by: User, draft: Draft) -> Review:
    """Hand in the review. The last one settles the round: it is decided if all agree, else a moderator who hasn't
    reviewed it is asked to decide.

    Raises RefusedError with what is missing, or if it was already handed in.
    """
    row, review_round = locked_round(practice, by)
    review = _save(_own_unwritten(review_round, by), draft)
    missing = missing_for_hand_in(review_round, draft)
    if missing:
        raise RefusedError(" ".join(missing))
    review.written_at = timezone.now()
    review.save(update_fields=["written_at"])
    log(instance=row, action=WRITTEN, user=by)
    release_reviews_in_conflict(row, review_round)
    _settle(row, review_round, by)
    return review


def missing_for_hand_in(review_round: ReviewRound, draft: Draft) -> list[str]:
    """List what the review lacks before it can be handed in, in sentences."""
    criteria = list(review_round.rubric.criteria.all())
    found = []
    if any(draft.scores.get(criterion.pk, (None, ""))[0] is None for criterion in criteria):
        found.append(_("Score every criterion."))
    if not draft.recommendation:
        found.append(_("Choose a recommendation."))
    words, reasons = draft.words.strip(), any(reason.strip() for _score, reason in draft.scores.values())
    if draft.recommendation == Outcome.RETURN and not (words or reasons):
        found.append(_("Tell the author what to change, next to a criterion or in your note."))
    if draft.recommendation == Outcome.DECLINE and not words:
        found.append(_("Tell the author in your own words why it should be declined."))
    return found


def _own_unwritten(review_round: ReviewRound, by: User) -> Review:
    own = review_round.reviews.held_by(by).first()
    if own is None:
        raise RefusedError(_("Claim the review first."))
    if own.written_at:
        raise RefusedError(_("You’ve already submitted your review."))
    return own


def _save(review: Review, draft: Draft) -> Review:
    review.recommendation, review.words = draft.recommendation, draft.words.strip()
    review.make_public = draft.make_public
    review.save(update_fields=["recommendation", "words", "make_public"])
    review.save_scores(draft.scores)
    return review


def _release(review: Review) -> None:
    review.seat, review.released_at = None, timezone.now()
    review.save(update_fields=["seat", "released_at"])


def release_reviews_in_conflict(row: Practice, review_round: ReviewRound) -> None:
    """Release the reviews, finished or not, of deleted accounts and of people who now have a conflict of interest."""
    lost = Q(reviewer=None) | Q(reviewer__in=row.people_with_conflict().values("pk"))
    for review in review_round.reviews.held().filter(lost):
        _release(review)


def _settle(row: Practice, review_round: ReviewRound, by: User) -> None:
    review_round = open_round(row)
    written = review_round.handed_in
    if len(written) < review_round.wanted:
        return
    outcome = agreed_outcome(written)
    if outcome:
        carry_out(row, review_round, outcome, by=by, words="", make_public=all(r.make_public for r in written))
    else:
        announce_split(row, review_round)
