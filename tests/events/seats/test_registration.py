from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.errors import EventsError
from events.models import EventPage, Registration, State
from events.seats.registration import cancel, fill_free_places, register
from notifications.models import Message

from ... import factories
from ...factories import today
from ..factories import SECRET_ADDRESS, EventPageFactory, RegistrationFactory, school_of

pytestmark = pytest.mark.django_db


def told(user) -> list[str]:
    return [kind for (kind,) in Message.objects.filter(recipient=user).order_by("pk").values_list("kind")]


def states(event) -> dict:
    return {row.user_id: (row.state, row.seat) for row in event.registrations.all()}


def test_places_first_then_the_waiting_list():
    event = EventPageFactory(capacity=2)
    people = [factories.member() for _ in range(4)]

    got = [register(event=event, by=person) for person in people]

    assert [(row.state, row.seat, row.turn) for row in got] == [
        (State.CONFIRMED, 1, 1),
        (State.CONFIRMED, 2, 2),
        (State.WAITING, None, 3),
        (State.WAITING, None, 4),
    ]
    assert [told(person) for person in people] == [
        ["events/registered"],
        ["events/registered"],
        ["events/waiting"],
        ["events/waiting"],
    ]
    positions = event.registrations.waiting().with_position().values_list("user", "position")
    assert list(positions) == [(people[2].pk, 1), (people[3].pk, 2)]


def test_an_event_without_limit_takes_everybody():
    event = EventPageFactory(capacity=None)
    assert [register(event=event, by=factories.member()).seat for _ in range(3)] == [1, 2, 3]


def test_registering_again_changes_nothing():
    event = EventPageFactory(capacity=1)
    holder, waiter = factories.member(), factories.member()
    first = [register(event=event, by=holder), register(event=event, by=waiter)]

    again = [register(event=event, by=holder), register(event=event, by=waiter)]

    assert [row.pk for row in again] == [row.pk for row in first]
    assert [row.turn for row in again] == [1, 2]
    assert told(holder) == ["events/registered"]
    assert told(waiter) == ["events/waiting"]


def test_a_cancelled_place_goes_to_who_waits_longest():
    event = EventPageFactory(capacity=2)
    people = [factories.member() for _ in range(5)]
    for person in people:
        register(event=event, by=person)

    cancel(event=event, by=people[0])

    assert states(event) == {
        people[0].pk: (State.CANCELLED, None),
        people[1].pk: (State.CONFIRMED, 2),
        people[2].pk: (State.OFFERED, 1),
        people[3].pk: (State.WAITING, None),
        people[4].pk: (State.WAITING, None),
    }
    assert told(people[2]) == ["events/waiting", "events/offered"]
    assert told(people[3]) == ["events/waiting"]
    assert told(people[0]) == ["events/registered", "events/cancelled"]


def test_cancelling_twice_frees_one_place():
    event = EventPageFactory(capacity=1)
    people = [factories.member() for _ in range(3)]
    for person in people:
        register(event=event, by=person)

    cancel(event=event, by=people[0])
    cancel(event=event, by=people[0])

    assert [row.user_id for row in event.registrations.offered()] == [people[1].pk]
    assert told(people[0]) == ["events/registered", "events/cancelled"]


def test_cancelling_a_turn_frees_no_place():
    event = EventPageFactory(capacity=1)
    people = [factories.member() for _ in range(3)]
    for person in people:
        register(event=event, by=person)

    cancel(event=event, by=people[1])

    assert [row.user_id for row in event.registrations.confirmed()] == [people[0].pk]
    assert [row.user_id for row in event.registrations.waiting()] == [people[2].pk]


def test_who_comes_back_goes_to_the_end_and_is_told_afresh():
    event = EventPageFactory(capacity=1)
    people = [factories.member() for _ in range(3)]
    for person in people:
        register(event=event, by=person)
    cancel(event=event, by=people[1])

    back = register(event=event, by=people[1])

    assert (back.state, back.turn, back.round, back.cancelled_at) == (State.WAITING, 4, 2, None)
    assert told(people[1]) == ["events/waiting", "events/cancelled", "events/waiting"]
    assert Registration.objects.filter(event=event).count() == 3


def test_cancelling_without_a_registration():
    with pytest.raises(EventsError, match="You aren’t registered for this event"):
        cancel(event=EventPageFactory(), by=factories.member())


def test_no_cancelling_once_the_event_has_started():
    registration = RegistrationFactory(event__running=True)
    with pytest.raises(EventsError, match="The event has started"):
        cancel(event=registration.event, by=registration.user)
    registration.refresh_from_db()
    assert registration.is_confirmed


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ({"over": True}, "The event is over."),
        ({"running": True}, "Registration is closed."),
        ({"closed": True}, "Registration is closed."),
        ({"not_yet_open": True}, "Registration hasn’t opened yet."),
        ({"live": False}, "We can’t find this event."),
    ],
)
def test_outside_the_window(state, reason):
    event = EventPageFactory(**state)
    with pytest.raises(EventsError, match=f"^{reason}$"):
        register(event=event, by=factories.member())
    assert not Registration.objects.exists()


