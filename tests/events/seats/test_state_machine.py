"""Whatever happens to an event in any order, its places, offers and turns stay consistent.

An ordinary run tries 10 stories. EVENT_STORIES=500 tries as many as the release check.
"""

import os
from datetime import UTC, datetime, timedelta

import time_machine
from django.db import transaction
from django.test import TestCase
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from community.models import User
from events.errors import EventsError
from events.models import EventPage, Offer, Outcome, Registration
from events.planning.announcing import announce_changes
from events.planning.changes import cancel_event, change_capacity
from events.planning.giving import give_place
from events.seats.invariants import check
from events.seats.offers import accept, decline
from events.seats.registration import cancel, fill_free_places, register
from events.seats.renewing import keep_up
from notifications.models import Message

from ...factories import MembershipFactory, SchoolFactory, moderator
from ..factories import EventPageFactory, event_index

STORIES = int(os.environ.get("EVENT_STORIES", "10"))
BEGINNING = datetime(2027, 3, 20, 9, tzinfo=UTC)
PEOPLE = 8


class Event(RuleBasedStateMachine):
    """One event with few places, eight people from two schools and time zones, and a clock that only moves forward."""

    somebody = st.integers(0, PEOPLE - 1)
    # Created once for all stories, by TestEvent.
    people: list[User]
    organiser: User

    @initialize(
        capacity=st.integers(1, 4),
        limit=st.sampled_from([None, None, 1, 2]),
        days=st.integers(2, 30),
        crowd=st.lists(somebody, min_size=4, max_size=PEOPLE, unique=True),
    )
    def announce(self, capacity: int, limit: int | None, days: int, crowd: list[int]) -> None:
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.clock = time_machine.travel(BEGINNING, tick=False)
        self.traveller = self.clock.start()
        self.event = EventPageFactory(
            capacity=capacity, seats_per_school=limit, starts_at=BEGINNING + timedelta(days=days)
        )
        self.out_of_turn, self.refusals = set(), []
        self.several_register(crowd)

    def teardown(self) -> None:
        if hasattr(self, "clock"):
            self.clock.stop()
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def attempt(self, verb, **how) -> None:
        """Run the verb, and record a refusal, which is allowed in any story."""
        self.event = EventPage.objects.get(pk=self.event.pk)
        try:
            verb(event=self.event, **how)
        except EventsError as refusal:
            self.refusals.append(str(refusal))

    @rule(who=somebody)
    def registers(self, who: int) -> None:
        self.attempt(register, by=self.people[who])

    @rule(several=st.lists(somebody, min_size=3, max_size=PEOPLE, unique=True))
    def several_register(self, several: list[int]) -> None:
        for who in several:
            self.attempt(register, by=self.people[who])

    @rule(who=somebody)
    def cancels(self, who: int) -> None:
        self.attempt(cancel, by=self.people[who])

    @rule(who=somebody)
    def accepts(self, who: int) -> None:
        before = Registration.objects.of(self.people[who]).past_deadline().exists()
        self.attempt(accept, by=self.people[who])
        if before:
            assert not Registration.objects.of(self.people[who]).confirmed().exists()

    @rule(who=somebody)
    def declines(self, who: int) -> None:
        self.attempt(decline, by=self.people[who])

    @precondition(lambda self: Registration.objects.confirmed().exists())
    @rule()
    def who_has_a_place_cancels(self) -> None:
        self.attempt(cancel, by=Registration.objects.confirmed().order_by("turn").first().user)

    @precondition(lambda self: Offer.objects.open().exists())
    @rule(answer=st.sampled_from([accept, decline]))
    def an_offer_is_answered(self, answer) -> None:
        offer = Offer.objects.open().order_by("pk").first()
        is_late = offer.expires_at <= timezone.now()
        self.attempt(answer, by=offer.registration.user)
        offer.refresh_from_db()
        assert offer.outcome != Outcome.OPEN
        assert not (is_late and offer.outcome == Outcome.ACCEPTED)

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.traveller.shift(timedelta(hours=hours))

    @rule()
    def the_run_of_every_few_minutes(self) -> None:
        fill_free_places(self.event)
        assert not Registration.objects.past_deadline().exists()

    @precondition(lambda self: Offer.objects.open().exists())
    @rule()
    def an_offer_is_not_answered(self) -> None:
        """An offer expires to the second: the place passes on, and never back to the same person."""
        offer = Offer.objects.open().order_by("expires_at").select_related("registration").first()
        self.traveller.move_to(max(timezone.now(), offer.expires_at))
        fill_free_places(self.event)
        offer.refresh_from_db()
        offer.registration.refresh_from_db()
        assert (offer.outcome, offer.registration.is_cancelled) == (Outcome.EXPIRED, True)

    @rule(capacity=st.one_of(st.none(), st.integers(1, 6)))
    def has_another_number_of_places(self, capacity: int | None) -> None:
        self.attempt(change_capacity, by=self.organiser, capacity=capacity)

    @rule(hours=st.integers(-48, 96))
    def moves(self, hours: int) -> None:
        event = EventPage.objects.get(pk=self.event.pk)
        by = timedelta(hours=hours)
        EventPage.objects.filter(pk=event.pk).update(starts_at=event.starts_at + by, ends_at=event.ends_at + by)
        self.event = EventPage.objects.get(pk=event.pk)
        keep_up(self.event)
        announce_changes(self.event)

    @rule(who=somebody)
    def organiser_gives_a_place(self, who: int) -> None:
        row = Registration.objects.of(self.people[who]).filter(event=self.event).first()
        if row is not None and row.is_waiting:
            self.out_of_turn.add(row.pk)
            self.attempt(give_place, by=self.organiser, registration_id=row.pk, adds_place=True)

    # Wait until something has happened, because nothing can follow a cancellation.
    @precondition(lambda self: Offer.objects.count() > 1)
    @rule()
    def is_cancelled(self) -> None:
        self.attempt(cancel_event, by=self.organiser, reason="The speaker is ill.")
        self.event = EventPage.objects.get(pk=self.event.pk)
        announce_changes(self.event)
        if self.event.is_cancelled:
            told = Message.objects.filter(kind="events/event_cancelled").values_list("recipient", flat=True)
            running = Registration.objects.running().filter(event=self.event).values_list("user", flat=True)
            assert sorted(told) == sorted(running)

    @invariant()
    def what_must_hold_holds(self) -> None:
        assert [(sentence, rows) for sentence, rows in check() if rows] == []

    @invariant()
    def nobody_overtakes(self) -> None:
        """Anyone given a place from the list registered before everyone still waiting, if there is no limit per school.

        Cancelling an event revokes its offers. Those people wait again, and nobody can pass them.
        """
        event = EventPage.objects.get(pk=self.event.pk)
        first = event.registrations.waiting().first()
        if event.seats_per_school or event.is_cancelled or first is None:
            return
        answered = Offer.objects.filter(outcome__in=[Outcome.OPEN, Outcome.ACCEPTED], registration__event=event)
        seated = event.registrations.seated().filter(pk__in=answered.values("registration"), round=1)
        assert not seated.exclude(pk__in=self.out_of_turn).filter(turn__gt=first.turn).exists()

    @invariant()
    def nobody_is_told_of_one_offer_twice(self) -> None:
        assert Message.objects.filter(kind="events/offered").count() == Offer.objects.count()


class TestEvent(Event.TestCase, TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        """Create what no story changes. Each story is rolled back to this."""
        with time_machine.travel(BEGINNING, tick=False):
            schools = [SchoolFactory(labelled=True) for _ in range(2)]
            Event.people = [
                MembershipFactory(
                    school=schools[number % 2], user__time_zone=("Europe/Istanbul", "Europe/Lisbon")[number % 2]
                ).user
                for number in range(PEOPLE)
            ]
            Event.organiser = moderator()
            event_index()

    settings = settings(
        max_examples=STORIES,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
