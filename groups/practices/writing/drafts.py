"""Save, submit and withdraw a practice."""

from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from wagtail.models import Revision, WorkflowState

from ..errors import IncompleteError, PracticesError, RefusedError, TakenError
from ..models import EditLock, Practice
from ..review.announcements import announce_taken_back
from ..review.rounds import open_round
from ..review.versions import unchanged_since_the_last_answer
from ..tasks import make_renditions

# Fields maintained by Wagtail.
WAGTAILS_OWN = {"id", "live", "first_published_at", "last_published_at", "latest_revision", "live_revision"}


def locked(practice: Practice) -> Practice:
    """Return the practice's row, locked until the transaction ends, so that changes are serialised."""
    return Practice.objects.select_for_update().get(pk=practice.pk)


@transaction.atomic
def save_draft(*, practice: Practice, by) -> Practice:
    """Save the author's changes, given as a Practice with its images and attachments set.

    An unpublished practice is saved to the row and a revision; a published one to a revision only, because readers see
    the row. Raises RefusedError if `by` is not an author, is suspended, does not write for their school now, or a
    review is running.
    """
    row = locked(practice) if practice.pk else practice
    refusal = row.refusal_to_edit(by)
    if refusal:
        raise RefusedError(refusal)
    return store(practice, row, by)


def store(practice: Practice, row: Practice, by, *, into: Revision | None = None) -> Practice:
    """Save the practice to its locked row and a revision (a new one, or `into`), without permission checks."""
    if practice.pk:
        # In addition to the lock: the database accepts only one of two saves from the same version.
        if not Practice.objects.filter(pk=row.pk, version=row.version).update(version=F("version") + 1):
            raise PracticesError(_("A colleague has just saved a new version."))
        practice.version = row.version + 1
    if not row.live:
        practice.save(update_fields=_written_fields() if practice.pk else None)
    # Autosaves into one revision also share one log entry.
    practice.save_revision(user=by, log_action=into is None, overwrite_revision=into)
    pictures = {practice.cover_id, *(image.image_id for image in practice.images.all())} - {None}
    if pictures and into is None:
        transaction.on_commit(partial(make_renditions.enqueue, sorted(pictures)))
    return practice


def _written_fields() -> list[str]:
    """List the fields a draft may write to its row, with pictures and documents but not counters or decisions."""
    kept = {*Practice.KEPT, *WAGTAILS_OWN}
    fields = [field.name for field in Practice._meta.concrete_fields if not {field.name, field.attname} & kept]
    return [*fields, *Practice.PARTS]


@transaction.atomic
def submit(*, practice: Practice, by) -> None:
    """Submit the practice for review, or resubmit it after it was returned. Idempotent.

    Raises IncompleteError with the missing fields, TakenError while a co-author holds the edit lock, or PracticesError.
    """
    row = locked(practice)
    if row.author_id == by.pk and row.workflow_in_progress:
        return
    if row.author_id != by.pk and row.written_for(by) is not None:
        raise RefusedError(_("Only the first author can submit it."))
    refusal = row.refusal_to_edit(by)
    if refusal:
        raise RefusedError(refusal)
    if row.live and not row.has_unpublished_changes:
        raise PracticesError(_("This version is already published, so there’s nothing new to review."))
    if unchanged_since_the_last_answer(row):
        raise PracticesError(
            _("Nothing has changed since it was sent back. Make the changes you were asked for first.")
        )
    missing = row.get_latest_revision_as_object().missing()
    if missing:
        raise IncompleteError(_("Something is still missing. Complete it before you submit."), missing)
    lock = EditLock.objects.running().exclude(holder=by).filter(practice=row).first()
    if lock:
        raise TakenError(lock)
    # Forms open in other windows become stale, and no autosave can write into the revision under review.
    EditLock.objects.filter(practice=row).delete()
    Practice.objects.filter(pk=row.pk).update(version=F("version") + 1)
    state = row.current_workflow_state
    if state is None:
        row.get_workflow().start(row, by)
    else:
        state.resume(user=by)


@transaction.atomic
def withdraw(*, practice: Practice, by) -> None:
    """Withdraw a submitted practice from review; it becomes a draft again. Raises PracticesError."""
    row = locked(practice)
    if row.author_id != by.pk:
        raise RefusedError(_("Only the author can withdraw it."))
    state = row.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
        raise PracticesError(_("It isn’t waiting for a review."))
    review_round = open_round(row)
    state.cancel(user=by)
    if review_round:
        announce_taken_back(row, review_round)
