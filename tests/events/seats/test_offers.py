from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from events.errors import EventsError
from events.models import EventPage, Offer, Outcome, Registration, State
from events.planning.announcing import announce_changes
from events.planning.changes import cancel_event, change_capacity
from events.planning.giving import give_place
from events.seats.answering_time import answer_by
from events.seats.invariants import check
from events.seats.offers import accept, decline
from events.seats.registration import cancel, fill_free_places, register
from events.seats.renewing import keep_up

from ... import factories
from ..factories import EventPageFactory, RegistrationFactory
from .test_registration import told

pytestmark = pytest.mark.django_db


def full_event(waiting: int = 2, **fields) -> tuple[EventPage, list]:
    """Return an event with one place, followed by its holder and this many people waiting."""
    event = EventPageFactory(**{"capacity": 1, "starts_at": timezone.now() + timedelta(days=20), **fields})
    people = [factories.member() for _ in range(waiting + 1)]
    for person in people:
        register(event=event, by=person)
    return event, people


def offered_event(**fields) -> tuple[EventPage, list]:
    """Return the same after the holder cancelled, so that the second person has an offer."""
    event, people = full_event(**fields)
    cancel(event=event, by=people[0])
    return event, people


def state_of(event: EventPage, person) -> str:
    return Registration.objects.get(event=event, user=person).state


@pytest.mark.parametrize(
    ("asked", "zone", "until"),
    [
        # Morning: the rest of the day, then the next.
        ("2027-01-11T08:00+00:00", "Europe/London", "2027-01-12T18:00+00:00"),
        # The clock does not run at night.
        ("2027-01-11T23:30+00:00", "Europe/London", "2027-01-13T18:00+00:00"),
        ("2027-01-11T21:00+00:00", "Europe/London", "2027-01-13T17:00+00:00"),
        # Night in the person's zone, not ours.
        ("2027-01-11T05:00+00:00", "Europe/Istanbul", "2027-01-12T15:00+00:00"),
        # The clocks change in the night between.
        ("2027-03-27T12:00+00:00", "Europe/Brussels", "2027-03-29T07:00+00:00"),
    ],
)
def test_the_time_to_answer_stands_still_at_night(asked, zone, until):
    assert answer_by(datetime.fromisoformat(asked), 24, zone) == datetime.fromisoformat(until).astimezone(UTC)


def test_an_offer_is_accepted_once():
    event, (_gone, first, second) = offered_event()
    offer = Offer.objects.get()
    assert (offer.outcome, offer.registration.user) == (Outcome.OPEN, first)
    assert told(first) == ["events/waiting", "events/offered"]

    for _ in range(2):
        assert accept(event=event, by=first).is_confirmed

    offer.refresh_from_db()
    assert offer.outcome == Outcome.ACCEPTED
    assert told(first) == ["events/waiting", "events/offered", "events/registered"]
    assert state_of(event, second) == State.WAITING


def test_who_declines_leaves_and_the_next_is_asked():
    event, (_gone, first, second) = offered_event()
    for _ in range(2):
        decline(event=event, by=first)
    assert (state_of(event, first), state_of(event, second)) == (State.CANCELLED, State.OFFERED)
    assert list(Offer.objects.order_by("pk").values_list("outcome", flat=True)) == ["declined", "open"]
    with pytest.raises(EventsError, match="You don’t have an offer of a place"):
        decline(event=event, by=RegistrationFactory(event=event, waiting=True, turn=99).user)


def test_a_late_answer_passes_the_place_on_though_nobody_ran_the_command():
    event, (_gone, first, second) = offered_event()
    deadline = Offer.objects.get().expires_at
    with time_machine.travel(deadline, tick=False):
        with pytest.raises(EventsError, match="This offer has expired"):
            accept(event=event, by=first)
        assert (state_of(event, first), state_of(event, second)) == (State.CANCELLED, State.OFFERED)
    assert told(first)[-1] == "events/offer_expired"
    assert Offer.objects.order_by("pk").first().outcome == Outcome.EXPIRED


def test_a_second_before_the_deadline_it_can_be_accepted():
    event, (_gone, first, _second) = offered_event()
    with time_machine.travel(Offer.objects.get().expires_at - timedelta(seconds=1), tick=False):
        assert accept(event=event, by=first).is_confirmed


def test_the_command_passes_late_offers_on(capsys):
    event, (_gone, first, second) = offered_event()
    with time_machine.travel(Offer.objects.get().expires_at, tick=False):
        call_command("tend_events")
        call_command("tend_events")
    assert (state_of(event, first), state_of(event, second)) == (State.CANCELLED, State.OFFERED)
    assert capsys.readouterr().out.splitlines() == [
        "1 places handed out, 0 people told",
        "0 places handed out, 0 people told",
    ]


def test_shortly_before_the_event_a_place_is_given_at_once():
    event, people = full_event(starts_at=timezone.now() + timedelta(hours=20))
    cancel(event=event, by=people[0])
    assert state_of(event, people[1]) == State.CONFIRMED
    assert told(people[1]) == ["events/waiting", "events/place_freed"]
    assert not Offer.objects.exists()


