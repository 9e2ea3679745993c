from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text

from content.search import matching
from events.models import EventPage, Window
from events.planning.forms import zone_choices

from ..factories import UserFactory
from .factories import SECRET_ADDRESS, EventPageFactory, RegistrationFactory, event_index

pytestmark = pytest.mark.django_db

START = datetime(2027, 3, 1, 17, tzinfo=UTC)


def mistakes(**fields) -> dict[str, list[str]]:
    event = EventPage(
        title="T", slug="t", **{"starts_at": START, "ends_at": START + timedelta(hours=1), "capacity": 5, **fields}
    )
    try:
        event.clean()
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, {}),
        ({"ends_at": START}, {"ends_at": ["The event must end after it starts."]}),
        ({"ends_at": START - timedelta(minutes=1)}, {"ends_at": ["The event must end after it starts."]}),
        (
            {"registration_closes_at": START + timedelta(minutes=61)},
            {"registration_closes_at": ["Registration must close before the event ends."]},
        ),
        ({"registration_closes_at": START + timedelta(minutes=59)}, {}),
        ({"registration_opens_at": START}, {"registration_opens_at": ["Registration must open before it closes."]}),
        (
            {"registration_opens_at": START - timedelta(days=1), "registration_closes_at": START - timedelta(days=2)},
            {"registration_opens_at": ["Registration must open before it closes."]},
        ),
        (
            {"registration_opens_at": START - timedelta(days=2), "registration_closes_at": START - timedelta(days=1)},
            {},
        ),
    ],
)
def test_times_make_sense(fields, expected):
    assert mistakes(**fields) == expected


@pytest.mark.parametrize("address", ["http://call.example/x", "javascript:alert(1)", "call.example"])
def test_the_call_has_an_https_address(address):
    with pytest.raises(ValidationError) as refused:
        EventPageFactory(join_url=address)
    assert list(refused.value.message_dict) == ["join_url"]


def test_a_time_zone_that_does_not_exist():
    with pytest.raises(ValidationError) as refused:
        EventPageFactory(time_zone="Europe/Atlantis")
    assert refused.value.message_dict == {"time_zone": ["“Europe/Atlantis” isn’t a valid time zone."]}


def test_no_fewer_places_than_people():
    event = EventPageFactory(capacity=3)
    for _ in range(2):
        RegistrationFactory(event=event)
    RegistrationFactory(event=event, waiting=True)
    RegistrationFactory(event=event, cancelled=True)

    event.capacity = 2
    event.clean()
    event.capacity = None
    event.clean()
    event.capacity = 1
    with pytest.raises(ValidationError) as refused:
        event.clean()
    assert refused.value.message_dict == {
        "capacity": ["2 people already have a place, so there can’t be fewer places than that."]
    }


def test_coming_and_past_at_a_moment():
    first = EventPageFactory(starts_at=START)
    second = EventPageFactory(starts_at=START + timedelta(days=1))

    def split(at):
        return list(EventPage.objects.coming(at)), list(EventPage.objects.past(at))

    assert split(START) == ([first, second], [])
    assert split(first.ends_at - timedelta(seconds=1)) == ([first, second], [])
    assert split(first.ends_at) == ([second], [first])
    assert split(second.ends_at) == ([], [second, first])


def test_events_about_a_pillar():
    both = EventPageFactory(pillars=["leadership", "role_model"])
    EventPageFactory(pillars=["agency"])
    EventPageFactory(pillars=[])
    assert list(EventPage.objects.about("role_model")) == [both]
    assert list(EventPage.objects.about("leadership")) == [both]
    assert not EventPage.objects.about("inclusion").exists()


def test_places_taken_counts_the_confirmed():
    event = EventPageFactory(capacity=2)
    RegistrationFactory(event=event)
    RegistrationFactory(event=event, waiting=True)
    RegistrationFactory(event=event, cancelled=True)
    RegistrationFactory()

    assert EventPage.objects.with_places_taken().get(pk=event.pk).taken == event.places_taken() == 1
    assert EventPage.objects.with_places_taken().get(pk=EventPageFactory().pk).taken == 0


def test_the_window_and_the_door():
    event = EventPageFactory(starts_at=START, registration_opens_at=START - timedelta(days=2))
    minute = timedelta(minutes=1)
    assert [
        event.window(at)
        for at in (START - timedelta(days=2, minutes=1), START - timedelta(days=2), START - minute, START)
    ] == [Window.NOT_YET, Window.OPEN, Window.OPEN, Window.CLOSED]
    assert event.window(event.ends_at) == Window.OVER
    moments = (START - 16 * minute, START - 15 * minute, event.ends_at - minute, event.ends_at)
    assert [event.is_joinable(at) for at in moments] == [False, True, True, False]


