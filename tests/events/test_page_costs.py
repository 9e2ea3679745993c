"""An event page makes at most ten queries, however many people and events there are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Feedback, Material, Series

from ..factories import SchoolFactory
from .factories import EventPageFactory, RegistrationFactory, school_of
from .test_views import client_of

pytestmark = pytest.mark.django_db
MOST = 10


def crowd(event) -> None:
    """Add thirty people and materials to an event, and more events to its series."""
    school = SchoolFactory(labelled=True)
    for number in range(29):
        RegistrationFactory(event=event, school=school, shows_name=True, attended_at=[None, timezone.now()][number % 2])
    Material.objects.bulk_create(
        Material(event=event, title=f"m{number}", url="https://x.example/", live=True, readers="members")
        for number in range(29)
    )
    for _number in range(5):
        EventPageFactory(series=event.series, capacity=None)


def asked(client, event) -> list[str]:
    client.get(f"/en/events/{event.slug}/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/en/events/{event.slug}/").status_code == 200
    return [query["sql"] for query in captured]


def costs(personas, event) -> None:
    client = client_of(personas.member)
    few = asked(client, event)
    crowd(event)
    many = asked(client, event)
    assert len(many) == len(few) <= MOST, "\n".join(max(few, many, key=len))
    assert len(set(many)) == len(many), "asks something twice"


@pytest.fixture
def series() -> Series:
    return Series.objects.create(title="Autumn")


@pytest.fixture
def one_more(series):
    return EventPageFactory(series=series, capacity=None)


@pytest.mark.parametrize("gave_feedback", [False, True])
def test_a_past_event_of_a_series_for_who_took_part(personas, series, one_more, gave_feedback):
    event = EventPageFactory(over=True, capacity=None, series=series)
    own = RegistrationFactory(event=event, user=personas.member, attended_at=timezone.now(), shows_name=True)
    Material.objects.create(event=event, title="m", url="https://x.example/", live=True, readers="registrants")
    if gave_feedback:
        Feedback.objects.create(registration=own, overall=4, useful=4, technique=4)
    costs(personas, event)


def test_a_past_event_for_who_did_not_come(personas, series, one_more):
    costs(personas, EventPageFactory(over=True, capacity=None, series=series))


def test_a_running_event_for_who_has_a_place(personas, series, one_more):
    event = EventPageFactory(running=True, capacity=None, series=series)
    RegistrationFactory(event=event, user=personas.member)
    costs(personas, event)


def test_a_coming_event_for_who_has_a_place(personas, series, one_more):
    event = EventPageFactory(capacity=None, series=series)
    RegistrationFactory(event=event, user=personas.member)
    RegistrationFactory(user=personas.member, school=school_of(personas.member))
    costs(personas, event)


@pytest.mark.parametrize("whom", ["person", "school"])
def test_a_coming_event_for_who_is_invited(personas, series, one_more, whom):
    event = EventPageFactory(capacity=None, series=series, admits="invited")
    if whom == "person":
        event.invited_people = [personas.member]
    else:
        event.invited_schools = [school_of(personas.member), SchoolFactory()]
    event.save()
    costs(personas, event)


def test_the_form_of_an_event_for_an_organiser_who_registers(personas, series, one_more):
    event = EventPageFactory(capacity=None, series=series, starts_at=timezone.now() + timedelta(days=3))
    event.organisers = [personas.member]
    event.save()
    costs(personas, event)
