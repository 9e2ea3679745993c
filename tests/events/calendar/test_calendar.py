"""Calendar files and the private feed, parsed by a library other than the one that writes them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
import vobject
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from community.models import Label, User
from events.calendar.feeds import feed_for, renew_feed, revoke_feed
from events.models import Cancellation, Feed
from events.reminders import send_reminders
from events.seats.registration import cancel, register

from ... import factories
from ..factories import SECRET_ADDRESS, EventPageFactory, RegistrationFactory
from ..test_views import client_of, secret_event, text

pytestmark = pytest.mark.django_db


def read(calendar: bytes) -> list:
    """Parse the events of a calendar file with vobject."""
    (parsed,) = vobject.readComponents(calendar.decode())
    return list(getattr(parsed, "vevent_list", []))


def fetched(event, user=None):
    (component,) = read(client_of(user).get(reverse("event_ics", args=[event.slug])).content)
    return component


# -- One event ----------------------------------------------------------------------------------


def test_a_file_carries_what_the_page_shows_and_never_the_call(personas):
    event = secret_event(audience="public")

    answer = client_of(None).get("/en/events/veiled/event.ics")
    component = fetched(event)

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (component.summary.value, component.status.value) == ("needle-title", "CONFIRMED")
    assert component.location.value.endswith("/en/events/veiled/join/")
    assert component.dtstart.value == event.starts_at.replace(microsecond=0)
    assert component.dtend.value == event.ends_at.replace(microsecond=0)
    assert b"DTSTART:" in answer.content  # UTC, without a time zone definition of our own
    assert SECRET_ADDRESS not in text(answer)


def test_a_file_is_absent_where_the_page_is(personas):
    secret_event()
    statuses = {
        name: client_of(user).get("/en/events/veiled/event.ics").status_code for name, user in personas.named().items()
    }
    assert {name for name, status in statuses.items() if status == 404} == {
        "anonymous",
        "outsider",
        "lapsed",
        "revoked",
    }
    assert set(statuses.values()) == {200, 404}


def test_the_same_entry_with_a_higher_number_after_a_change_of_time():
    event = EventPageFactory(audience="public", title="Before")
    event.save_revision().publish()
    first = fetched(event)
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        event.starts_at += timedelta(days=1)
        event.ends_at += timedelta(days=1)
        event.save_revision().publish()
        second = fetched(event)

    assert second.uid.value == first.uid.value
    assert int(second.sequence.value) > int(first.sequence.value)
    assert second.dtstart.value - first.dtstart.value == timedelta(days=1)


def test_a_cancelled_event_says_so():
    event = EventPageFactory(audience="public", title="Planning")
    event.save_revision().publish()
    before = fetched(event)
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        Cancellation.objects.create(event=event, reason="Storm", cancelled_at=timezone.now())

    component = fetched(event)

    assert (component.status.value, component.summary.value) == ("CANCELLED", "Cancelled: Planning")
    assert int(component.sequence.value) > int(before.sequence.value)


# -- Across a clock change ----------------------------------------------------------------------

CITIES = {
    # Registered in March before Europe's clocks change, held afterwards. Istanbul and Tbilisi have no clock changes.
    "Europe/Istanbul": ("18:00–19:30", "Istanbul, UTC+3"),
    "Europe/Lisbon": ("16:00–17:30", "Lisbon, UTC+1"),
    "Asia/Tbilisi": ("19:00–20:30", "Tbilisi, UTC+4"),
}


def test_three_people_see_the_same_event_across_a_clock_change(django_capture_on_commit_callbacks):
    """On the page, in emails, and in the calendar file as another parser reads it, before and after the change."""
    people = {}
    with time_machine.travel(datetime(2027, 3, 20, 12, tzinfo=UTC), tick=False):
        event = secret_event(
            starts_at=datetime(2027, 4, 1, 17, tzinfo=ZoneInfo("Europe/Brussels")),
            ends_at=datetime(2027, 4, 1, 18, 30, tzinfo=ZoneInfo("Europe/Brussels")),
            capacity=None,
        )
        for zone in CITIES:
            people[zone] = factories.MembershipFactory(user__time_zone=zone).user
            with django_capture_on_commit_callbacks(execute=True):
                register(event=event, by=people[zone])
        every_place_tells_the_time(event, people)
    assert [letter.to for letter in mail.outbox] == [[person.email] for person in people.values()]

    with time_machine.travel(datetime(2027, 3, 31, 16, tzinfo=UTC), tick=False):
        with django_capture_on_commit_callbacks(execute=True):
            assert send_reminders() == 3
        every_place_tells_the_time(event, people)
    for person, (times, place) in zip(people.values(), CITIES.values(), strict=True):
        letters = [letter for letter in mail.outbox if letter.to == [person.email]]
        assert [letter.subject for letter in letters] == ["You have a place: needle-title", "Reminder: needle-title"]
        for letter in letters:
            assert f"Thursday 1 April 2027, {times[:5]} ({place})" in letter.body


def every_place_tells_the_time(event, people) -> None:
    """Check the page and both calendar files for each person in their zone."""
    for zone, person in people.items():
        times, place = CITIES[zone]
        page = " ".join(text(client_of(person).get("/en/events/veiled/")).split())
        assert times in page
        assert f"({place})" in page
        (in_feed,) = read(feed_for(renew_feed(by=person)))
        for component in (fetched(event, person), in_feed):
            assert component.dtstart.value == event.starts_at
            assert f"{component.dtstart.value.astimezone(ZoneInfo(zone)):%H:%M}" == times[:5]
            assert f"{times[:5]} ({place})" in component.description.value


def test_summer_time_ends_between_registration_and_event():
    with time_machine.travel(datetime(2027, 10, 1, tzinfo=UTC), tick=False):
        event = EventPageFactory(
            audience="public",
            starts_at=datetime(2027, 11, 4, 17, tzinfo=ZoneInfo("Europe/Brussels")),
            time_zone="Europe/Brussels",
        )
        component = fetched(event)
    assert component.dtstart.value == datetime(2027, 11, 4, 16, tzinfo=UTC)
    assert "17:00 (Brussels, UTC+1)" in component.description.value


# -- The private feed ---------------------------------------------------------------------------


def test_the_feed_holds_the_persons_running_registrations_and_nothing_else():
    person = factories.member()
    sure = RegistrationFactory(user=person, event__title="Sure").event
    RegistrationFactory(user=person, event__title="Waits", waiting=True)
    RegistrationFactory(user=person, event__title="Offered", offered=True)
    RegistrationFactory(user=person, event__title="Given up", cancelled=True)
    RegistrationFactory(user=person, event__title="Off the site", event__live=False)
    off = RegistrationFactory(user=person, event__title="Called off").event
    Cancellation.objects.create(event=off, reason="Storm")
    RegistrationFactory(event__title="Somebody else’s")

    token = renew_feed(by=person)
    answer = client_of(None).get(reverse("event_feed", args=[token]))

    assert {(c.summary.value, c.status.value) for c in read(answer.content)} == {
        ("Sure", "CONFIRMED"),
        ("On the waiting list: Waits", "TENTATIVE"),
        ("You’ve been offered a place: Offered", "TENTATIVE"),
        ("Cancelled: Called off", "CANCELLED"),
    }
    assert SECRET_ADDRESS not in text(answer)
    assert "no-store" in answer["Cache-Control"]
    cancel(event=sure, by=person)
    assert "Sure" not in {
        c.summary.value for c in read(client_of(None).get(reverse("event_feed", args=[token])).content)
    }


def test_the_feed_speaks_its_owners_language():
    person = factories.member()
    User.objects.filter(pk=person.pk).update(language="tr", time_zone="Europe/Istanbul")
    RegistrationFactory(user=person, waiting=True, event__title="Atölye")

    (component,) = read(feed_for(renew_feed(by=User.objects.get(pk=person.pk))))

    assert component.summary.value == "Bekleme listesi: Atölye"
    assert "/tr/events/" in component.url.value


@pytest.mark.parametrize("event_count", [1, 30])
def test_the_feed_asks_as_much_for_thirty_as_for_one(event_count, django_assert_num_queries):
    person = factories.member()
    for _number in range(event_count):
        RegistrationFactory(user=person)
    token = renew_feed(by=person)
    # The feed with its owner, access for who they are and for what they may see, registrations.
    with django_assert_num_queries(4):
        feed_for(token)


def test_only_the_hash_of_the_address_is_kept_and_a_new_one_closes_the_old():
    person = factories.member()
    first = renew_feed(by=person)
    assert first not in Feed.objects.get().token_hash
    second = renew_feed(by=person)

    assert feed_for(first) is None
    assert feed_for(second) is not None
    revoke_feed(by=person)
    assert feed_for(second) is None


def test_a_lapsed_members_address_is_as_absent_as_none():
    row = RegistrationFactory(event__title="needle-title")
    address = reverse("event_feed", args=[renew_feed(by=row.user)])
    visitor = client_of(None)
    assert "needle-title" in text(visitor.get(address))

    Label.objects.filter(school=row.school).update(ends_on=factories.today() - timedelta(days=400))

    gone = visitor.get(address)
    feed = Feed.objects.get()
    Feed.objects.all().delete()
    absent = visitor.get(address)
    feed.save()
    assert gone.status_code == absent.status_code == 404
    assert (gone.content, dict(gone.headers)) == (absent.content, dict(absent.headers))
    User.objects.filter(pk=row.user_id).update(is_active=False)
    Label.objects.filter(school=row.school).update(ends_on=factories.today() + timedelta(days=400))
    assert visitor.get(address).status_code == 404


def test_the_address_is_shown_once():
    person = factories.member()
    client = client_of(person)
    assert "has no address yet" in text(client.get("/en/calendar/"))

    shown = text(client.post("/en/calendar/renew/"))

    (address,) = {word for word in shown.replace('"', " ").split() if word.startswith("http") and word.endswith(".ics")}
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert feed_for(token) is not None
    again = text(client.get("/en/calendar/"))
    assert token not in again
    assert "You have a calendar address" in again
    client.get("/en/calendar/close/")
    assert feed_for(token) is not None
    client.post("/en/calendar/close/")
    assert feed_for(token) is None