def test_who_lost_the_label_since_cannot_accept():
    event, (_gone, first, _second) = offered_event()
    first.memberships.get().school.labels.update(ends_on=timezone.now().date() - timedelta(days=1))
    with pytest.raises(EventsError, match="label has expired"):
        accept(event=event, by=first)
    assert state_of(event, first) == State.OFFERED


def test_a_place_out_of_turn_is_the_organisers_to_give():
    event, (_holder, first, second) = full_event()
    row = Registration.objects.get(user=second)
    moderator = factories.moderator()
    with pytest.raises(EventsError, match="Only the event’s organisers"):
        give_place(event=event, by=first, registration_id=row.pk)
    with pytest.raises(EventsError, match="All places are taken"):
        give_place(event=event, by=moderator, registration_id=row.pk)
    for _ in range(2):
        give_place(event=event, by=moderator, registration_id=row.pk, adds_place=True)
    event.refresh_from_db()
    assert (event.capacity, event.places_taken()) == (2, 2)
    assert (state_of(event, first), state_of(event, second)) == (State.WAITING, State.CONFIRMED)
    assert told(second) == ["events/waiting", "events/place_freed"]


def test_a_named_organiser_gives_places_while_they_are_a_member():
    event, (_holder, first, second) = full_event()
    event.organisers.add(first)
    event.save()
    row = Registration.objects.get(user=second)
    assert give_place(event=event, by=first, registration_id=row.pk, adds_place=True).is_confirmed
    first.memberships.update(ended_at=timezone.now())
    with pytest.raises(EventsError, match="Only the event’s organisers"):
        give_place(event=event, by=first, registration_id=row.pk)


def test_fewer_places_throw_nobody_out():
    event, _people = offered_event()
    moderator = factories.moderator()
    change_capacity(event=event, by=moderator, capacity=4)
    with pytest.raises(EventsError, match=r"^2 people already have a place"):
        change_capacity(event=event, by=moderator, capacity=1)
    event.refresh_from_db()
    assert event.capacity == 4
    assert event.registrations.offered().count() == 2


def test_a_change_of_places_stands_in_the_draft_too():
    event, _people = full_event()
    event.title = "Better title"
    event.save_revision()
    change_capacity(event=EventPage.objects.get(pk=event.pk), by=factories.moderator(), capacity=9)
    event = EventPage.objects.get(pk=event.pk)
    draft = event.get_latest_revision_as_object()
    assert (event.capacity, draft.capacity, draft.title) == (9, 9, "Better title")
    assert event.title != draft.title


def test_a_school_takes_one_place_until_the_date_and_then_by_turn():
    now = timezone.now()
    event = EventPageFactory(
        capacity=5, starts_at=now + timedelta(days=20), one_per_school_until=now + timedelta(days=3)
    )
    school = factories.SchoolFactory(labelled=True)
    first, second = (factories.MembershipFactory(school=school).user for _ in range(2))
    other = factories.member()
    assert [register(event=event, by=person).state for person in (first, second, other)] == [
        State.CONFIRMED,
        State.WAITING,
        State.CONFIRMED,
    ]
    assert fill_free_places(event) == []
    with time_machine.travel(event.one_per_school_until, tick=False):
        call_command("tend_events")
    assert state_of(event, second) == State.OFFERED


def test_places_for_each_school():
    event = EventPageFactory(capacity=9, seats_per_school=2)
    school = factories.SchoolFactory(labelled=True)
    people = [factories.MembershipFactory(school=school).user for _ in range(3)]
    assert [register(event=event, by=person).state for person in people] == ["confirmed", "confirmed", "waiting"]


@pytest.mark.parametrize("by", ["person", "school", "nobody"])
def test_by_invitation(by):
    event = EventPageFactory(admits="invited")
    teacher = factories.member()
    if by == "person":
        event.invited_people.add(teacher)
    if by == "school":
        event.invited_schools.add(teacher.memberships.get().school)
    event.save()
    if by == "nobody":
        with pytest.raises(EventsError, match="This event is by invitation"):
            register(event=event, by=teacher)
    else:
        assert register(event=event, by=teacher).is_confirmed
        assert Registration.objects.admitted_to(event).get().user == teacher
    RegistrationFactory(event=event, waiting=True, turn=50)
    assert not Registration.objects.waiting().admitted_to(event).exists()


def test_in_grace_too():
    event = EventPageFactory(admits="grace")
    assert register(event=event, by=factories.member(in_grace=True)).is_confirmed
    assert Registration.objects.admitted_to(event).count() == 1
    assert Registration.objects.of_contributors().count() == 0


