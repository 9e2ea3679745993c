"""What an author does with a practice: save it, submit it for review, take it back."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from ..errors import GroupsError, IncompleteError, RefusedError
from ..models import Practice
from ..tasks import make_renditions


def _locked(practice: Practice) -> Practice:
    return Practice.objects.select_for_update().get(pk=practice.pk)


@transaction.atomic
def save_draft(*, practice: Practice, by) -> Practice:
    """Keep the author's changes, given as a Practice with its images and attachments set.

    Unpublished: the row and a revision. Published: a revision only, readers go on seeing the row. Raises
    RefusedError when `by` is not the author, does not write for the school now, or a review is running.
    """
    row = _locked(practice) if practice.pk else practice
    refusal = row.refusal_to_edit(by)
    if refusal:
        raise RefusedError(refusal)
    if not row.live:
        practice.save()
    practice.save_revision(user=by, log_action=True)
    pictures = {practice.cover_id, *(image.image_id for image in practice.images.all())} - {None}
    if pictures:
        transaction.on_commit(partial(make_renditions.enqueue, sorted(pictures)))
    return practice


@transaction.atomic
def submit(*, practice: Practice, by) -> None:
    """Ask the moderators to publish it; again after it came back. Asking twice is asking once.

    Raises IncompleteError with what is missing, or GroupsError.
    """
    row = _locked(practice)
    if row.author_id == by.pk and row.workflow_in_progress:
        return
    refusal = row.refusal_to_edit(by)
    if refusal:
        raise RefusedError(refusal)
    if row.live and not row.has_unpublished_changes:
        raise GroupsError(_("It is published as it stands: there is nothing new to review."))
    missing = row.get_latest_revision_as_object().missing()
    if missing:
        raise IncompleteError(_("Something is still missing before a moderator can review it."), missing)
    state = row.current_workflow_state
    if state is None:
        row.get_workflow().start(row, by)
    else:
        state.resume(user=by)


@transaction.atomic
def withdraw(*, practice: Practice, by) -> None:
    """Take a submitted practice back to change it or keep it; it becomes a draft again. Raises GroupsError."""
    row = _locked(practice)
    if row.author_id != by.pk:
        raise RefusedError(_("Only its author takes a practice back."))
    state = row.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
        raise GroupsError(_("It is not waiting for a review."))
    state.cancel(user=by)
