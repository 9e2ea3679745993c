"""Open review rounds and fill their seats."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import TaskState

from community.models import User

from ..models.practices import Practice
from ..models.reviews import Appeal, Outcome, Review, ReviewRound
from .reviewers import reviews_wanted
from .rubric import current_rubric

REVIEW_DAYS = 14


def due_from_now() -> object:
    """Return the due date of a review claimed now."""
    return timezone.now() + timedelta(days=REVIEW_DAYS)


def begin_round(task_state: TaskState) -> ReviewRound:
    """Open a submission's round with the current rubric. Reviewers who sent it back keep their seats; an appeal has one
    seat."""
    practice = task_state.workflow_state.content_object
    before = practice.rounds.order_by("-pk").first()
    appeal = Appeal.objects.filter(declined=before, round=None).first() if before else None
    begun = ReviewRound.objects.create(
        practice=practice,
        task_state=task_state,
        rubric=current_rubric(),
        wanted=1 if appeal else reviews_wanted(practice),
        due_at=due_from_now(),
        appeal=appeal,
    )
    if (
        before
        and before.outcome == Outcome.RETURN
        and before.task_state.workflow_state_id == task_state.workflow_state_id
    ):
        again = [review.reviewer for review in before.handed_in if review.reviewer]
        still = [person for person in again if practice.may_be_reviewed_by(person)][: begun.wanted]
        Review.objects.bulk_create(
            Review(round=begun, reviewer=person, seat=seat, due_at=begun.due_at) for seat, person in enumerate(still, 1)
        )
    return begun


def assign_seat(review_round: ReviewRound, reviewer: User) -> Review | None:
    """Assign the reviewer the lowest free seat, restoring their earlier draft; None if all are taken."""
    taken = {review.seat for review in review_round.held_reviews}
    free = next((seat for seat in range(1, review_round.wanted + 1) if seat not in taken), None)
    if free is None:
        return None
    now = timezone.now()
    held = {"seat": free, "claimed_at": now, "due_at": due_from_now(), "released_at": None}
    review, _new = Review.objects.update_or_create(round=review_round, reviewer=reviewer, defaults=held)
    return review


def open_round(practice: Practice) -> ReviewRound | None:
    """Return the open round of the practice, or None."""
    rounds = ReviewRound.objects.open().filter(practice=practice.pk)
    return rounds.select_related("task_state", "rubric", "appeal").order_by("-pk").first()
