"""Concurrent editing without lost text: one author holds the edit lock, and every save names the version it started
from."""

from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from community.models import User

from ..errors import RefusedError, StaleError, TakenError
from ..models import EditLock, Practice
from .drafts import locked, store


@transaction.atomic
def acquire_lock(*, practice: Practice, by: User) -> EditLock:
    """Acquire or renew the edit lock. Raises TakenError while another author holds it, RefusedError if `by` may not
    edit."""
    return _hold(_editable(practice, by), by)


@transaction.atomic
def take_over(*, practice: Practice, by: User) -> EditLock:
    """Take over the edit lock. The previous holder's saved text stays; later text becomes a conflict copy. Raises
    RefusedError."""
    row = _editable(practice, by)
    EditLock.objects.filter(practice=row).exclude(holder=by).delete()
    return _hold(row, by)


@transaction.atomic
def release_lock(*, practice: Practice, by: User) -> None:
    """Release the edit lock, so that nobody has to wait for it to expire. Idempotent."""
    EditLock.objects.filter(practice=practice.pk, holder=by).delete()


@transaction.atomic
def save_under_lock(*, practice: Practice, by: User, version: int) -> Practice:
    """Save text based on `version` of the practice; saves under one edit lock share a revision.

    Raises TakenError while another author holds the lock, StaleError if the practice was saved elsewhere meanwhile,
    RefusedError if `by` may not edit now. On error nothing changes, and callers keep the text as a conflict copy.
    """
    row = _editable(practice, by)
    lock = _hold(row, by)
    if not row.version == practice.version == version:
        raise StaleError
    practice = store(practice, row, by, into=_revision_of(lock, row, by))
    EditLock.objects.filter(pk=lock.pk).update(revision=practice.latest_revision)
    return practice


def _editable(practice: Practice, by: User) -> Practice:
    row = locked(practice)
    refusal = row.refusal_to_edit(by)
    if refusal:
        raise RefusedError(refusal)
    return row


def _hold(row: Practice, by: User) -> EditLock:
    """Acquire or renew the person's edit lock on the locked row."""
    now = timezone.now()
    lock = EditLock.objects.select_related("holder").filter(practice=row).first()
    if lock and lock.is_running(now):
        if lock.holder_id != by.pk:
            raise TakenError(lock)
        EditLock.objects.filter(pk=lock.pk).update(heartbeat=now)
        return lock
    lock = EditLock(practice=row, holder=by, since=now, heartbeat=now)
    lock.save()
    return lock


def _revision_of(lock: EditLock, row: Practice, by: User) -> Revision | None:
    """Return the lock's own revision for overwriting, unless it is no longer the latest or is live."""
    revision = lock.revision
    if revision is None or revision.pk != row.latest_revision_id or revision.pk == row.live_revision_id:
        return None
    return revision if revision.user_id == by.pk else None