def test_the_window_to_the_second():
    event = EventPageFactory(
        registration_opens_at=timezone.now() + timedelta(hours=1),
        registration_closes_at=timezone.now() + timedelta(hours=2),
        capacity=None,
    )
    answers = []
    for moment in (
        event.registration_opens_at - timedelta(seconds=1),
        event.registration_opens_at,
        event.registration_closes_at - timedelta(seconds=1),
        event.registration_closes_at,
    ):
        teacher = factories.member()
        with time_machine.travel(moment, tick=False):
            try:
                answers.append(register(event=event, by=teacher).state)
            except EventsError as error:
                answers.append(str(error))
    assert answers == ["Registration hasn’t opened yet.", "confirmed", "confirmed", "Registration is closed."]


def test_who_still_waits_for_the_lock_when_the_window_closes_comes_too_late(monkeypatch):
    event = EventPageFactory(registration_closes_at=timezone.now() + timedelta(seconds=1))
    locked = EventPage.for_update

    with time_machine.travel(event.registration_closes_at - timedelta(seconds=1), tick=False) as clock:

        def at_last(self) -> EventPage:
            clock.shift(1)
            return locked(self)

        monkeypatch.setattr(EventPage, "for_update", at_last)
        with pytest.raises(EventsError, match=r"^Registration is closed\.$"):
            register(event=event, by=factories.member())
    assert not Registration.objects.exists()


def test_late_comers_register_while_the_moderator_lets_them():
    event = EventPageFactory(running=True, registration_closes_at=timezone.now() + timedelta(minutes=10))
    assert register(event=event, by=factories.member()).is_confirmed


def test_who_may_register(personas):
    event = EventPageFactory(capacity=None, audience="public")
    answers = {}
    for name, user in personas.named().items():
        if user is None:
            continue
        try:
            answers[name] = register(event=event, by=user).state
        except EventsError as error:
            answers[name] = str(error)
    outside = "Places are reserved for teachers at schools with the eTwinning School Label."
    assert answers == {
        "outsider": outside,
        "lapsed": outside,
        "revoked": outside,
        "grace": "Your school’s label has expired, so you can read about events but not register for them.",
        "member": "confirmed",
        "organiser": outside,
        "moderator": outside,
        "other_moderator": outside,
        "author": "confirmed",
        "lead": "confirmed",
    }


def test_an_event_for_members_does_not_exist_for_others(personas):
    with pytest.raises(EventsError, match="We can’t find this event"):
        register(event=EventPageFactory(), by=personas.outsider)


def test_a_person_of_two_schools_chooses_one():
    event = EventPageFactory()
    teacher = factories.member()
    second = factories.SchoolFactory(labelled=True)
    ended = factories.SchoolFactory(in_grace=True)
    for school in (second, ended):
        factories.MembershipFactory(user=teacher, school=school)

    for school, reason in (
        (None, "Choose the school you’re registering with."),
        (ended, "You can’t register with this school."),
        (factories.SchoolFactory(labelled=True), "You can’t register with this school."),
    ):
        with pytest.raises(EventsError, match=reason):
            register(event=event, by=teacher, school_id=school and school.pk)
    assert register(event=event, by=teacher, school_id=second.pk).school_id == second.pk


def test_more_places_are_given_in_the_order_of_registering():
    event = EventPageFactory(capacity=1)
    people = [factories.member() for _ in range(4)]
    for person in people:
        register(event=event, by=person)
    event.capacity = 3
    event.save()

    promoted = fill_free_places(event)

    assert [row.user_id for row in promoted] == [people[1].pk, people[2].pk]
    assert fill_free_places(event) == []
    assert [row.user_id for row in event.registrations.waiting()] == [people[3].pk]


def test_publishing_more_places_gives_them(django_capture_on_commit_callbacks):
    event = EventPageFactory(capacity=1)
    people = [factories.member() for _ in range(2)]
    for person in people:
        register(event=event, by=person)
    event.capacity = 2
    with django_capture_on_commit_callbacks(execute=True):
        event.save_revision().publish()

    assert event.registrations.seated().count() == 2
    assert told(people[1]) == ["events/waiting", "events/offered"]
    assert [message.subject for message in mail.outbox] == [f"You’ve been offered a place: {event.title}"]


def test_a_free_place_belongs_to_who_waits_already():
    event = EventPageFactory(capacity=1)
    holder, waiter, late = (factories.member() for _ in range(3))
    register(event=event, by=holder)
    register(event=event, by=waiter)
    type(event).objects.filter(pk=event.pk).update(capacity=2)

    assert register(event=event, by=late).is_waiting
    assert Registration.objects.get(event=event, user=waiter).is_offered


