"""The current status of practices: since when, what happens next, and by when. Constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from ..models import Practice, ReviewRound
from ..models.in_review import SIGN_OFF


@dataclass(frozen=True)
class Progress:
    """Status in words for the authors; `reason` explains why it was sent back, if it was."""

    sentence: str
    since: datetime | None = None
    until: date | datetime | None = None
    reason: str = ""


def progress_of(practices: Iterable[Practice]) -> dict[int, Progress]:
    """Map practice keys to their status; two queries in total. The practices must come from `with_review`."""
    practices = list(practices)
    states = WorkflowState.objects.active().filter(
        base_content_type=ContentType.objects.get_for_model(Practice),
        object_id__in=[str(practice.pk) for practice in practices],
    )
    by_key = {int(state.object_id): state for state in states.select_related("current_task_state")}
    rounds = ReviewRound.objects.open().with_progress().filter(practice__in=practices)
    running = {review_round.practice_id: review_round for review_round in rounds}
    return {
        practice.pk: _progress(practice, by_key.get(practice.pk), running.get(practice.pk)) for practice in practices
    }


def _progress(practice: Practice, state: WorkflowState | None, review_round: ReviewRound | None) -> Progress:
    step = state.current_task_state if state else None
    if review_round:
        return Progress(round_progress(review_round), since=review_round.began_at, until=review_round.due_at)
    if step and practice.review_stage == SIGN_OFF and state.status == WorkflowState.STATUS_IN_PROGRESS:
        return Progress(_("A lead at your school will read it first, then the reviewers."), since=step.started_at)
    if step and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return Progress(practice.next_step, since=step.finished_at, reason=step.comment)
    if practice.live and not practice.has_unpublished_changes:
        return Progress(practice.next_step, since=practice.last_published_at, until=practice.review_by)
    return Progress(practice.next_step)


def round_progress(review_round: ReviewRound) -> str:
    """Describe the progress of an open round, which must come from `with_progress`."""
    if review_round.escalated_at:
        return _("It has waited too long, so the central support team will decide.")
    if review_round.written >= review_round.wanted:
        return _("The reviews differ, so someone who hasn’t reviewed it will decide.")
    numbers = {"written": review_round.written, "wanted": review_round.wanted, "taken": review_round.taken}
    if not review_round.taken:
        return _("Waiting for reviewers (%(wanted)d needed).") % numbers
    return _("Reviewers are reading it. %(written)d of %(wanted)d reviews finished.") % numbers
