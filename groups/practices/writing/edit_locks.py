"""Concurrent editing without lost text: one author holds the edit lock, every save names the version it started from,
and text that cannot be saved becomes a conflict copy."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from ..errors import RefusedError, StaleError, TakenError
from ..models import ConflictCopy, EditLock, Practice
from .drafts import locked, store

# More windows than anyone has open.
MOST_KEPT = 20


@transaction.atomic
def acquire_lock(*, practice: Practice, by) -> EditLock:
    """Acquire or renew the edit lock. Raises TakenError while another author holds it, RefusedError if `by` may not
    edit."""
    return _pen(_editable(practice, by), by)


@transaction.atomic
def take_over(*, practice: Practice, by) -> EditLock:
    """Take over the edit lock. The previous holder's saved text stays; later text becomes a conflict copy. Raises
    RefusedError."""
    row = _editable(practice, by)
    EditLock.objects.filter(practice=row).exclude(holder=by).delete()
    return _pen(row, by)


@transaction.atomic
def release_lock(*, practice: Practice, by) -> None:
    """Release the edit lock, so that nobody has to wait for it to expire. Idempotent."""
    EditLock.objects.filter(practice=practice.pk, holder=by).delete()


@transaction.atomic
def save_under_lock(*, practice: Practice, by, version: int) -> Practice:
    """Save text based on `version` of the practice; saves under one edit lock share a revision.

    Raises TakenError while another author holds the lock, StaleError if the practice was saved elsewhere meanwhile,
    RefusedError if `by` may not edit now. On error nothing changes, and callers store the text with `keep_copy`.
    """
    row = _editable(practice, by)
    lease = _pen(row, by)
    if not row.version == practice.version == version:
        raise StaleError
    practice = store(practice, row, by, into=_revision_of(lease, row, by))
    EditLock.objects.filter(pk=lease.pk).update(revision=practice.latest_revision)
    return practice


def keep_copy(*, practice: Practice, by, window: UUID, step: str, body: str) -> ConflictCopy:
    """Store the posted form as the person's conflict copy. A repeat from the same form replaces it; only the latest
    MOST_KEPT per person and practice are kept."""
    own = ConflictCopy.objects.filter(practice=practice, person=by)
    kept, new = own.update_or_create(
        practice=practice, person=by, window=window, step=step, defaults={"body": body, "kept_at": timezone.now()}
    )
    if new:
        # A client that invents window ids could otherwise fill the disk, one maximum-size request at a time.
        own.filter(pk__in=list(own.order_by("-kept_at", "-pk").values_list("pk", flat=True)[MOST_KEPT:])).delete()
    return kept


def _editable(practice: Practice, by) -> Practice:
    row = locked(practice)
    refusal = row.refusal_to_edit(by)
    if refusal:
        raise RefusedError(refusal)
    return row


def _pen(row: Practice, by) -> EditLock:
    """Acquire or renew the person's edit lock on the locked row."""
    now = timezone.now()
    lease = EditLock.objects.select_related("holder").filter(practice=row).first()
    if lease and lease.is_running(now):
        if lease.holder_id != by.pk:
            raise TakenError(lease)
        EditLock.objects.filter(pk=lease.pk).update(heartbeat=now)
        return lease
    lease = EditLock(practice=row, holder=by, since=now, heartbeat=now)
    lease.save()
    return lease


def _revision_of(lease: EditLock, row: Practice, by) -> Revision | None:
    """Return the lock's own revision for overwriting, unless it is no longer the latest or is live."""
    revision = lease.revision
    if revision is None or revision.pk != row.latest_revision_id or revision.pk == row.live_revision_id:
        return None
    return revision if revision.user_id == by.pk else None