def test_who_lost_the_label_is_passed_over_but_keeps_the_turn():
    event = EventPageFactory(capacity=1)
    holder, ended, waiter, late = (factories.member() for _ in range(4))
    for person in (holder, ended, waiter):
        register(event=event, by=person)
    school_of(ended).labels.update(ends_on=today() - timedelta(days=1))

    cancel(event=event, by=holder)

    assert Registration.objects.get(event=event, user=waiter).is_offered
    assert Registration.objects.get(event=event, user=ended).is_waiting
    assert told(ended) == ["events/waiting"]
    # A waiting list of people who may not attend blocks nobody.
    cancel(event=event, by=waiter)
    assert register(event=event, by=late).is_confirmed
    # The label is valid again.
    school_of(ended).labels.update(ends_on=today() + timedelta(days=1))
    cancel(event=event, by=late)
    assert Registration.objects.get(event=event, user=ended).is_offered


def test_an_inactive_person_or_one_who_left_the_school_is_passed_over():
    event = EventPageFactory(capacity=1)
    holder, inactive, moved, waiter = (factories.member() for _ in range(4))
    for person in (holder, inactive, moved, waiter):
        register(event=event, by=person)
    inactive.is_active = False
    inactive.save()
    moved.memberships.update(ended_at=timezone.now())
    factories.MembershipFactory(user=moved)

    cancel(event=event, by=holder)

    assert [row.user for row in event.registrations.offered()] == [waiter]


def test_registering_costs_the_same_however_many_wait_without_a_label():
    event = EventPageFactory(capacity=50)
    numbers = []
    for more in (1, 29):
        for _ in range(more):
            RegistrationFactory(event=event, user=factories.member(lapsed=True), waiting=True)
        teacher = factories.member()
        with CaptureQueriesContext(connection) as captured:
            assert register(event=event, by=teacher).is_confirmed
        numbers.append(len(captured))
    assert numbers[0] == numbers[1] <= 15


def test_a_newcomer_after_promotions_gets_the_lowest_free_seat():
    event = EventPageFactory(capacity=4)
    people = [factories.member() for _ in range(5)]
    for person in people[:4]:
        register(event=event, by=person)
    for person in (people[0], people[2]):
        cancel(event=event, by=person)
    RegistrationFactory(event=event, waiting=True, turn=9)

    assert register(event=event, by=people[4]).seat == 3
    assert sorted(event.registrations.seated().values_list("seat", flat=True)) == [1, 2, 3, 4]


def test_nobody_is_promoted_after_the_end():
    waiter = RegistrationFactory(event__over=True, waiting=True)
    assert fill_free_places(waiter.event) == []


def test_lowering_the_places_takes_none_away():
    event = EventPageFactory(capacity=2)
    people = [factories.member() for _ in range(3)]
    for person in people:
        register(event=event, by=person)
    # A scheduled publication bypasses the form's validation.
    type(event).objects.filter(pk=event.pk).update(capacity=1)

    cancel(event=event, by=people[0])

    assert event.registrations.confirmed().count() == 1
    assert Registration.objects.get(event=event, user=people[2]).is_waiting


def test_the_database_gives_no_seat_twice():
    first = RegistrationFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        RegistrationFactory(event=first.event, seat=first.seat)
    with pytest.raises(IntegrityError), transaction.atomic():
        RegistrationFactory(event=first.event, user=first.user, waiting=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        RegistrationFactory(event=first.event, turn=first.turn, waiting=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        RegistrationFactory(event=first.event, seat=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        RegistrationFactory(event=first.event, waiting=True, seat=9)


def test_coming_registrations_of_a_person():
    teacher = factories.member()
    later = RegistrationFactory(user=teacher, event__starts_at=timezone.now() + timedelta(days=9))
    sooner = RegistrationFactory(user=teacher, waiting=True)
    RegistrationFactory(user=teacher, cancelled=True)
    RegistrationFactory(user=teacher, event__over=True)
    RegistrationFactory(user=teacher, event__live=False)
    RegistrationFactory()

    assert list(Registration.objects.of(teacher).coming()) == [sooner, later]


def test_messages_speak_the_persons_language_and_time(django_capture_on_commit_callbacks):
    event = EventPageFactory(title="Planning together", starts_at=timezone.now() + timedelta(days=3), capacity=1)
    teacher, waiter = factories.member(), factories.member()
    for person in (teacher, waiter):
        person.time_zone = "Europe/Istanbul"
        person.save()
    with django_capture_on_commit_callbacks(execute=True):
        register(event=event, by=teacher)
        register(event=event, by=waiter)
    with django_capture_on_commit_callbacks(execute=True):
        cancel(event=event, by=teacher)

    assert [message.subject for message in mail.outbox] == [
        "You have a place: Planning together",
        "On the waiting list: Planning together",
        "Registration cancelled: Planning together",
        "You’ve been offered a place: Planning together",
    ]
    for message, person in zip(mail.outbox, (teacher, waiter, teacher, waiter), strict=True):
        if message.subject[0] != "R":
            assert f"on behalf of {school_of(person).name}." in message.body
        assert "(Istanbul, UTC+3)" in message.body
        assert f"/en/events/{event.slug}/" in message.body
        everything = f"{message.subject} {message.body} {message.alternatives[0][0]}"
        assert SECRET_ADDRESS not in everything
