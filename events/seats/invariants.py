"""Database invariants of seats and offers, checked whatever code wrote the rows."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet

from ..models import SEATED, EventPage, Offer, Outcome, Registration, State
from ..models.pages import DOOR_OPENS_BEFORE

# Tolerated clock difference between servers.
CLOCKS_DIFFER = timedelta(seconds=5)


class Invariant(NamedTuple):
    """A sentence, and a function that names the rows breaking it."""

    sentence: str
    broken: Callable[[], Iterator[str]]


def overfull() -> Iterator[str]:
    events = EventPage.objects.with_places_taken().filter(capacity__isnull=False, taken__gt=F("capacity"))
    for event in events.without_texts().order_by("pk"):
        yield f"event {event.pk} “{event.title}”: {event.taken} of {event.capacity}"


def repeated(rows: QuerySet, *fields: str) -> Iterator[str]:
    for row in rows.order_by().values(*fields).annotate(number=Count("pk")).filter(number__gt=1):
        yield ", ".join(f"{name} {value}" for name, value in row.items())


def wrongly_seated() -> Iterator[str]:
    wrong = Q(state__in=SEATED, seat=None) | (~Q(state__in=SEATED) & Q(seat__isnull=False))
    return named(Registration.objects.filter(wrong))


def out_of_order() -> Iterator[str]:
    before = None
    for row in Registration.objects.waiting().order_by("event", "turn").iterator():
        is_same_event = before and before.event_id == row.event_id
        if is_same_event and row.created_at + CLOCKS_DIFFER < before.created_at:
            yield from named([row])
        before = row


def offered_without_offer() -> Iterator[str]:
    fitting = Offer.objects.open().filter(expires_at=F("registration__offer_expires_at"))
    return named(Registration.objects.offered().exclude(pk__in=fitting.values("registration")))


def offers_of_others() -> Iterator[str]:
    return offers(Offer.objects.open().exclude(registration__state=State.OFFERED))


def neither_used_nor_passed_on() -> Iterator[str]:
    used = Q(outcome=Outcome.ACCEPTED)
    never_confirmed = Q(registration__confirmed_at=None) | Q(registration__confirmed_at__lt=F("made_at"))
    passed_on = Q(outcome__in=[Outcome.DECLINED, Outcome.EXPIRED])
    # Re-registering resets created_at; such a registration is legitimate.
    kept = ~Q(registration__state=State.CANCELLED) & Q(registration__created_at__lt=F("ended_at"))
    return offers(Offer.objects.filter((used & never_confirmed) | (passed_on & kept)))


def ended_without_a_time() -> Iterator[str]:
    is_open, has_end = Q(outcome=Outcome.OPEN), Q(ended_at__isnull=False)
    return offers(Offer.objects.filter((is_open & has_end) | (~is_open & ~has_end)))


def offers_beyond_the_door() -> Iterator[str]:
    present = Registration.objects.offered().filter(told_starts_at=F("event__starts_at"))
    return named(present.filter(offer_expires_at__gt=F("event__starts_at") - DOOR_OPENS_BEFORE))


def offers_of_cancelled_events() -> Iterator[str]:
    return named(Registration.objects.offered().exclude(event__cancellation=None))


def named(registrations) -> Iterator[str]:
    for row in registrations:
        yield f"registration {row.pk}: {row.state}, event {row.event_id}, person {row.user_id}, turn {row.turn}"


def offers(rows) -> Iterator[str]:
    for row in rows:
        yield f"offer {row.pk}: {row.outcome}, registration {row.registration_id}"


INVARIANTS = [
    Invariant("No event has more people, seated or with an offer, than places.", overfull),
    Invariant(
        "Nobody is registered twice for an event.", lambda: repeated(Registration.objects.all(), "event", "user")
    ),
    Invariant("No seat is given twice.", lambda: repeated(Registration.objects.exclude(seat=None), "event", "seat")),
    Invariant("Who has or is offered a place holds a seat, and nobody else.", wrongly_seated),
    Invariant("No turn is given twice.", lambda: repeated(Registration.objects.all(), "event", "turn")),
    Invariant("People wait in the order in which they registered.", out_of_order),
    Invariant("Behind every offered place stands one open offer with the same deadline.", offered_without_offer),
    Invariant("Every open offer keeps a place for its person.", offers_of_others),
    Invariant("Every ended offer was used or passed on.", neither_used_nor_passed_on),
    Invariant("Every offer that ended says when, and no other.", ended_without_a_time),
    Invariant("No offer runs on after the door opens.", offers_beyond_the_door),
    Invariant("No place of a cancelled event is on offer.", offers_of_cancelled_events),
]


def check() -> list[tuple[str, list[str]]]:
    """Return every sentence with the rows that break it."""
    return [(invariant.sentence, list(invariant.broken())) for invariant in INVARIANTS]
