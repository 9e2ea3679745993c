"""Decide a review round: publish, send back or decline, by agreement or by one more moderator."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from community.access import Audience, access_of

from ..errors import RefusedError
from ..models import Outcome, Practice, Review, ReviewRound, Score
from .announcements import announce_declined, announce_published, announce_returned
from .rounds import open_round

DECIDED = "groups.decide_review"
# A published practice must be confirmed or changed within this time.
TRUE_FOR = timedelta(days=730)
# Lowest weighted mean of the scores, from 0 to 100, at which each outcome is suggested.
PUBLISH_FROM, RETURN_FROM = 60, 25


def result_of(review: Review, criteria: int) -> int | None:
    """Return the weighted mean of a review's scores, from 0 to 100; None until all criteria are scored.

    The review must come from `with_scores`.
    """
    rows = review.scores.all()
    if len([row for row in rows if row.score is not None]) < criteria:
        return None
    weight = sum(row.criterion.weight for row in rows)
    reached = sum(row.criterion.weight * (row.score - Score.NOT_YET) for row in rows)
    return round(100 * reached / (weight * (Score.MODEL - Score.NOT_YET)))


def suggested(review: Review, criteria: int) -> str:
    """Return the outcome the scores suggest; empty while one is missing. A “not yet” score rules out publishing."""
    result = result_of(review, criteria)
    if result is None:
        return ""
    if result < RETURN_FROM:
        return Outcome.DECLINE
    lowest = min(row.score for row in review.scores.all())
    return Outcome.PUBLISH if result >= PUBLISH_FROM and lowest > Score.NOT_YET else Outcome.RETURN


def agreed_outcome(reviews: list[Review]) -> str:
    """Return the outcome all reviews recommend; empty if they differ."""
    recommended = {review.recommendation for review in reviews}
    return recommended.pop() if len(recommended) == 1 else ""


def may_decide(review_round: ReviewRound, by) -> bool:
    """Return whether a person who may review the practice can decide the round alone: the reviews differ and they
    wrote none, or it is escalated and they are a central moderator without an unfinished review."""
    if not review_round.is_open or review_round.excludes(by):
        return False
    own = next((review for review in review_round.held_reviews if review.reviewer_id == by.pk), None)
    if review_round.escalated_at and access_of(by).moderates_all:
        return own is None or own.written_at is not None
    return review_round.is_split and own is None


@transaction.atomic
def decide(*, practice: Practice, by, outcome: str, words: str = "", make_public: bool = False) -> Practice:
    """Decide a round that is split or escalated. Raises RefusedError, also if it has been decided meanwhile."""
    row = Practice.objects.select_for_update().get(pk=practice.pk)
    review_round = open_round(row)
    words = words.strip()
    if review_round is None:
        raise RefusedError(_("This practice has already been decided, or the author has withdrawn it."))
    if not row.may_be_reviewed_by(by):
        raise RefusedError(_("You don’t moderate this school’s practices."))
    if not may_decide(review_round, by):
        raise RefusedError(_("You can’t decide this, because some reviews aren’t finished or one of them is yours."))
    if outcome not in Outcome.values:
        raise RefusedError(_("Choose a decision."))
    if outcome != Outcome.PUBLISH and not words:
        raise RefusedError(_("Tell the author why."))
    carry_out(row, review_round, outcome, by=by, words=words, make_public=make_public)
    return Practice.objects.get(pk=row.pk)


def carry_out(row: Practice, review_round: ReviewRound, outcome: str, *, by, words: str, make_public: bool) -> None:
    """Apply the decision and notify the authors. The caller must hold the practice's row lock."""
    told = words or "\n\n".join(dict.fromkeys(one.words for one in review_round.handed_in if one.words))
    review_round.outcome, review_round.words = outcome, words
    review_round.decided_by, review_round.decided_at = by, timezone.now()
    review_round.save(update_fields=["outcome", "words", "decided_by", "decided_at"])
    log(instance=row, action=DECIDED, user=by, data={"outcome": outcome})
    if outcome == Outcome.PUBLISH:
        _publish(row, review_round, by, told, make_public=make_public)
    elif outcome == Outcome.RETURN:
        review_round.task_state.reject(user=by, comment=told)
        announce_returned(review_round.task_state.revision.as_object(), review_round, told)
    else:
        review_round.task_state.reject(user=by, comment=told, update=False)
        review_round.task_state.workflow_state.cancel(user=by)
        announce_declined(review_round.task_state.revision.as_object(), review_round, told)


def _publish(row: Practice, review_round: ReviewRound, by, words: str, *, make_public: bool) -> None:
    text = row.get_latest_revision_as_object()
    if text.missing():
        raise RefusedError(" ".join([_("Still to complete:"), *text.missing().values()]))
    agreed = text.public_wished and (make_public or row.audience == Audience.PUBLIC)
    # Before publishing, because Wagtail's publish keeps the row's audience and date.
    Practice.objects.filter(pk=row.pk).update(
        audience=Audience.PUBLIC if agreed else Audience.MEMBERS, review_by=true_until()
    )
    review_round.task_state.approve(user=by, comment=words)
    announce_published(text, review_round, words)


def true_until(on: date | None = None) -> date:
    """Return the date by which a practice published or confirmed on the day must be confirmed again."""
    return (on or timezone.now().date()) + TRUE_FOR
