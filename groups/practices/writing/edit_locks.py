"""Writing together without losing a word: one person holds the pen, every saving knows what it started from, and what
cannot be saved is kept for who typed it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from ..errors import RefusedError, StaleError, TakenError
from ..models import EditingLease, KeptWords, Practice
from .drafts import locked, store

# More windows than anybody has open.
MOST_KEPT = 20


@transaction.atomic
def sit_down(*, practice: Practice, by) -> EditingLease:
    """Take the pen, or show again that one still holds it. Raises TakenError while somebody else writes, RefusedError
    for who may not write."""
    return _pen(_editable(practice, by), by)


@transaction.atomic
def take_over(*, practice: Practice, by) -> EditingLease:
    """Take the pen out of the hand of whoever holds it; what they have saved stays, what they type from now on is kept
    for them. Raises RefusedError."""
    row = _editable(practice, by)
    EditingLease.objects.filter(practice=row).exclude(holder=by).delete()
    return _pen(row, by)


@transaction.atomic
def stand_up(*, practice: Practice, by) -> None:
    """Put the pen down, so that nobody waits for the silence to be noticed; safe to repeat."""
    EditingLease.objects.filter(practice=practice.pk, holder=by).delete()


@transaction.atomic
def save_words(*, practice: Practice, by, version: int) -> Practice:
    """Keep what was typed over `version` of the practice; one revision for each sitting.

    Raises TakenError while somebody else writes, StaleError when it was saved elsewhere meanwhile, RefusedError for
    who may not write now: then nothing has changed, and `keep_words` keeps the words.
    """
    row = _editable(practice, by)
    lease = _pen(row, by)
    if not row.version == practice.version == version:
        raise StaleError
    practice = store(practice, row, by, into=_revision_of(lease, row, by))
    EditingLease.objects.filter(pk=lease.pk).update(revision=practice.latest_revision)
    return practice


def keep_words(*, practice: Practice, by, window: UUID, step: str, body: str) -> KeptWords:
    """Keep what could not be saved, as it was posted, for the person alone; the same form again replaces its own, and
    of one practice the last MOST_KEPT are kept."""
    own = KeptWords.objects.filter(practice=practice, person=by)
    kept, new = own.update_or_create(
        practice=practice, person=by, window=window, step=step, defaults={"body": body, "kept_at": timezone.now()}
    )
    if new:
        # A form that makes up windows would otherwise fill the disk, as many megabytes at a time as a request may have.
        own.filter(pk__in=list(own.order_by("-kept_at", "-pk").values_list("pk", flat=True)[MOST_KEPT:])).delete()
    return kept


def _editable(practice: Practice, by) -> Practice:
    row = locked(practice)
    refusal = row.refusal_to_edit(by)
    if refusal:
        raise RefusedError(refusal)
    return row


def _pen(row: Practice, by) -> EditingLease:
    """The person's lease on the locked row, begun or renewed."""
    now = timezone.now()
    lease = EditingLease.objects.select_related("holder").filter(practice=row).first()
    if lease and lease.is_running(now):
        if lease.holder_id != by.pk:
            raise TakenError(lease)
        EditingLease.objects.filter(pk=lease.pk).update(heartbeat=now)
        return lease
    lease = EditingLease(practice=row, holder=by, since=now, heartbeat=now)
    lease.save()
    return lease


def _revision_of(lease: EditingLease, row: Practice, by) -> Revision | None:
    """The revision that this sitting writes into: its own, as long as it is the last word and nobody reads it."""
    revision = lease.revision
    if revision is None or revision.pk != row.latest_revision_id or revision.pk == row.live_revision_id:
        return None
    return revision if revision.user_id == by.pk else None
