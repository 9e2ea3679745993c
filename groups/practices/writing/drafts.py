"""What an author does with a practice: save it, submit it for review, take it back."""

from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from wagtail.models import Revision, WorkflowState

from ..errors import IncompleteError, PracticesError, RefusedError, TakenError
from ..models import EditingLease, Practice
from ..review.announcements import announce_taken_back
from ..review.rounds import open_round
from ..review.versions import unchanged_since_the_last_answer
from ..tasks import make_renditions

# What Wagtail keeps of the way of a practice.
WAGTAILS_OWN = {"id", "live", "first_published_at", "last_published_at", "latest_revision", "live_revision"}


def locked(practice: Practice) -> Practice:
    """The practice's row, locked until the transaction ends: whoever changes it comes one after the other."""
    return Practice.objects.select_for_update().get(pk=practice.pk)


@transaction.atomic
def save_draft(*, practice: Practice, by) -> Practice:
    """Keep the author's changes, given as a Practice with its images and attachments set.

    Unpublished: the row and a revision. Published: a revision only, readers go on seeing the row. Raises
    RefusedError when `by` is not an author of it, does not write for their school now, or a review is running.
    """
    row = locked(practice) if practice.pk else practice
    refusal = row.refusal_to_edit(by)
    if refusal:
        raise RefusedError(refusal)
    return store(practice, row, by)


def store(practice: Practice, row: Practice, by, *, into: Revision | None = None) -> Practice:
    """Write the practice over its locked row and a revision, a new one unless `into` is given; no rule is asked."""
    if practice.pk:
        # Beside the lock: of two savings that start from the same version the database lets one through.
        if not Practice.objects.filter(pk=row.pk, version=row.version).update(version=F("version") + 1):
            raise PracticesError(_("Somebody else has just saved it."))
        practice.version = row.version + 1
    if not row.live:
        practice.save(update_fields=_written_fields() if practice.pk else None)
    # Saving every few seconds is one entry of the log, as it is one revision.
    practice.save_revision(user=by, log_action=into is None, overwrite_revision=into)
    pictures = {practice.cover_id, *(image.image_id for image in practice.images.all())} - {None}
    if pictures and into is None:
        transaction.on_commit(partial(make_renditions.enqueue, sorted(pictures)))
    return practice


def _written_fields() -> list[str]:
    """What a text brings to its row, its pictures and documents included; what others count and decide stays."""
    kept = {*Practice.KEPT, *WAGTAILS_OWN}
    fields = [field.name for field in Practice._meta.concrete_fields if not {field.name, field.attname} & kept]
    return [*fields, "images", "attachments"]


@transaction.atomic
def submit(*, practice: Practice, by) -> None:
    """Ask the moderators to publish it; again after it came back. Asking twice is asking once.

    Raises IncompleteError with what is missing, TakenError while a co-author writes, or PracticesError.
    """
    row = locked(practice)
    if row.author_id == by.pk and row.workflow_in_progress:
        return
    if row.author_id != by.pk and row.written_for(by) is not None:
        raise RefusedError(_("Its first author submits it."))
    refusal = row.refusal_to_edit(by)
    if refusal:
        raise RefusedError(refusal)
    if row.live and not row.has_unpublished_changes:
        raise PracticesError(_("It is published as it stands: there is nothing new to review."))
    if unchanged_since_the_last_answer(row):
        raise PracticesError(_("Nothing has changed since it came back: change what you were asked for first."))
    missing = row.get_latest_revision_as_object().missing()
    if missing:
        raise IncompleteError(_("Something is still missing before it can be reviewed."), missing)
    lease = EditingLease.objects.running().exclude(holder=by).filter(practice=row).first()
    if lease:
        raise TakenError(lease)
    # What is open in another window is older than what is being reviewed, and no sitting writes into that version.
    EditingLease.objects.filter(practice=row).delete()
    Practice.objects.filter(pk=row.pk).update(version=F("version") + 1)
    state = row.current_workflow_state
    if state is None:
        row.get_workflow().start(row, by)
    else:
        state.resume(user=by)


@transaction.atomic
def withdraw(*, practice: Practice, by) -> None:
    """Take a submitted practice back to change it or keep it; it becomes a draft again. Raises PracticesError."""
    row = locked(practice)
    if row.author_id != by.pk:
        raise RefusedError(_("Only its author takes a practice back."))
    state = row.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
        raise PracticesError(_("It is not waiting for a review."))
    review_round = open_round(row)
    state.cancel(user=by)
    if review_round:
        announce_taken_back(row, review_round)
