from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from events.models import Registration, State
from events.seats.registration import register
from notifications.models import Message

from .. import factories
from .factories import SECRET_ADDRESS, EventPageFactory, RegistrationFactory, event_index

pytestmark = pytest.mark.django_db

NEEDLES = ("needle-title", "needle-summary", "needle-body", "Needle Speaker")


def secret_event(**fields):
    return EventPageFactory(
        **{
            "title": "needle-title",
            "summary": "needle-summary",
            "body": "<p>needle-body</p>",
            "speakers": [("speaker", {"name": "Needle Speaker", "role": ""})],
            "slug": "veiled",
            **fields,
        }
    )


def client_of(user) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def text(response) -> str:
    return f"{response.headers} {response.content.decode()}"


def addresses(slug: str) -> dict[str, str]:
    base = f"/en/events/{slug}/"
    return {"detail": base, **{name: f"{base}{name}/" for name in ("register", "cancel", "join")}}


# -- Who sees what ------------------------------------------------------------------------------


def test_an_event_for_members_is_absent_for_everyone_else(personas):
    secret_event()
    RegistrationFactory(event=EventPageFactory(slug="other"))
    for name in ("anonymous", "outsider", "lapsed", "revoked"):
        client = client_of(personas.named()[name])
        absent_addresses = addresses("absent")
        for action, address in addresses("veiled").items():
            absent = absent_addresses[action]
            if name == "anonymous" and action == "cancel":
                for asked in (address, absent):
                    assert client.get(asked)["Location"] == f"/en/accounts/login/?{urlencode({'next': asked})}"
                continue
            for ask in (client.get, client.post, client.head, client.options):
                hidden_answer, absent_answer = ask(address), ask(absent)
                assert hidden_answer.status_code == absent_answer.status_code == 404, (name, address)
                assert hidden_answer.content.replace(b"veiled", b"absent") == absent_answer.content
                assert not [needle for needle in NEEDLES if needle in text(hidden_answer)]
        for listing in ("/en/events/", "/en/events/?when=past", "/en/events/?pillar=agency"):
            answer = client.get(listing)
            assert answer.status_code == 200
            assert not [needle for needle in NEEDLES if needle in text(answer)]
    for name in ("grace", "member", "author", "lead", "organiser", "moderator", "other_moderator"):
        client = client_of(personas.named()[name])
        answer = client.get("/en/events/veiled/")
        assert [needle for needle in NEEDLES if needle in text(answer)] == list(NEEDLES), name
        assert "needle-title" in text(client.get("/en/events/"))
        assert answer["Cache-Control"] == "private, no-store"


def test_asking_for_the_methods_tells_nothing_else(personas):
    secret_event()
    client = client_of(personas.member)
    for address in ("/en/events/", "/en/events/veiled/"):
        assert "needle" not in text(client.options(address))


def test_drafts_are_absent_for_members(personas):
    secret_event(live=False)
    client = client_of(personas.member)
    assert {name: client.get(address).status_code for name, address in addresses("veiled").items()} == dict.fromkeys(
        addresses("veiled"), 404
    )
    assert "needle" not in text(client.get("/en/events/"))


def test_a_list_for_members_is_absent_for_others(personas):
    index = event_index()
    index.audience = "members"
    index.save()
    assert client_of(None).get("/en/events/").status_code == 404
    assert client_of(personas.member).get("/en/events/").status_code == 200


def test_a_public_event_shows_visitors_how_to_come_in(personas):
    secret_event(audience="public")
    answer = client_of(None).get("/en/events/veiled/")
    assert "needle-body" in text(answer)
    assert 'href="/en/accounts/login/?next=/en/events/veiled/"' in text(answer)
    assert "/register/" not in text(answer)
    outsider = client_of(personas.outsider)
    assert "Places are reserved for teachers at schools" in text(outsider.get("/en/events/veiled/"))
    assert {outsider.post(addresses("veiled")[name]).status_code for name in ("register", "cancel", "join")} == {404}


