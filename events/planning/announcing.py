"""Notifications that an event moved or was cancelled: once per change, even if a run is killed."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from community.models import User
from notifications.delivery import notify
from notifications.models import Message

from ..models import EventPage, Registration


def announce_changes(event: EventPage) -> int:
    """Tell everyone not yet told; return their number."""
    if event.is_cancelled:
        return _tell_cancelled([registration.user for registration in _untold_of_cancellation(event)], event)
    if not event.live or event.has_ended():
        return 0
    moved = Registration.objects.running().filter(event_id=event.pk).untold_of_times(event)
    return sum(_tell_moved(registration, event) for registration in moved.select_related("user"))


def events_with_news(at: datetime | None = None) -> list[EventPage]:
    """Return coming events that moved or were cancelled and whose people haven't all been told."""
    coming = EventPage.objects.coming(at).select_related("cancellation").without_texts()
    running = Registration.objects.running()
    moved = running.filter(~Q(told_starts_at=F("event__starts_at")) | ~Q(told_ends_at=F("event__ends_at")))
    cancelled = list(coming.exclude(cancellation=None))
    return [
        *coming.filter(live=True, cancellation=None, pk__in=moved.values("event")),
        *(event for event in cancelled if _untold_of_cancellation(event).exists()),
    ]


def _cancellation_key(event: EventPage) -> str:
    return f"event-{event.pk}-event_cancelled"


def _untold_of_cancellation(event: EventPage) -> QuerySet[Registration]:
    told = Message.objects.told(_cancellation_key(event)).values("recipient")
    running = Registration.objects.running().filter(event_id=event.pk)
    return running.exclude(user__in=told).select_related("user")


def _tell_cancelled(people: list[User], event: EventPage) -> int:
    notify(
        recipients=people,
        message="events/event_cancelled",
        context={"event": event, "reason": event.cancellation.reason},
        url=event.get_absolute_url,
        key=_cancellation_key(event),
    )
    return len(people)


def _tell_moved(registration: Registration, event: EventPage) -> int:
    old = {"told_starts_at": registration.told_starts_at, "told_ends_at": registration.told_ends_at}
    number = registration.times_moved + 1
    with transaction.atomic():
        # With two concurrent runs, the second updates no row and sends nothing.
        told = Registration.objects.filter(pk=registration.pk, **old).update(
            told_starts_at=event.starts_at, told_ends_at=event.ends_at, times_moved=number
        )
        if told:
            notify(
                recipients=[registration.user],
                message="events/moved",
                context={
                    "event": event,
                    "old_starts_at": registration.told_starts_at,
                    "offered_until": registration.offer_expires_at,
                    "has_place": registration.is_confirmed,
                },
                url=event.get_absolute_url,
                key=f"event-{event.pk}-{registration.pk}-moved-{number}",
            )
    return told


def events_to_settle(at: datetime | None = None) -> list[EventPage]:
    """Return events with expired offers, and coming events with people waiting."""
    late = Registration.objects.past_deadline(at).values("event")
    waiting = Registration.objects.waiting().order_by().values("event")
    coming = Q(ends_at__gt=at or timezone.now(), live=True, cancellation=None, pk__in=waiting)
    return list(EventPage.objects.filter(Q(pk__in=late) | coming).without_texts())
