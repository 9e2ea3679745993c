"""Concurrent registrations, each in its own thread and connection."""

from collections.abc import Callable
from queue import Empty, Queue
from threading import Barrier, Thread

import pytest
from django.db import connection

from community.models import Confirmation, Membership, Role, User
from events.models import EventPage, Registration, State
from events.seats.registration import cancel, fill_free_places, register
from notifications.models import Message

from ...factories import SchoolFactory
from ..factories import EventPageFactory

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

THREADS = 40
PEOPLE = 500
PLACES = 100


def at_once(act: Callable, people: list[User]) -> list[Exception]:
    """Call `act` for each person, THREADS at a time, and return every error."""
    todo, errors, start = Queue(), [], Barrier(THREADS)
    for person in people:
        todo.put(person)

    def work():
        if connection.vendor == "sqlite":
            # Keep a slow machine from looking like an error.
            connection.cursor().execute("PRAGMA busy_timeout = 120000")
        start.wait()
        try:
            while True:
                person = todo.get_nowait()
                try:
                    act(person)
                except Exception as error:
                    errors.append(error)
        except Empty:
            pass
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def crowd(number: int) -> list[User]:
    schools = [SchoolFactory(labelled=True) for _ in range(10)]
    people = User.objects.bulk_create(User(email=f"p{n}@crowd.example", name=f"P {n}") for n in range(number))
    Membership.objects.bulk_create(
        Membership(user=person, school=schools[n % len(schools)], role=Role.TEACHER, confirmed_by=Confirmation.IMPORT)
        for n, person in enumerate(people)
    )
    return people


def outcome(event: EventPage) -> tuple[int, int, int]:
    rows = event.registrations
    seats = set(rows.seated().values_list("seat", flat=True))
    return rows.seated().count(), len(seats), rows.waiting().count()


def test_burst_gives_each_place_once():
    event = EventPageFactory(capacity=PLACES)
    people = crowd(PEOPLE)

    # Everybody clicks twice.
    errors = at_once(lambda person: [register(event=event, by=person) for _ in range(2)], people)

    assert errors == []
    assert outcome(event) == (PLACES, PLACES, PEOPLE - PLACES)
    assert Registration.objects.values("user").distinct().count() == PEOPLE
    assert sorted(event.registrations.values_list("turn", flat=True)) == list(range(1, PEOPLE + 1))
    assert event.registrations.confirmed().order_by("-turn").first().turn == PLACES
    told = dict.fromkeys(("events/registered", "events/waiting"), 0)
    for (kind,) in Message.objects.values_list("kind"):
        told[kind] += 1
    assert told == {"events/registered": PLACES, "events/waiting": PEOPLE - PLACES}


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite locks whole transactions by itself")
def test_without_the_lock_the_same_burst_fails(monkeypatch):
    monkeypatch.setattr(EventPage, "for_update", lambda self: EventPage.objects.get(pk=self.pk))
    event = EventPageFactory(capacity=PLACES)

    errors = at_once(lambda person: register(event=event, by=person), crowd(PEOPLE))

    assert errors
    confirmed, seats, waiting = outcome(event)
    assert confirmed + waiting < PEOPLE
    # The database still gives no seat twice.
    assert confirmed == seats <= PLACES


def test_many_cancel_at_once_and_the_queue_moves_up_in_order():
    event = EventPageFactory(capacity=20)
    people = crowd(60)
    for person in people:
        register(event=event, by=person)
    leaving = people[:20] + people[25:30]

    errors = at_once(lambda person: cancel(event=event, by=person), leaving)

    assert errors == []
    assert list(event.registrations.offered().order_by("turn").values_list("user", flat=True)) == [
        person.pk for person in people[20:25] + people[30:45]
    ]
    assert list(event.registrations.waiting().values_list("user", flat=True)) == [person.pk for person in people[45:]]
    assert outcome(event) == (20, 20, 15)
    assert Message.objects.filter(kind="events/offered", recipient__in=people[45:]).count() == 0


def test_registering_cancelling_and_new_places_at_once():
    event = EventPageFactory(capacity=10)
    people = crowd(40)
    for person in people[:20]:
        register(event=event, by=person)
    EventPage.objects.filter(pk=event.pk).update(capacity=15)

    def act(person: User) -> None:
        if person in people[:10]:
            cancel(event=event, by=person)
        elif person in people[10:20]:
            fill_free_places(event)
        else:
            register(event=event, by=person)

    errors = at_once(act, people)

    assert errors == []
    assert outcome(event) == (15, 15, 15)
    first_waiting = event.registrations.waiting().first()
    assert event.registrations.seated().filter(turn__gt=first_waiting.turn).count() == 0
    assert Registration.objects.filter(state=State.CANCELLED).count() == 10