def test_a_cancelled_event_tells_everybody_once_and_keeps_registrations():
    event, (_gone, first, second) = offered_event()
    moderator = factories.moderator()
    with pytest.raises(EventsError, match="why you’re cancelling the event"):
        cancel_event(event=event, by=moderator, reason=" ")
    with pytest.raises(EventsError, match="Only the event’s organisers"):
        cancel_event(event=event, by=first, reason="I am busy")
    for reason in ("The speaker is ill.", "Another reason"):
        cancel_event(event=event, by=moderator, reason=reason)
    event = EventPage.objects.get(pk=event.pk)
    assert event.cancellation.reason == "The speaker is ill."
    assert (announce_changes(event), announce_changes(event)) == (2, 0)
    assert (state_of(event, first), state_of(event, second)) == (State.WAITING, State.WAITING)
    assert Offer.objects.get().outcome == Outcome.WITHDRAWN
    assert told(second) == ["events/waiting", "events/event_cancelled"]
    for verb in (register, cancel):
        with pytest.raises(EventsError, match=r"^The event has been cancelled"):
            verb(event=event, by=factories.member() if verb is register else first)
    assert fill_free_places(event) == []


def test_a_moved_event_tells_each_person_once_for_each_move_and_renews_offers():
    event, (_gone, first, second) = offered_event()
    before = Offer.objects.get().expires_at
    for number in (1, 2):
        EventPage.objects.filter(pk=event.pk).update(
            starts_at=event.starts_at + timedelta(days=number), ends_at=event.ends_at + timedelta(days=number)
        )
        event = EventPage.objects.get(pk=event.pk)
        with time_machine.travel(timezone.now() + timedelta(hours=30), tick=False):
            keep_up(event)
            assert (announce_changes(event), announce_changes(event)) == (2, 0)
    assert told(second) == ["events/waiting", "events/moved", "events/moved"]
    offer = Offer.objects.get()
    assert offer.expires_at == Registration.objects.get(user=first).offer_expires_at > before


def test_an_offer_of_an_event_moved_near_never_outlasts_the_door():
    event, _people = offered_event()
    soon = timezone.now() + timedelta(hours=5)
    EventPage.objects.filter(pk=event.pk).update(starts_at=soon, ends_at=soon + timedelta(hours=1))
    event = EventPage.objects.get(pk=event.pk)
    keep_up(event)
    assert Offer.objects.get().expires_at == event.door_opens_at


# -- Invariants ------------------------------------------------------------------------------------


def test_the_command_says_that_all_holds(capsys):
    offered_event()
    call_command("check_invariants")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1 events, 3 registrations, 1 offers"
    assert len(lines) == 13
    assert all(line.startswith("✓") for line in lines[1:])


@pytest.mark.parametrize(
    ("breaks", "sentence"),
    [
        (
            lambda event: EventPage.objects.filter(pk=event.pk).update(capacity=0),
            "No event has more people, seated or with an offer, than places.",
        ),
        (
            lambda event: Offer.objects.update(expires_at=timezone.now()),
            "Behind every offered place stands one open offer with the same deadline.",
        ),
        (
            lambda event: Offer.objects.update(registration=Registration.objects.get(turn=3)),
            "Every open offer keeps a place for its person.",
        ),
        (
            lambda event: Offer.objects.update(outcome=Outcome.ACCEPTED, ended_at=timezone.now()),
            "Every ended offer was used or passed on.",
        ),
        (
            lambda event: Registration.objects.filter(turn=4).update(created_at=timezone.now() - timedelta(days=9)),
            "People wait in the order in which they registered.",
        ),
    ],
)
def test_a_row_broken_by_hand_is_named(capsys, breaks, sentence):
    event, _people = offered_event(waiting=3)
    breaks(event)
    with pytest.raises(CommandError):
        call_command("check_invariants")
    out = capsys.readouterr().out
    assert f"✗ {sentence}" in out
    assert dict(check())[sentence][0] in out


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite takes no constraint away from a table")
@pytest.mark.parametrize(
    ("table", "constraint", "breaks", "sentence"),
    [
        (
            "events_registration",
            "one_registration_per_turn",
            lambda: Registration.objects.filter(turn=4).update(turn=3),
            "No turn is given twice.",
        ),
        (
            "events_registration",
            "one_person_per_seat",
            lambda: Registration.objects.filter(turn=3).update(seat=1, state=State.CONFIRMED),
            "No seat is given twice.",
        ),
        (
            "events_registration",
            "a_seat_for_the_confirmed_and_the_offered",
            lambda: Registration.objects.filter(turn=3).update(seat=2),
            "Who has or is offered a place holds a seat, and nobody else.",
        ),
        (
            "events_offer",
            "an_offer_ends_once",
            lambda: Offer.objects.update(outcome=Outcome.EXPIRED),
            "Every offer that ended says when, and no other.",
        ),
        (
            "events_offer",
            "an_offer_ends_once",
            lambda: Offer.objects.update(ended_at=timezone.now()),
            "Every offer that ended says when, and no other.",
        ),
    ],
)
def test_a_row_that_a_constraint_would_have_refused_is_named(table, constraint, breaks, sentence):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
    offered_event(waiting=3)
    breaks()
    assert dict(check())[sentence] != []
