"""Bursts in which people concurrently register, cancel, answer offers, and capacities change."""

import random
from datetime import timedelta
from functools import partial
from threading import Thread

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from community.models import User
from events.errors import EventsError
from events.models import EventPage, Offer, Outcome, Registration, State
from events.planning.changes import change_capacity
from events.planning.giving import give_place
from events.seats.invariants import check
from events.seats.offers import accept, decline
from events.seats.places import confirm
from events.seats.registration import cancel, fill_free_places, register
from events.seats.renewing import keep_up
from notifications.models import Message

from ... import factories
from ...races import at_the_same_time
from ..factories import EventPageFactory
from .test_races import at_once, crowd

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

needs_rows_locks = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite locks whole transactions by itself"
)
BURSTS = 5
# SQLite allows one writer at a time whatever the code does, so only PostgreSQL can reveal races in a large crowd.
PEOPLE = 500 if connection.vendor == "postgresql" else 100
PLACES = PEOPLE // 5
CANCELLATIONS = PEOPLE * 2 // 5


def broken() -> list:
    return [(sentence, rows) for sentence, rows in check() if rows]


def without_lock(monkeypatch) -> None:
    monkeypatch.setattr(
        EventPage, "for_update", lambda self: EventPage.objects.select_related("cancellation").get(pk=self.pk)
    )


def order_is_kept(event: EventPage) -> bool:
    """Return whether nobody waiting is ahead of someone who got or is offered a place from the list."""
    first_waiting = event.registrations.waiting().first()
    from_the_list = Offer.objects.filter(registration__event=event, outcome__in=[Outcome.OPEN, Outcome.ACCEPTED])
    seated = from_the_list.filter(registration__state__in=(State.CONFIRMED, State.OFFERED))
    # Someone who returned after answering an offer has a new turn.
    turns = [
        offer.registration.turn for offer in seated.select_related("registration") if offer.registration.round == 1
    ]
    return first_waiting is None or not turns or first_waiting.turn > max(turns)