# -- Registering --------------------------------------------------------------------------------


def test_one_click_registers_and_a_replay_changes_nothing(personas, django_capture_on_commit_callbacks):
    event = secret_event()
    client = client_of(personas.member)
    page = text(client.get("/en/events/veiled/"))
    assert 'action="/en/events/veiled/register/"' in page
    assert 'name="school"' not in page

    with django_capture_on_commit_callbacks(execute=True):
        answers = [client.post("/en/events/veiled/register/") for _ in range(3)]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/en/events/veiled/")}
    registration = Registration.objects.get()
    assert (registration.user, registration.state) == (personas.member, State.CONFIRMED)
    assert len(mail.outbox) == 1
    page = text(client.get("/en/events/veiled/"))
    assert "You have a place" in page
    assert "1 of 2 places taken" in page
    assert 'action="/en/events/veiled/cancel/"' in page
    assert "You have a place" in text(client.get("/en/events/"))

    client.post("/en/events/veiled/cancel/")
    client.post("/en/events/veiled/cancel/")
    assert event.registrations.confirmed().count() == 0
    assert "You’re no longer registered, but you can register again." in text(client.get("/en/events/veiled/"))


def test_a_get_changes_nothing(personas):
    event = secret_event()
    client = client_of(personas.member)
    answer = client.get("/en/events/veiled/register/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/events/veiled/")
    assert not Registration.objects.exists()
    registration = RegistrationFactory(event=event, user=personas.member)
    answer = client.get("/en/events/veiled/cancel/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/events/veiled/")
    registration.refresh_from_db()
    assert registration.is_confirmed


def test_who_lost_access_gives_the_place_back(personas):
    event = secret_event(capacity=1)
    registration = RegistrationFactory(event=event, user=personas.lapsed)
    next_one = RegistrationFactory(event=event, waiting=True)
    client = client_of(personas.lapsed)
    assert client.get("/en/events/veiled/").status_code == 404

    page = text(client.get("/en/events/veiled/cancel/"))
    assert [needle for needle in NEEDLES if needle in page] == ["needle-title"]
    assert "Your place will go to the next person on the waiting list." in page
    registration.refresh_from_db()
    assert registration.is_confirmed

    for _ in range(2):
        answer = client.post("/en/events/veiled/cancel/")
        assert (answer.status_code, answer["Location"]) == (302, reverse("dashboard"))
    assert list(event.registrations.offered()) == [next_one]
    answer = client.get("/en/events/veiled/cancel/")
    assert (answer.status_code, answer["Location"]) == (302, reverse("dashboard"))


def test_only_who_registered_cancels(personas):
    event = secret_event()
    RegistrationFactory(event=event)
    for name in ("outsider", "lapsed", "member", "moderator"):
        client = client_of(personas.named()[name])
        for ask in (client.get, client.post):
            found, absent = ask("/en/events/veiled/cancel/"), ask("/en/events/absent/cancel/")
            assert found.status_code == absent.status_code == 404
            assert found.content.replace(b"veiled", b"absent") == absent.content
    assert event.registrations.confirmed().count() == 1


def test_posts_need_the_token(personas):
    secret_event()
    client = Client(enforce_csrf_checks=True)
    client.force_login(personas.member)
    assert client.post("/en/events/veiled/register/").status_code == 403
    assert not Registration.objects.exists()


def test_the_position_on_the_waiting_list(personas):
    event = secret_event(capacity=1)
    for person in (factories.member(), factories.member(), personas.member):
        register(event=event, by=person)
    client = client_of(personas.member)
    assert "You’re number 2 on the waiting list" in text(client.get("/en/events/veiled/"))
    assert "You’re on the waiting list" in text(client.get("/en/events/"))
    assert "Join the waiting list" in text(client_of(personas.author).get("/en/events/veiled/"))


