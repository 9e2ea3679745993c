"""The archive: only people who may watch a recording are told which past events have one."""

import pytest
from django.utils import timezone

from events.models import Material

from ..factories import member
from .factories import EventPageFactory, RegistrationFactory
from .test_views import client_of, queries, text

pytestmark = pytest.mark.django_db
PAST = "/en/events/?when=past"
RECORDED = f"{PAST}&recording=on"


def past_event(title: str, *, audience: str = "members", **material):
    event = EventPageFactory(title=title, over=True, audience=audience)
    defaults = {
        "title": "film",
        "url": "https://film.example/needle",
        "is_recording": True,
        "consent": "all",
        "live": True,
    }
    Material.objects.create(event=event, **{**defaults, **material})
    return event


@pytest.fixture
def archive() -> dict:
    """Create a past event of each kind, all public, so that only the recording matters."""
    everyone = {"audience": "public"}
    return {
        "for-members": past_event("for-members", readers="members", **everyone),
        "for-registrants": past_event("for-registrants", readers="registrants", **everyone),
        "held-back": past_event("held-back", readers="members", live=False, **everyone),
        "slides": past_event("slides", readers="members", is_recording=False, **everyone),
    }


def found(client) -> set[str]:
    return {event.title for event in client.get(RECORDED).context["events_page"]}


def badged(client, address: str = PAST) -> set[str]:
    answer = client.get(address)
    cards = text(answer).split("<article")[1:]
    titles = {event.title for event in answer.context["events_page"] or answer.context["past_events"]}
    return {title for card in cards if "#play" in card for title in titles if f">{title}</a>" in card}


def test_a_member_finds_recordings_for_members(personas, archive):
    client = client_of(personas.member)
    assert found(client) == badged(client) == {"for-members"}


def test_a_registrant_finds_theirs_as_well(personas, archive):
    for event in archive.values():
        RegistrationFactory(event=event, user=personas.member)
    client = client_of(personas.member)
    assert found(client) == badged(client) == {"for-members", "for-registrants"}


def test_only_a_place_makes_a_registrant(personas, archive):
    RegistrationFactory(event=archive["for-registrants"], user=personas.member, waiting=True)
    RegistrationFactory(event=archive["for-registrants"], user=personas.author, cancelled=True)
    assert found(client_of(personas.member)) == found(client_of(personas.author)) == {"for-members"}


@pytest.mark.parametrize("name", ["outsider", "lapsed", "revoked"])
def test_others_find_no_recording(personas, archive, name):
    client = client_of(personas.named()[name])
    assert found(client) == badged(client) == set()


def test_visitors_are_offered_no_such_filter(personas, archive):
    client = client_of(None)
    assert badged(client) == set()
    answer = client.get(RECORDED)
    assert 'name="recording"' not in text(answer)
    assert {event.title for event in answer.context["events_page"]} == set(archive)


def test_the_recording_of_an_unseen_event_is_no_hint(personas):
    past_event("veiled", readers="members")
    client = client_of(member(lapsed=True))
    assert "veiled" not in text(client.get(RECORDED)) + text(client.get(PAST))


def test_coming_events_know_no_such_filter(personas, archive):
    EventPageFactory(title="coming")
    client = client_of(personas.member)
    answer = client.get("/en/events/?recording=on")
    assert [event.title for event in answer.context["events_page"]] == ["coming"]
    assert 'name="recording"' not in text(answer)
    assert [tab["href"] for tab in client.get(RECORDED).context["tabs"]] == [
        "/en/events/",
        "/en/events/?month=now",
        "/en/events/?recording=True&when=past",
    ]


def test_teasers_below_the_coming_events_have_the_badge(personas):
    past_event("for-members", readers="members")
    past_event("held-back", readers="members", live=False)
    assert badged(client_of(personas.member), "/en/events/") == {"for-members"}


def test_the_archive_asks_as_much_for_thirty_as_for_one(personas):
    client = client_of(personas.member)
    numbers = []
    for rows in (1, 11):
        for number in range(rows):
            event = past_event(f"e{rows}-{number}", readers="members")
            RegistrationFactory(event=event, user=personas.member, attended_at=timezone.now())
        numbers.append((queries(client, PAST), queries(client, RECORDED)))
    assert numbers[0] == numbers[1]
    assert max(numbers[0]) <= 8
