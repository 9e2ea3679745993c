"""Warnings and suspensions: who issues them, to whom, for how long, and what the person can still do."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from community.access import (
    access_of,
    acts_for,
    contributors_only,
    leads,
    may_contribute,
    may_manage,
    read_access,
    refusal_to_contribute,
)
from community.errors import CommunityError
from community.models import Sanction
from community.sanctions import lift, looked_after_by, may_sanction, suspend, warn
from events.seats.registration import register
from notifications.models import Message

from ..events.factories import EventPageFactory
from ..factories import MembershipFactory, SchoolFactory, UserFactory, member, moderator, today

pytestmark = pytest.mark.django_db
FRIDAY = timedelta(days=5)
TOKENS = uuid4(), uuid4()


def told(person) -> list[str]:
    return list(Message.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def test_a_warning_is_told_and_logged_and_changes_nothing():
    person, by = member(), moderator("TR")
    row = warn(person=person, by=by, reason=" Not the person. ")
    assert (row.reason, row.given_by, row.until) == ("Not the person.", by, None)
    assert told(person) == ["community/warned"]
    assert "Not the person." in Message.objects.get().text
    entry = ModelLogEntry.objects.get(action="community.warn")
    assert (entry.user, entry.object_id, entry.data["reason"]) == (by, str(person.pk), "Not the person.")
    assert may_contribute(person)
    with pytest.raises(CommunityError, match=r"^Explain why\. The person will see this\.$"):
        warn(person=person, by=by, reason="  ")


def test_a_form_that_arrives_twice_warns_and_suspends_once():
    person, by = member(), moderator("TR")
    for _again in range(2):
        warn(person=person, by=by, reason="No.", token=TOKENS[0])
        suspend(person=person, by=by, reason="No.", until=today() + FRIDAY, token=TOKENS[1])
    assert Sanction.objects.count() == 2
    assert told(person) == ["community/warned", "community/suspended"]


def test_a_suspended_person_reads_but_does_not_write_until_the_day_is_over():
    membership = MembershipFactory()
    person, school = membership.user, membership.school
    suspend(person=person, by=moderator("TR"), reason="Calm down.", until=today() + FRIDAY)
    access = access_of(person)
    assert access.is_member
    assert access.reads_members_content
    assert (access.may_contribute, access.contributing, access.contributing_school_ids) == (False, [], [])
    assert not acts_for(person, school)
    assert "Calm down." in refusal_to_contribute(person)
    assert told(person) == ["community/suspended"]
    last, after = today() + FRIDAY, today() + FRIDAY + timedelta(days=1)
    assert not may_contribute(person, last)
    assert may_contribute(person, after)
    assert acts_for(person, school, after)


def test_a_suspended_lead_decides_nothing_for_the_school():
    membership = MembershipFactory(role="lead")
    person, school = membership.user, membership.school
    assert leads(person, school)
    assert may_manage(person, school)
    suspend(person=person, by=moderator("TR"), reason="Calm down.", until=today() + FRIDAY)
    assert read_access(person).led_school_ids == []
    assert not leads(person, school)
    assert not may_manage(person, school)
    assert leads(person, school, today() + FRIDAY + timedelta(days=1))


def test_what_only_contributors_do_says_why_and_until_when():
    person = member()
    until = today() + FRIDAY
    suspend(person=person, by=moderator(), reason="Calm down.", until=until)
    request = RequestFactory().post("/")
    request.user = person
    with pytest.raises(PermissionDenied, match=rf"until {until.day} .*Calm down\."):
        contributors_only(lambda request: None)(request)


def test_who_is_suspended_registers_for_events():
    person = member()
    suspend(person=person, by=moderator(), reason="Calm down.", until=today() + FRIDAY)
    assert register(event=EventPageFactory(), by=person).state == "confirmed"


def test_lifting_brings_everything_back_and_is_told_once():
    person, by = member(), moderator("TR")
    suspend(person=person, by=by, reason="Calm down.", until=today() + FRIDAY)
    lift(person=person, by=by)
    lift(person=person, by=by)
    assert may_contribute(person)
    assert told(person) == ["community/suspended", "community/suspension_lifted"]
    row = Sanction.objects.get()
    assert (row.lifted_by, row.runs()) == (by, False)
    actions = ModelLogEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["community.suspend", "community.lift_suspension"]


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "must end on a future date"), (366, "up to one year")], ids=["over", "more than a year"]
)
def test_a_suspension_ends_within_a_year(days, words):
    person, by = member(), moderator("TR")
    with pytest.raises(CommunityError, match=words):
        suspend(person=person, by=by, reason="Why", until=today() + timedelta(days=days))
    suspend(person=person, by=by, reason="Why", until=today() + timedelta(days=365 if days > 0 else 0))


def test_a_second_suspension_waits_for_the_end_of_the_first():
    person, by = member(), moderator("TR")
    suspend(person=person, by=by, reason="Why", until=today() + FRIDAY)
    with pytest.raises(CommunityError, match="is already suspended"):
        suspend(person=person, by=by, reason="Why", until=today())
    with pytest.raises(CommunityError, match=r"^Explain why\. The person will see this\.$"):
        suspend(person=member(), by=by, reason="", until=today())


def test_moderators_look_after_members_of_their_countries_never_after_moderators_or_themselves():
    here, abroad, gone = member(), member(labelled=True, country="PT"), member()
    gone.memberships.update(ended_at=timezone.now())
    national, central = moderator("TR"), moderator()
    for one in (national, central):
        MembershipFactory(user=one, school=SchoolFactory(labelled=True))
    operator = member()
    operator.is_superuser = True
    operator.save()
    assert set(looked_after_by(national)) == {here}
    assert set(looked_after_by(central)) == {here, abroad}
    assert set(looked_after_by(here)) == set()
    for person in (abroad, gone, central, national, operator, UserFactory()):
        assert not may_sanction(national, person)
        for verb in (warn, suspend):
            more = {"until": today()} if verb is suspend else {}
            with pytest.raises(CommunityError, match="Only moderators for the person’s country"):
                verb(person=person, by=national, reason="Why", **more)
        with pytest.raises(CommunityError):
            lift(person=person, by=national)
    assert not Sanction.objects.exists()


def test_the_access_of_a_suspended_person_is_still_one_query():
    person = member()
    suspend(person=person, by=moderator(), reason="Why", until=today())
    with CaptureQueriesContext(connection) as queries:
        assert read_access(person).suspended.reason == "Why"
    assert len(queries) == 1


def test_the_database_knows_that_suspensions_end_and_warnings_do_not():
    person = member()
    for wrong in ({"kind": "suspension", "reason": "x"}, {"kind": "warning", "reason": "x", "until": today()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Sanction.objects.create(person=person, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sanction.objects.create(person=person, kind="warning", reason="")
