"""Seat assignment. Callers hold the event's lock."""

from collections import Counter

from django.utils import timezone

from notifications.delivery import notify

from ..models.offers import Offer, Outcome
from ..models.pages import EventPage
from ..models.registrations import Registration, State
from .answering_time import answer_by


def settle(event: "EventPage", *, has_late: bool = True) -> list[Registration]:
    """Pass on expired offers, then hand out free places; return the registrations given or offered one.

    Idempotent. Every verb that touches seats settles first, so a late run of `tend_events` delays notifications but
    never changes who gets a place. Callers that have counted can skip the search with `has_late=False`.
    """
    if has_late:
        pass_on_late_offers(event)
    return fill(event)


def pass_on_late_offers(event: "EventPage") -> None:
    """Release seats whose offers expired; their people leave the waiting list and are told."""
    late = Registration.objects.filter(event_id=event.pk).past_deadline()
    for registration in late.select_related("user", "school"):
        release(registration, Outcome.EXPIRED)
        tell(registration, event, "offer_expired", registration.school.name)


def fill(event: "EventPage") -> list[Registration]:
    """Offer free places to those waiting longest who are admitted; return their registrations.

    Offers run for the event's answering time and never past the opening of the door. If that is too close, the place is
    given at once.
    """
    if event.is_cancelled or event.has_ended():
        return []
    taken = event.places_taken()
    if not has_room(event, taken):
        return []
    chosen = _next_in_turn(event, None if event.capacity is None else event.capacity - taken)
    for registration, seat in zip(chosen, free_seats(event, taken, len(chosen)), strict=True):
        _hand_out(registration, event, seat)
    return chosen


def _next_in_turn(event: "EventPage", room: int | None) -> list[Registration]:
    rows = Registration.objects.filter(event_id=event.pk)
    # People no longer admitted are skipped but keep their turn, because a label can be renewed.
    waiting = rows.waiting().admitted_to(event).select_related("user", "school")
    limit = event.school_limit()
    if limit is None:
        return list(waiting[:room])
    taken_by_school = Counter(rows.seated().values_list("school_id", flat=True))
    chosen = []
    for registration in waiting:
        if room is not None and len(chosen) == room:
            break
        if taken_by_school[registration.school_id] < limit:
            taken_by_school[registration.school_id] += 1
            chosen.append(registration)
    return chosen


def _hand_out(registration: Registration, event: "EventPage", seat: int) -> None:
    until = answer_by(timezone.now(), event.offer_hours, registration.user.time_zone)
    if until > event.door_opens_at:
        confirm(registration, seat)
        tell(registration, event, "place_freed", registration.school.name)
        return
    registration.state = State.OFFERED
    registration.seat = seat
    registration.offer_expires_at = until
    registration.save(update_fields=["state", "seat", "offer_expires_at"])
    Offer.objects.create(registration=registration, expires_at=until)
    tell(registration, event, "offered", registration.school.name)


def has_room(event: "EventPage", taken: int) -> bool:
    """Return whether a place is free when this many are taken."""
    return event.capacity is None or taken < event.capacity


def free_seats(event: "EventPage", taken: int, number: int) -> list[int]:
    """Return the lowest free seat numbers."""
    if not number:
        return []
    seated = Registration.objects.filter(event_id=event.pk).seated()
    seats = set(seated.values_list("seat", flat=True))
    return [seat for seat in range(1, taken + number + 1) if seat not in seats][:number]


def confirm(registration: Registration, seat: int) -> None:
    """Assign the seat to the registration."""
    registration.state = State.CONFIRMED
    registration.seat = seat
    registration.offer_expires_at = None
    registration.confirmed_at = timezone.now()
    registration.save()


def release(registration: Registration, outcome: Outcome) -> None:
    """Cancel the registration and free its seat, ending any open offer with this outcome."""
    if registration.is_offered:
        end_offer(registration, outcome)
    registration.state = State.CANCELLED
    registration.seat = None
    registration.offer_expires_at = None
    registration.cancelled_at = timezone.now()
    registration.save(update_fields=["state", "seat", "offer_expires_at", "cancelled_at"])


def end_offer(registration: Registration, outcome: Outcome) -> None:
    """Record the outcome of the registration's open offer."""
    Offer.objects.open().filter(registration=registration).update(outcome=outcome, ended_at=timezone.now())


def tell(registration: Registration, event: "EventPage", message: str, school_name: str = "") -> None:
    """Notify the person about their registration, once per round of registering."""
    notify(
        recipients=[registration.user],
        message=f"events/{message}",
        context={"event": event, "school_name": school_name, "offered_until": registration.offer_expires_at},
        url=event.get_absolute_url,
        key=f"event-{event.pk}-{registration.pk}-{message}-{registration.round}",
    )
