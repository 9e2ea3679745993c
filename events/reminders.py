"""Event reminders, a day and an hour ahead, sent once to everyone with a place even if a run is killed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from community.access import access_of
from notifications.delivery import notify
from notifications.models import Message

from .models import EventPage, Registration

BATCH = 100


class Reminder(NamedTuple):
    """Sent from `first` to `last` before the start; a late run still sends what is useful."""

    kind: str
    first: timedelta
    last: timedelta


REMINDERS = (
    Reminder("day", timedelta(days=1), timedelta(hours=2)),
    Reminder("hour", timedelta(hours=1), timedelta(0)),
)


def send_reminders(at: datetime | None = None) -> int:
    """Remind everyone not yet reminded; return the number of messages created. Run it every few minutes.

    Each person has their own transaction, and the message key rules out duplicates. A run can be killed at any point,
    and concurrent runs are safe.
    """
    now = at or timezone.now()
    sent = 0
    for reminder in REMINDERS:
        for event in EventPage.objects.starting(now + reminder.last, now + reminder.first):
            for registration in _unreminded(event, reminder):
                _remind(registration, event, reminder)
                sent += 1
    return sent


def key_of(event: EventPage, kind: str) -> str:
    """Return the message key. It contains the date, so an event that moves to another day gets new reminders."""
    return f"event-{event.pk}-reminder-{kind}-{event.starts_at:%Y%m%d}"


def _unreminded(event: EventPage, reminder: Reminder) -> Iterator[Registration]:
    """Yield confirmed registrations not yet reminded, in keyset-paginated batches.

    Skips people who can't read members' content, and places given after the reminder was due.
    """
    told = Message.objects.told(key_of(event, reminder.kind)).values("recipient")
    waiting = (
        Registration.objects.confirmed()
        .filter(event_id=event.pk, user__is_active=True, confirmed_at__lte=event.starts_at - reminder.first)
        .exclude(user__in=told)
        .select_related("user")
        .order_by("pk")
    )
    last = 0
    while batch := list(waiting.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        yield from (registration for registration in batch if access_of(registration.user).reads_members_content)


def _remind(registration: Registration, event: EventPage, reminder: Reminder) -> None:
    is_soon = reminder.kind == "hour"
    notify(
        recipients=[registration.user],
        message="events/reminder",
        context={"event": event, "is_soon": is_soon},
        url=partial(reverse, "event_join", args=[event.slug]) if is_soon else event.get_absolute_url,
        key=key_of(event, reminder.kind),
        about=event,
    )