def bursts(event: EventPage, people: list[User], dice: random.Random):
    """Yield the unexpected errors of five waves of newcomers, with cancellations, answers to offers and changes of
    capacity from the second wave on."""
    organiser = factories.moderator()
    newcomers = [people[start::BURSTS] for start in range(BURSTS)]
    for number, wave in enumerate(newcomers):
        deeds = [(register, person) for person in wave]
        if number:
            seated = list(event.registrations.confirmed().select_related("user"))
            leavers = dice.sample(seated, min(CANCELLATIONS // (BURSTS - 1), len(seated)))
            deeds += [(cancel, row.user) for row in leavers]
            offered = event.registrations.offered().select_related("user")
            deeds += [(dice.choice((accept, decline)), row.user) for row in offered]
            deeds.append((partial(change_capacity, capacity=PLACES + dice.randint(-5, 9)), organiser))
        dice.shuffle(deeds)
        errors = at_once(lambda deed: deed[0](event=event, by=deed[1]), deeds)
        yield [error for error in errors if not isinstance(error, EventsError)]


def test_five_bursts_of_newcomers_leavers_answers_and_capacities():
    event = EventPageFactory(capacity=PLACES, starts_at=timezone.now() + timedelta(days=30))
    people = crowd(PEOPLE)

    for errors in bursts(event, people, random.Random(5)):
        assert errors == []
        assert broken() == []
        assert order_is_kept(event)
        event.refresh_from_db()
        assert event.places_taken() <= event.capacity
    fill_free_places(event)
    assert event.places_taken() == event.capacity
    assert Registration.objects.values("user").distinct().count() == PEOPLE
    # Expired offers: each place passes on, and every offer ends once.
    Offer.objects.open().update(expires_at=timezone.now())
    Registration.objects.offered().update(offer_expires_at=timezone.now())
    fill_free_places(event)
    assert broken() == []
    assert Offer.objects.filter(outcome=Outcome.EXPIRED).exists()
    ends = Offer.objects.exclude(outcome=Outcome.OPEN)
    assert ends.filter(ended_at=None).count() == 0


@needs_rows_locks
def test_the_same_bursts_without_the_lock_break(monkeypatch):
    without_lock(monkeypatch)
    event = EventPageFactory(capacity=PLACES, starts_at=timezone.now() + timedelta(days=30))
    seen = []
    for errors in bursts(event, crowd(PEOPLE // 2), random.Random(5)):
        seen += errors
    assert seen or broken()


def with_open_offer(**event) -> tuple[EventPage, User, User]:
    """Return an event with one place, offered to the first person, while the second waits."""
    event = EventPageFactory(capacity=1, starts_at=timezone.now() + timedelta(days=30), **event)
    holder, first, second = (factories.member() for _ in range(3))
    for person in (holder, first, second):
        register(event=event, by=person)
    cancel(event=event, by=holder)
    assert event.registrations.offered().get().user == first
    return event, first, second


def race(*deeds) -> list[Exception]:
    """Run each deed many times, shuffled and concurrently."""
    todo = [deed for deed in deeds for _ in range(20)]
    random.Random(1).shuffle(todo)
    return at_once(lambda deed: deed(), todo)


def late_accept_race() -> tuple[EventPage, list[Exception]]:
    event, first, _second = with_open_offer()
    soon = timezone.now() + timedelta(milliseconds=150)
    Offer.objects.open().update(expires_at=soon)
    Registration.objects.offered().update(offer_expires_at=soon)
    return event, race(lambda: accept(event=event, by=first), lambda: fill_free_places(event))


def test_an_offer_is_accepted_or_passed_on_never_both():
    event, errors = late_accept_race()
    assert [error for error in errors if not isinstance(error, EventsError)] == []
    assert broken() == []
    assert event.places_taken() == 1
    assert Offer.objects.filter(outcome__in=[Outcome.ACCEPTED, Outcome.EXPIRED]).count() == 1


def accepted_as_the_time_runs_out(monkeypatch, *, patience: float) -> tuple[EventPage, list[Exception]]:
    """Pass the place on between the read and the write of an acceptance. A lock makes that wait.

    `patience` is how long the acceptance pauses, in seconds.
    """
    event, first, _second = with_open_offer()
    errors = []

    def pass_on() -> None:
        now = timezone.now()
        Offer.objects.open().update(expires_at=now)
        Registration.objects.offered().update(offer_expires_at=now)
        fill_free_places(event)

    passing_on = Thread(target=lambda: errors.extend(at_the_same_time(pass_on)))

    def confirm_late(*seat) -> None:
        passing_on.start()
        passing_on.join(timeout=patience)
        confirm(*seat)

    monkeypatch.setattr("events.seats.offers.confirm", confirm_late)
    try:
        accept(event=event, by=first)
    except DatabaseError as error:
        errors.append(error)
    passing_on.join()
    return event, errors


def test_who_accepts_in_the_last_moment_keeps_the_place(monkeypatch):
    event, errors = accepted_as_the_time_runs_out(monkeypatch, patience=0.5)
    assert errors == []
    assert broken() == []
    assert event.registrations.confirmed().count() == event.places_taken() == 1
    assert Offer.objects.get().outcome == Outcome.ACCEPTED


@needs_rows_locks
def test_without_the_lock_a_place_is_accepted_and_passed_on(monkeypatch):
    without_lock(monkeypatch)
    _event, errors = accepted_as_the_time_runs_out(monkeypatch, patience=60)
    assert errors or broken()


def promotions(event: EventPage) -> list[Exception]:
    organisers = [factories.moderator() for _ in range(2)]
    waiting = event.registrations.waiting().get()
    return race(
        *(
            lambda by=by: give_place(event=event, by=by, registration_id=waiting.pk, adds_place=True)
            for by in organisers
        )
    )


def test_two_organisers_give_the_same_person_one_place():
    event, _first, second = with_open_offer()
    assert promotions(event) == []
    event.refresh_from_db()
    assert (event.capacity, event.places_taken()) == (2, 2)
    assert Registration.objects.get(user=second).is_confirmed
    assert Message.objects.filter(recipient=second, kind="events/place_freed").count() == 1
    assert broken() == []


@needs_rows_locks
def test_without_the_lock_two_organisers_collide(monkeypatch):
    event, _first, _second = with_open_offer()
    without_lock(monkeypatch)
    errors = promotions(event)
    event.refresh_from_db()
    assert errors or event.capacity > 2 or broken()


def moves_while_answering() -> tuple[EventPage, list[Exception]]:
    event, first, _second = with_open_offer()

    def move() -> None:
        days = timedelta(days=random.randint(1, 9))
        EventPage.objects.filter(pk=event.pk).update(starts_at=event.starts_at + days, ends_at=event.ends_at + days)
        keep_up(event)

    return event, race(move, lambda: accept(event=event, by=first))


def test_an_event_that_moves_while_people_accept():
    event, errors = moves_while_answering()
    assert errors == []
    assert broken() == []
    assert event.registrations.confirmed().count() == 1
    assert Offer.objects.get().outcome == Outcome.ACCEPTED


@needs_rows_locks
def test_without_the_lock_a_renewed_offer_undoes_its_acceptance(monkeypatch):
    without_lock(monkeypatch)
    outcomes = []
    for _ in range(5):
        event, errors = moves_while_answering()
        outcomes += [*errors, *broken()]
        if event.registrations.confirmed().count() != 1:
            outcomes.append(event)
        if outcomes:
            break
    assert outcomes


def test_settling_at_once_offers_each_place_once():
    event = EventPageFactory(capacity=1, starts_at=timezone.now() + timedelta(days=30))
    people = crowd(12)
    for person in people:
        register(event=event, by=person)
    EventPage.objects.filter(pk=event.pk).update(capacity=6)
    assert race(lambda: fill_free_places(event)) == []
    assert event.registrations.offered().count() == 5
    assert Offer.objects.count() == 5
    assert Message.objects.filter(kind="events/offered").count() == 5