def test_who_may_read_but_not_register_is_told_why(personas):
    secret_event()
    reasons = {
        "grace": "Your school’s label has expired, so you can read about events but not register for them.",
        "moderator": "Places are reserved for teachers at schools with the eTwinning School Label.",
    }
    for name, reason in reasons.items():
        client = client_of(personas.named()[name])
        assert reason in text(client.get("/en/events/veiled/"))
        answer = client.post("/en/events/veiled/register/")
        assert answer.status_code == 403
        assert reason in text(answer)
    assert not Registration.objects.exists()


def test_a_person_of_two_schools_chooses(personas):
    secret_event()
    second = factories.SchoolFactory(labelled=True, name="İkinci Okul")
    factories.MembershipFactory(user=personas.member, school=second)
    stranger = factories.SchoolFactory(labelled=True)
    client = client_of(personas.member)
    assert "İkinci Okul" in text(client.get("/en/events/veiled/"))
    for refused in ({}, {"school": stranger.pk}, {"school": "x"}):
        answer = client.post("/en/events/veiled/register/", refused, follow=True)
        assert "Choose one of your schools." in text(answer)
        assert not Registration.objects.exists()
    client.post("/en/events/veiled/register/", {"school": second.pk})
    assert Registration.objects.get().school == second


@pytest.mark.parametrize(
    ("state", "words", "refusal"),
    [
        ({"over": True}, "This event has ended", "The event is over."),
        ({"closed": True}, "Registration has closed", "Registration is closed."),
        ({"not_yet_open": True}, "Registration hasn’t opened yet", "Registration hasn’t opened yet."),
    ],
)
def test_closed_states_in_words(personas, state, words, refusal):
    secret_event(**state)
    client = client_of(personas.member)
    page = text(client.get("/en/events/veiled/"))
    assert words in page
    assert "/register/" not in page
    answer = client.post("/en/events/veiled/register/", follow=True)
    assert refusal in text(answer)
    assert not Registration.objects.exists()


def test_times_in_the_readers_zone_beside_the_events_own(personas):
    personas.member.time_zone = "Europe/Istanbul"
    personas.member.save()
    secret_event(audience="public", starts_at="2027-07-01T15:00:00Z", ends_at="2027-07-01T16:30:00Z")
    page = " ".join(text(client_of(personas.member).get("/en/events/veiled/")).split())
    assert "18:00–19:30" in page
    assert "(Istanbul, UTC+3)" in page
    assert "17:00–18:30" in page
    assert "(Brussels, UTC+2)" in page
    visitor = " ".join(text(client_of(None).get("/en/events/veiled/")).split())
    assert "17:00–18:30" in visitor
    assert "Event’s local time:" not in visitor


# -- The call's address ----------------------------------------------------------------------------


def test_the_address_of_the_call_is_in_no_page_and_no_message(personas, django_capture_on_commit_callbacks):
    event = secret_event(audience="public", capacity=1, starts_at=timezone.now() + timedelta(minutes=5))
    past = EventPageFactory(over=True, audience="public")
    RegistrationFactory(event=past, user=personas.member)
    with django_capture_on_commit_callbacks(execute=True):
        register(event=event, by=personas.member)
        register(event=event, by=personas.author)
        client_of(personas.member).post("/en/events/veiled/cancel/")
        register(event=event, by=personas.member)
    for name, user in personas.named().items():
        client = client_of(user)
        for address in (
            "/en/events/",
            "/en/events/?when=past",
            "/en/events/veiled/",
            f"/en/events/{past.slug}/",
            f"/en/events/{past.slug}/join/",
            f"/en/events/{past.slug}/join/call/",
            "/en/events/veiled/join/",
            "/tr/events/veiled/",
            "/en/inbox/",
            "/en/search/?q=call",
        ):
            assert SECRET_ADDRESS not in text(client.get(address)), (name, address)
        for action in ("register", "cancel"):
            if user not in (personas.member, personas.author):
                assert SECRET_ADDRESS not in text(client.post(addresses("veiled")[action]))
    assert len(mail.outbox) == 5
    for message in mail.outbox:
        assert SECRET_ADDRESS not in f"{message.subject} {message.body} {message.alternatives} {message.extra_headers}"
    for message in Message.objects.all():
        assert SECRET_ADDRESS not in f"{message.subject} {message.text} {message.html} {message.url}"