def test_search_finds_the_text_and_the_speakers_but_not_the_call():
    event = EventPageFactory(
        title="Işık",
        body="<p>Feedback that <b>moves</b></p>",
        speakers=[("speaker", {"name": "Şule Öz", "role": "Müdür"})],
    )
    for words in ("isik", "feedback moves", "sule mudur"):
        assert list(matching(EventPage.objects.all(), words)) == [event]
    assert not matching(EventPage.objects.all(), "needle").exists()
    assert "needle" not in event.search_text


# -- The admin form: times in the event's zone -----------------------------------------------------


def form_for(event, **changes):
    form_class = EventPage.get_edit_handler().get_form_class()
    person = UserFactory(is_superuser=True)
    unbound = form_class(instance=event, for_user=person, parent_page=event_index())
    data = {}
    for field in unbound:
        value = field.value()
        data[field.html_name] = (
            value.strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else "" if value is None else value
        )
    data |= {
        **{f"{stream}-count": "0" for stream in ("speakers", "agenda", "questions")},
        "body": rich_text("<p>Words</p>"),
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        **changes,
    }
    return form_class(data, instance=event, for_user=person, parent_page=event_index())


def test_the_zones_to_choose_from_are_read_from_the_disk_once(monkeypatch):
    offered = zone_choices()
    assert ("Europe/Istanbul", "Europe/Istanbul") in offered

    def disk():
        raise AssertionError("read again")

    for module in ("community.time_zones", "events.planning.forms"):
        monkeypatch.setattr(f"{module}.available_timezones", disk, raising=False)
    assert zone_choices() == offered


@pytest.mark.parametrize("moderators_zone", ["UTC", "America/New_York", "Europe/Istanbul"])
def test_times_are_entered_and_shown_in_the_events_zone(moderators_zone):
    event = EventPageFactory(
        starts_at=datetime(2027, 7, 1, 15, tzinfo=UTC),
        time_zone="Europe/Brussels",
        registration_closes_at=datetime(2027, 6, 30, 22, tzinfo=UTC),
    )
    with timezone.override(ZoneInfo(moderators_zone)):
        form = form_for(event)
        assert form["starts_at"].value() == "2027-07-01 17:00"
        assert form.is_valid(), form.errors
        assert not {"starts_at", "ends_at", "registration_closes_at"} & set(form.changed_data)
        assert form.instance.starts_at == datetime(2027, 7, 1, 15, tzinfo=UTC)
        assert form.instance.registration_closes_at == datetime(2027, 6, 30, 22, tzinfo=UTC)

        form = form_for(event, starts_at="2027-12-01 18:30", ends_at="2027-12-01 20:00")
        assert form.is_valid(), form.errors
        assert form.instance.starts_at == datetime(2027, 12, 1, 17, 30, tzinfo=UTC)


def test_another_zone_moves_the_event():
    event = EventPageFactory(starts_at=datetime(2027, 7, 1, 15, tzinfo=UTC), time_zone="Europe/Brussels")
    form = form_for(event, time_zone="Europe/Istanbul")
    assert form.is_valid(), form.errors
    assert form.instance.starts_at == datetime(2027, 7, 1, 14, tzinfo=UTC)


def test_an_hour_that_the_clock_skips():
    # On 28 March 2027 the clocks in Brussels go from 02:00 to 03:00.
    event = EventPageFactory()
    form = form_for(event, starts_at="2027-03-28 02:30", ends_at="2027-03-28 04:00")
    assert form.errors == {"starts_at": ["This time doesn’t exist in Europe/Brussels because the clocks go forward."]}
    with timezone.override(ZoneInfo("Europe/Brussels")):
        elsewhere = form_for(event, starts_at="2027-03-28 02:30", ends_at="2027-03-28 04:00", time_zone="Asia/Tbilisi")
        assert elsewhere.is_valid(), elsewhere.errors


def test_mistakes_stand_beside_the_fields():
    event = EventPageFactory(capacity=3)
    for _ in range(2):
        RegistrationFactory(event=event)

    form = form_for(event, ends_at="2020-01-01 10:00", capacity="1")
    assert form.errors == {
        "ends_at": ["The event must end after it starts."],
        "capacity": ["2 people already have a place, so there can’t be fewer places than that."],
    }


def test_pages_stand_only_where_they_belong():
    assert EventPage.allowed_parent_page_models() == [type(event_index())]
    assert type(event_index()).allowed_subpage_models() == [EventPage]
    assert EventPage.allowed_subpage_models() == []


def test_the_address_of_the_call_stays_out_of_searched_fields():
    names = {field.field_name for field in EventPage.search_fields}
    assert "join_url" not in names
    with time_machine.travel(START):
        assert SECRET_ADDRESS not in EventPageFactory().search_text


def test_an_event_that_was_never_saved_is_previewed():
    index = event_index()
    event = EventPage(title="needle", slug="needle", starts_at=START, ends_at=START + timedelta(hours=1), capacity=9)
    event.path = f"{index.path}0001"
    answer = event.make_preview_request()
    assert answer.status_code == 200
    assert "0 of 9 places taken" in answer.content.decode()
