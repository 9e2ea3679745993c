"""Reminders a day and an hour before an event, to everybody with a place, each once, whatever is killed on the way."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone, translation

from community.access import access_of
from notifications.delivery import notify
from notifications.models import Message

from .models import EventPage, Registration

BATCH = 100


class Reminder(NamedTuple):
    """Sent from `first` before the start until `last` before it: a late run still sends what is worth reading."""

    kind: str
    first: timedelta
    last: timedelta


REMINDERS = (
    Reminder("day", timedelta(days=1), timedelta(hours=2)),
    Reminder("hour", timedelta(hours=1), timedelta(0)),
)


def send_reminders(at: datetime | None = None) -> int:
    """Remind whom nobody has reminded yet; return how many messages were written. Run it every few minutes.

    Each person is one transaction of their own, and the key of the message makes a second one impossible: the run may
    be killed anywhere, and two runs at once do not hurt each other.
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
    """What the reminder is about. An event that moves to another day is worth reminding of again."""
    return f"event-{event.pk}-reminder-{kind}-{event.starts_at:%Y%m%d}"


def _unreminded(event: EventPage, reminder: Reminder) -> Iterator[Registration]:
    """Registrations with a place whose people may come in and were not told lately, read afresh in small portions."""
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
    with translation.override(registration.user.language):
        url = reverse("event_join", args=[event.slug]) if is_soon else event.get_absolute_url()
    notify(
        recipients=[registration.user],
        message="events/reminder",
        context={"event": event, "is_soon": is_soon},
        url=url,
        key=key_of(event, reminder.kind),
        about=event,
    )
