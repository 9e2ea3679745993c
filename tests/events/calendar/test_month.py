"""The month calendar: days in the reader's zone, invalid addresses, and no hidden events."""

from datetime import UTC, datetime

import pytest
import time_machine

from community.models import User

from ... import factories
from ..factories import EventPageFactory, event_index
from ..test_views import client_of, text

pytestmark = pytest.mark.django_db


def month(asked: str, user=None) -> str:
    answer = client_of(user).get(f"/en/events/?month={asked}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def days(page: str) -> dict[str, str]:
    """Return the text of each day of the calendar."""
    parts = page.split('class="month__name">')[1:]
    return {part.partition("<")[0].partition(" (")[0].strip(): part for part in parts}


@pytest.fixture(autouse=True)
def _in_march():
    event_index()
    with time_machine.travel(datetime(2027, 3, 10, 12, tzinfo=UTC), tick=False):
        yield


def test_an_event_stands_on_its_day_in_the_readers_zone():
    EventPageFactory(title="Late", audience="public", starts_at=datetime(2027, 3, 15, 22, 30, tzinfo=UTC))
    person = factories.member()
    User.objects.filter(pk=person.pk).update(time_zone="Asia/Tbilisi")
    brussels, tbilisi = days(month("2027-03")), days(month("2027-03", person))
    assert '23:30</span> <span lang="en">Late' in brussels["Monday 15 March"]
    assert '02:30</span> <span lang="en">Late' in tbilisi["Tuesday 16 March"]
    assert len(brussels) == 31


def test_a_month_ends_where_the_readers_clock_says():
    EventPageFactory(title="Edge", audience="public", starts_at=datetime(2027, 3, 31, 22, 30, tzinfo=UTC))
    assert "Edge" not in month("2027-03")
    assert "Edge" in days(month("2027-04"))["Thursday 1 April"]


@pytest.mark.parametrize("asked", ["9999-99", "2027-13", "soon", "2027-3", "<b>", "2027-03-01"])
def test_a_month_that_does_not_exist_is_answered_with_this_one(asked):
    page = month(asked)
    assert "We can’t find the month “" in page
    assert "March 2027" in page
    assert "<b>" not in page


def test_the_way_to_other_months_keeps_the_filters():
    page = month("2027-01&amp;pillar=agency".replace("&amp;", "&"))
    for address in ("?pillar=agency&amp;month=2026-12", "?pillar=agency&amp;month=2027-02"):
        assert address in page
    assert 'rel="prev"' not in month("2000-01")
    assert 'rel="next"' not in month("2099-12")


def test_filters_hold_in_the_month_too():
    EventPageFactory(title="Agency", audience="public", pillars=["agency"], kind="webinar")
    EventPageFactory(title="Inclusion", audience="public", pillars=["inclusion"], kind="meeting")
    assert "Inclusion" not in "".join(days(month("2027-03&pillar=agency")).values())
    assert "Agency" not in "".join(days(month("2027-03&kind=meeting")).values())


def test_members_events_are_in_no_visitors_month():
    EventPageFactory(title="needle-title")
    assert "needle-title" not in month("2027-03")
    assert "needle-title" in month("2027-03", factories.member())


def test_an_empty_month_says_so():
    assert "No events this month." in month("2031-05")


@pytest.mark.parametrize("number", [1, 30])
def test_a_full_month_asks_as_much_as_one_event(number, django_assert_max_num_queries):
    for _number in range(number):
        EventPageFactory()
    client = client_of(factories.member())
    client.get("/en/events/?month=2027-03")
    with django_assert_max_num_queries(8):
        assert "month__event" in text(client.get("/en/events/?month=2027-03"))
