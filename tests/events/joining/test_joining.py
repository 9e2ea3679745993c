"""Joining an event: when its door is open, for whom, and what stays hidden from everyone else."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from events.errors import EventsError
from events.joining.entering import enter, record_attendance
from events.joining.guests import invite_guest, withdraw_guest
from events.models import Cancellation, GuestPass, Registration
from events.seats.registration import cancel
from notifications.models import Message

from ..factories import SECRET_ADDRESS, EventPageFactory, RegistrationFactory
from ..test_views import client_of, secret_event, text

pytestmark = pytest.mark.django_db

FOYER = "/en/events/veiled/join/"
CALL = "/en/events/veiled/join/call/"


def test_attendance_is_the_first_click():
    registration = RegistrationFactory()
    record_attendance(event=registration.event, by=registration.user)
    registration.refresh_from_db()
    first = registration.attended_at
    record_attendance(event=registration.event, by=registration.user)
    registration.refresh_from_db()
    assert first
    assert registration.attended_at == first


CANCELLED = "You cancelled your registration. To take part, register again on the event page."
NO_PLACE = "You need a place to join. Register for the event first."


@pytest.mark.parametrize(
    ("registration", "answer"),
    [
        ({"event__running": True}, SECRET_ADDRESS),
        ({"event__running": True, "event__join_url": ""}, ""),
        ({}, ""),
        ({"event__over": True}, "The event is over."),
        ({"event__running": True, "offered": True}, NO_PLACE),
        ({"event__running": True, "waiting": True}, NO_PLACE),
        ({"event__running": True, "cancelled": True}, CANCELLED),
        ({"event__running": True, "event__live": False}, "We can’t find this event."),
        ({"event__running": True, "school__lapsed": True, "school__labelled": False}, "We can’t find this event."),
    ],
)
def test_who_enters_the_call(registration, answer):
    own = RegistrationFactory(**registration)
    # Another person's place does not let them in.
    RegistrationFactory(event=own.event)
    try:
        got = enter(event=own.event, by=own.user)
    except EventsError as error:
        got = str(error)
    assert got == answer
    came = Registration.objects.exclude(attended_at=None)
    assert list(came) == ([own] if answer == SECRET_ADDRESS else [])


def test_the_door_opens_a_quarter_of_an_hour_before_and_closes_at_the_end(personas):
    event = secret_event()
    registration = RegistrationFactory(event=event, user=personas.member)
    second = timedelta(seconds=1)
    opens, ends = event.starts_at - timedelta(minutes=15), event.ends_at
    foyers, calls = [], []
    for moment in (opens - second, opens, ends - second, ends):
        with time_machine.travel(moment, tick=False):
            foyers.append(client_of(personas.member).get(FOYER))
            registration.refresh_from_db()
            # Opening the page does not count as attendance.
            assert bool(registration.attended_at) == (moment > opens)
            calls.append(client_of(personas.member).get(CALL))
        registration.refresh_from_db()
        assert bool(registration.attended_at) == (moment >= opens)
    assert [answer.status_code for answer in foyers] == [200, 200, 200, 403]
    assert [CALL in text(answer) for answer in foyers] == [False, True, True, False]
    assert "You can’t join yet" in text(foyers[0])
    assert f'data-until="{opens.isoformat()}"' in text(foyers[0])
    assert not any(SECRET_ADDRESS in text(answer) for answer in foyers)
    early, first, last, late = calls
    assert (early.status_code, early["Location"]) == (302, FOYER)
    assert late.status_code == 403
    assert "The event is over." in text(late)
    for answer in (first, last):
        assert answer.status_code == 302
        assert answer["Location"] == SECRET_ADDRESS
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
    assert registration.attended_at == opens


def test_the_button_appears_with_the_open_door(personas):
    event = secret_event(starts_at=timezone.now() + timedelta(minutes=10))
    RegistrationFactory(event=event, user=personas.member)
    assert FOYER in text(client_of(personas.member).get("/en/events/veiled/"))
    assert FOYER not in text(client_of(personas.author).get("/en/events/veiled/"))


def test_a_browser_that_only_looks_ahead_attends_nothing(personas):
    event = secret_event(running=True)
    registration = RegistrationFactory(event=event, user=personas.member)

    answer = client_of(personas.member).get(CALL, headers={"Sec-Purpose": "prefetch;prerender"})

    assert answer.status_code == 204
    assert SECRET_ADDRESS not in text(answer)
    registration.refresh_from_db()
    assert registration.attended_at is None


def test_only_people_with_a_place_get_in(personas):
    event = secret_event(running=True, capacity=None)
    RegistrationFactory(event=event, user=personas.author, waiting=True)
    RegistrationFactory(event=event, user=personas.lead, cancelled=True)
    RegistrationFactory(event=event, user=personas.lapsed)
    RegistrationFactory(event=event, user=personas.revoked)
    RegistrationFactory(event=event, user=personas.grace)
    statuses = {}
    for name, user in personas.named().items():
        client = client_of(user)
        room, answer = client.get(FOYER), client.get(CALL)
        statuses[name] = answer.status_code
        assert (room.status_code == 200) == (answer.status_code == 302), name
        assert SECRET_ADDRESS not in text(room)
        assert (SECRET_ADDRESS in text(answer)) == (answer.status_code == 302), name
        if answer.status_code == 403:
            assert (CANCELLED if name == "lead" else "You need a place to join.") in text(answer)
    assert statuses == {
        "anonymous": 404,
        "outsider": 404,
        "lapsed": 404,
        "revoked": 404,
        # Registered before the label ended and now in grace: they keep the place.
        "grace": 302,
        "member": 403,
        "author": 403,
        "lead": 403,
        # An organiser enters as host, which does not count as attendance.
        "organiser": 302,
        "moderator": 302,
        "other_moderator": 302,
    }
    attended = Registration.objects.exclude(attended_at=None).values_list("user", flat=True)
    assert list(attended) == [personas.grace.pk]


def test_nobody_enters_what_was_called_off(personas):
    event = secret_event(running=True)
    RegistrationFactory(event=event, user=personas.member)
    Cancellation.objects.create(event=event, reason="Storm")
    for user in (personas.member, personas.organiser):
        answer = client_of(user).get(CALL)
        assert answer.status_code == 403
        assert "The event has been cancelled." in text(answer)


def test_the_old_link_of_somebody_who_cancelled_is_refused_with_words(personas):
    event = secret_event(starts_at=timezone.now() + timedelta(minutes=10))
    RegistrationFactory(event=event, user=personas.member)
    client = client_of(personas.member)
    assert client.get(FOYER).status_code == 200

    cancel(event=event, by=personas.member)

    for address in (FOYER, CALL):
        answer = client.get(address)
        assert answer.status_code == 403
        assert CANCELLED in text(answer)
        assert SECRET_ADDRESS not in text(answer)


def test_a_call_without_an_address_yet_leads_back_to_the_door(personas):
    event = secret_event(running=True, join_url="")
    registration = RegistrationFactory(event=event, user=personas.member)
    answer = client_of(personas.member).get(CALL, follow=True)
    assert answer.redirect_chain == [(FOYER, 302)]
    assert "The organisers haven’t added the link to the call yet." in text(answer)
    registration.refresh_from_db()
    assert registration.attended_at is None


def test_only_the_page_before_the_door_may_ask_for_the_camera(personas):
    event = secret_event()
    RegistrationFactory(event=event, user=personas.member)
    client = client_of(personas.member)
    assert "camera=(self), " in client.get(FOYER)["Permissions-Policy"]
    assert "geolocation=()" in client.get(FOYER)["Permissions-Policy"]
    assert "camera=()" in client.get("/en/events/veiled/")["Permissions-Policy"]


# -- Guests -------------------------------------------------------------------------------------


@pytest.fixture
def invite(django_capture_on_commit_callbacks):
    """Send a link to a guest, and return the pass and the two addresses of the link."""

    def send(event, by, email="guest@museum.example") -> tuple[GuestPass, str, str]:
        with django_capture_on_commit_callbacks(execute=True):
            guest = invite_guest(event=event, name="Ada Guest", email=email, language="en", by=by)
        words = mail.outbox[-1].body.split()
        (address,) = [word for word in words if "/guest/" in word]
        path = address[address.index("/en/") :]
        return guest, path, path + "call/"

    return send


def test_a_guest_gets_in_without_an_account_while_the_door_is_open(personas, invite):
    event = secret_event()
    guest, room, call = invite(event, personas.organiser)
    visitor = client_of(None)

    assert "You can’t join yet" in text(visitor.get(room))
    assert visitor.get(call)["Location"] == room
    with time_machine.travel(event.starts_at, tick=False):
        page = visitor.get(room)
        answer = visitor.get(call)

    assert "Welcome, Ada Guest." in text(page)
    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("no-referrer", "noindex")
    assert SECRET_ADDRESS not in text(page)
    assert answer["Location"] == SECRET_ADDRESS
    assert answer["Referrer-Policy"] == "no-referrer"
    guest.refresh_from_db()
    assert guest.joined_at == event.starts_at


def test_the_guests_secret_stands_in_the_mail_alone(personas, invite):
    guest, room, _call = invite(secret_event(), personas.organiser)

    secret = room.rstrip("/").rpartition("/")[2]
    kept = Message.objects.get(kind="events/guest")
    assert secret not in kept.text + kept.html + kept.url
    assert secret not in guest.token_hash
    assert SECRET_ADDRESS not in str(mail.outbox[-1].message())


def test_a_withdrawn_expired_or_invented_link_lets_nobody_in(personas, invite):
    event = secret_event(starts_at=timezone.now() + timedelta(minutes=5))
    guest, room, call = invite(event, personas.organiser)
    visitor = client_of(None)
    assert visitor.get(reverse("event_guest", args=["veiled", "invented"])).status_code == 404
    assert visitor.get(room.replace("veiled", EventPageFactory().slug)).status_code == 404
    with time_machine.travel(event.ends_at + timedelta(hours=2), tick=False):
        assert "This link has expired." in text(visitor.get(call))

    withdraw_guest(guest=guest)

    for address in (room, call):
        answer = visitor.get(address)
        assert answer.status_code == 403
        assert "This link has been withdrawn." in text(answer)
        assert SECRET_ADDRESS not in text(answer)


def test_a_second_link_for_the_same_guest_closes_the_first(personas, invite):
    event = secret_event(starts_at=timezone.now() + timedelta(minutes=5))
    _guest, first, _call = invite(event, personas.organiser)
    _guest, second, _call = invite(event, personas.organiser, email="GUEST@museum.example")

    assert client_of(None).get(first).status_code == 403
    assert client_of(None).get(second).status_code == 200


def test_a_guests_link_ends_with_the_publication(personas, invite):
    event = secret_event(starts_at=timezone.now() + timedelta(minutes=5))
    _guest, room, _call = invite(event, personas.organiser)
    event.unpublish()

    assert "removed from the site" in text(client_of(None).get(room))


def test_nobody_is_invited_to_what_is_over(personas):
    with pytest.raises(EventsError, match="over"):
        invite_guest(event=secret_event(over=True), name="A", email="a@b.example", language="en", by=personas.organiser)