# -- The list -----------------------------------------------------------------------------------


def titles(response) -> list[str]:
    return [event.title for event in response.context["events_page"].object_list]


def test_coming_first_then_the_latest_past(personas):
    for number in (3, 1, 2):
        EventPageFactory(title=f"Coming {number}", starts_at=timezone.now() + timedelta(days=number))
        EventPageFactory(title=f"Past {number}", starts_at=timezone.now() - timedelta(days=number))
    EventPageFactory(title="Past 9", starts_at=timezone.now() - timedelta(days=9))
    client = client_of(personas.member)

    answer = client.get("/en/events/")
    assert titles(answer) == ["Coming 1", "Coming 2", "Coming 3"]
    assert [event.title for event in answer.context["past_events"]] == ["Past 1", "Past 2", "Past 3"]
    assert "All past events" in text(answer)
    assert titles(client.get("/en/events/?when=past")) == ["Past 1", "Past 2", "Past 3", "Past 9"]


def test_filters_and_paging(personas):
    for number in range(14):
        EventPageFactory(title=f"A {number}", pillars=["agency"], starts_at=timezone.now() + timedelta(days=number + 1))
    EventPageFactory(title="Türkçe", language="tr", pillars=["leadership"])
    client = client_of(personas.member)

    assert titles(client.get("/en/events/?pillar=leadership")) == ["Türkçe"]
    assert titles(client.get("/en/events/?language=tr")) == ["Türkçe"]
    assert titles(client.get("/en/events/?language=tr&pillar=agency")) == []
    assert "No upcoming events match" in text(client.get("/en/events/?language=tr&pillar=agency"))
    second = client.get("/en/events/?pillar=agency&page=2")
    assert titles(second) == ["A 12", "A 13"]
    assert 'href="?pillar=agency&amp;page=1"' in text(second)
    for nonsense in ("pillar=%25", "pillar=x'%22", "language=xx", "page=999", "page=x", "when=%00"):
        assert client.get(f"/en/events/?{nonsense}").status_code == 200
    assert len(titles(client.get("/en/events/?pillar=%25"))) == 12


def test_an_empty_list_says_so(personas):
    event_index()
    client = client_of(personas.member)
    assert "No events planned at the moment" in text(client.get("/en/events/"))
    assert "No past events yet" in text(client.get("/en/events/?when=past"))


def queries(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_registering_costs_the_same_however_many_came_before(personas):
    event = secret_event(capacity=None)
    numbers = []
    for person in (personas.member, personas.author):
        client = client_of(person)
        client.get("/en/events/veiled/")
        with CaptureQueriesContext(connection) as captured:
            client.post("/en/events/veiled/register/")
        questions = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
        numbers.append(len(questions))
        for _ in range(29):
            RegistrationFactory(event=event)
    assert numbers[0] == numbers[1] <= 9


def test_queries_do_not_grow(personas):
    client = client_of(personas.member)
    event = secret_event(capacity=None, pillars=["agency"])
    RegistrationFactory(event=event, user=personas.member)
    few = queries(client, "/en/events/"), queries(client, "/en/events/veiled/")
    for number in range(29):
        other = EventPageFactory(pillars=["agency"], over=number % 2)
        RegistrationFactory(event=other, user=personas.member)
        RegistrationFactory(event=event)
    many = queries(client, "/en/events/"), queries(client, "/en/events/veiled/")
    assert many == few
    assert many[0] <= 10
    assert many[1] <= 10
