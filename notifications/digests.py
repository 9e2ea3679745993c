"""Collect messages into digests, due each morning (or Monday morning) in the person's time zone."""

from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from .models import Digest, Frequency, Message
from .tasks import send_digest

MORNING = time(7)
MONDAY = 0


def send_digests(at: datetime | None = None) -> int:
    """Create the digests that are due, and return their number. Run it at least hourly.

    One transaction per person: the run may be killed at any point, and concurrent runs create one digest.
    """
    now = at or timezone.now()
    written = 0
    for frequency in (Frequency.DAILY, Frequency.WEEKLY):
        waiting = Message.objects.awaiting_digest(frequency, before=now).values("recipient")
        for person in get_user_model().objects.filter(pk__in=waiting).iterator():
            written += _write(person, frequency, due_before(now, frequency, ZoneInfo(person.time_zone)))
    return written


def due_before(now: datetime, frequency: Frequency, zone: ZoneInfo) -> datetime:
    """Return the last time, at or before `now`, at which such a digest was due in the zone."""
    local = now.astimezone(zone)
    day = local.date() if local.time() >= MORNING else local.date() - timedelta(days=1)
    if frequency == Frequency.WEEKLY:
        day -= timedelta(days=(day.weekday() - MONDAY) % 7)
    return datetime.combine(day, MORNING, zone)


@transaction.atomic
def _write(person, frequency: Frequency, due: datetime) -> bool:
    """Create the digest of this period; return False if it exists or there is nothing to collect."""
    waiting = Message.objects.awaiting_digest(frequency, before=due).filter(recipient=person)
    if not waiting.exists():
        return False
    digest, new = Digest.objects.get_or_create(recipient=person, frequency=frequency, day=due.date())
    if new:
        waiting.update(digest=digest)
        transaction.on_commit(partial(send_digest.enqueue, digest.pk))
    return new
