"""Planning in the Wagtail admin: proposals, series, cancellations, places out of turn, and permissions."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import get_messages
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry
from zeal import zeal_ignore

from community.moderators import moderators_group
from events.models import Cancellation, EventPage, Proposal, Registration, State
from events.proposing.proposals import withdraw
from events.seats.registration import register

from ... import factories
from ..factories import EventPageFactory, ProposalFactory, RegistrationFactory, event_index
from ..seats.test_registration import told
from ..test_views import client_of, text

pytestmark = pytest.mark.django_db

LIST = "/admin/events/proposals/"


@pytest.fixture(autouse=True)
def _admin():
    # Wagtail's editor repeats queries in each of its parts.
    with zeal_ignore():
        yield


def on_desk(*countries):
    """Return a moderator who may enter the admin and edit every page, as a member of Wagtail's moderators group."""
    person = factories.moderator(*countries)
    person.groups.add(moderators_group())
    return person


def said(answer) -> list[str]:
    return [str(message).strip() for message in get_messages(answer.wsgi_request)]


def turned_away(address: str, method: str = "post", **data) -> None:
    """Check that the address is a 404 for non-moderators and leads visitors to sign in."""
    for person in (factories.member(), factories.lead(), factories.member(lapsed=True), factories.UserFactory()):
        assert getattr(client_of(person), method)(address, data, follow=True).status_code == 404
    answer = getattr(client_of(None), method)(address, data, follow=True)
    assert answer.redirect_chain == [(f"/en/accounts/login/?next={address}", 302)]


def without_the_right(address: str, method: str = "post", **data) -> None:
    """Check that a moderator without permission for the page is redirected with a message."""
    door, _new = Group.objects.get_or_create(name="Only the door")
    door.permissions.add(Permission.objects.get(codename="access_admin"))
    person = factories.moderator("TR")
    person.groups.add(door)
    answer = getattr(client_of(person), method)(address, data, follow=True)
    assert answer.redirect_chain == [("/admin/", 302)]
    assert "you do not have permission" in text(answer)


# -- Proposals -------------------------------------------------------------------------------------


@pytest.fixture
def proposal() -> Proposal:
    event_index()
    return ProposalFactory(title="needle-proposed", school__country="TR")


def decide(person, proposal, action="", *, follow=False, **data):
    return client_of(person).post(f"{LIST}{proposal.pk}/", {"action": action, **data}, follow=follow)


def decision_of(proposal) -> str:
    proposal.refresh_from_db()
    return proposal.decision


def test_moderators_find_the_proposals_of_their_countries(proposal):
    decided = ProposalFactory(title="needle-decided", decision="declined", decided_at=timezone.now())
    for person in (on_desk("TR"), on_desk()):
        page = text(client_of(person).get(LIST))
        assert page.index("Waiting for you") < page.index(proposal.title) < page.index(decided.title)
        assert proposal.title in text(client_of(person).get(f"{LIST}{proposal.pk}/"))


def test_another_countrys_moderator_finds_nothing(proposal):
    person = on_desk("PT")
    page = client_of(person).get(LIST)
    assert "No proposals to review" in text(page)
    assert "needle" not in text(page) + text(client_of(person).get("/admin/"))
    for action in ("", "publish", "draft", "decline"):
        answer = decide(person, proposal, action, follow=True, reason="No")
        assert answer.status_code == 404
        assert "needle" not in text(answer)
    assert (decision_of(proposal), EventPage.objects.count()) == ("waiting", 0)


def test_who_is_no_moderator_does_not_decide(proposal):
    for method in ("get", "post"):
        turned_away(LIST, method)
        turned_away(f"{LIST}{proposal.pk}/", method)
    turned_away(f"{LIST}{proposal.pk}/", action="publish")
    assert decide(proposal.proposer, proposal, "publish", follow=True).status_code == 404
    assert decision_of(proposal) == "waiting"


@pytest.mark.parametrize(("action", "is_live"), [("publish", True), ("draft", False)])
def test_a_proposal_becomes_an_event(proposal, action, is_live):
    person = on_desk("TR")
    for _ in range(2):
        answer = decide(person, proposal, action)
        event = EventPage.objects.get()
        assert answer["Location"] == f"/admin/pages/{event.pk}/edit/"
    organisers = event.get_latest_revision_as_object().organisers
    assert (event.live, list(organisers.all())) == (is_live, [proposal.proposer])
    assert (decision_of(proposal), proposal.decided_by) == ("accepted", person)
    assert told(proposal.proposer) == ["events/proposal_accepted"]
    assert "Edit the event" in text(client_of(person).get(f"{LIST}{proposal.pk}/"))


def test_a_time_that_is_over_is_not_published(proposal):
    past = timezone.now() - timedelta(days=1)
    Proposal.objects.update(starts_at=past, ends_at=past + timedelta(hours=1))
    answer = decide(on_desk("TR"), proposal, "publish")
    assert said(answer) == ["The proposed time has passed. Accept it as a draft and set another time."]
    assert (decision_of(proposal), EventPage.objects.count()) == ("waiting", 0)
    decide(on_desk("TR"), proposal, "draft")
    assert decision_of(proposal) == "accepted"


def test_declining_asks_for_the_reason(proposal):
    person = on_desk("TR")
    answer = decide(person, proposal, "decline", reason=" ")
    assert answer.context["form"].errors["reason"] == ["This field is required."]
    assert (decision_of(proposal), told(proposal.proposer)) == ("waiting", [])
    answer = decide(person, proposal, "decline", reason="Too short.")
    assert answer["Location"] == LIST
    assert (decision_of(proposal), proposal.reason) == ("declined", "Too short.")
    assert told(proposal.proposer) == ["events/proposal_declined"]
    assert "Accept and publish" not in text(client_of(person).get(f"{LIST}{proposal.pk}/"))


def test_what_the_proposer_took_back_is_not_decided(proposal):
    withdraw(proposal=proposal, by=proposal.proposer)
    for action in ("publish", "draft", "decline"):
        answer = decide(on_desk("TR"), proposal, action, reason="No")
        assert said(answer) == ["This proposal has already been decided: withdrawn."]
    assert (decision_of(proposal), EventPage.objects.count()) == ("withdrawn", 0)


def test_what_takes_place_at_that_time_is_shown(proposal):
    EventPageFactory(title="At once", starts_at=proposal.starts_at)
    EventPageFactory(title="Much later", starts_at=proposal.ends_at + timedelta(days=1))
    page = text(client_of(on_desk("TR")).get(f"{LIST}{proposal.pk}/"))
    assert "At once" in page
    assert "Much later" not in page


# -- Repeating and cancelling ------------------------------------------------------------------------


def plan(person, event, action="", **data):
    return client_of(person).post(f"/admin/events/{event.pk}/plan/", {"action": action, **data})


def test_only_who_edits_the_event_plans_it():
    event = EventPageFactory()
    address = f"/admin/events/{event.pk}/plan/"
    turned_away(address, "get")
    without_the_right(address, "get")
    for data in ({"action": "repeat", "rhythm": "weekly", "times": 1}, {"action": "cancel", "reason": "Ill"}):
        turned_away(address, **data)
        without_the_right(address, **data)
    assert (EventPage.objects.count(), Cancellation.objects.count()) == (1, 0)
    assert client_of(on_desk("TR")).get("/admin/events/999999/plan/", follow=True).status_code == 404


def test_an_event_is_repeated():
    event = EventPageFactory(title="Circle")
    person = on_desk("TR")
    answer = plan(person, event, "repeat", rhythm="weekly", times="2")
    assert answer["Location"] == f"/admin/pages/{event.get_parent().pk}/"
    assert said(answer) == ["2 more events added to the series."]
    assert EventPage.objects.filter(series__title="Circle").count() == 3
    page = text(client_of(person).get(f"/admin/events/{event.pk}/plan/"))
    assert page.count("Circle</a>, ") == 2


@pytest.mark.parametrize("mistake", [{"times": "0"}, {"times": "27"}, {"times": ""}, {"rhythm": "daily"}])
def test_mistakes_in_repeating_stand_beside_their_field(mistake):
    event = EventPageFactory()
    answer = plan(on_desk("TR"), event, "repeat", **{"rhythm": "weekly", "times": "2", **mistake})
    assert set(answer.context["repeat_form"].errors) == set(mistake)
    assert not answer.context["reason_form"].is_bound
    assert EventPage.objects.count() == 1


def test_cancelling_tells_everybody_once_and_ends_repeating(django_capture_on_commit_callbacks):
    event = EventPageFactory()
    row = RegistrationFactory(event=event)
    person = on_desk("TR")
    assert plan(person, event, "cancel", reason=" ").context["reason_form"].errors["reason"]
    assert not Cancellation.objects.exists()
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            answer = plan(person, event, "cancel", reason="Ill")
        assert answer["Location"] == f"/admin/events/{event.pk}/plan/"
    assert Cancellation.objects.get().reason == "Ill"
    assert told(row.user) == ["events/event_cancelled"]
    answer = plan(person, event, "repeat", rhythm="weekly", times="2")
    assert said(answer) == ["The event has been cancelled."]
    assert EventPage.objects.count() == 1
    page = text(client_of(person).get(f"/admin/events/{event.pk}/plan/"))
    assert "Ill" in page
    assert 'value="cancel"' not in page


def test_what_is_over_is_not_cancelled():
    event = EventPageFactory(over=True)
    assert said(plan(on_desk("TR"), event, "cancel", reason="Ill")) == ["The event is over."]
    assert not Cancellation.objects.exists()


# -- Places out of turn ------------------------------------------------------------------------------


def give(person, event, row, **data):
    return client_of(person).post(f"/admin/events/{event.pk}/registrations/{row.pk}/give/", data)


@pytest.fixture
def full():
    """Return an event with one place, which is taken, and a waiting registration."""
    event = EventPageFactory(capacity=1)
    register(event=event, by=factories.member())
    return event, register(event=event, by=factories.member())


def state_of(row) -> str:
    return Registration.objects.get(pk=row.pk).state


def test_only_who_edits_the_event_gives_places(full):
    event, row = full
    address = f"/admin/events/{event.pk}/registrations/{row.pk}/give/"
    turned_away(address, adds_place="1")
    without_the_right(address, adds_place="1")
    assert client_of(row.user).post(address, {"adds_place": "1"}, follow=True).status_code == 404
    assert client_of(on_desk("TR")).get(address).status_code == 405
    assert state_of(row) == State.WAITING


def test_a_place_is_given_out_of_turn(full):
    event, row = full
    person = on_desk("TR")
    answer = give(person, event, row)
    assert said(answer) == ["All places are taken or on offer. Add a place to give one out of turn."]
    assert state_of(row) == State.WAITING
    page = text(client_of(person).get(f"/admin/events/{event.pk}/registrations/"))
    assert page.count("Give a place") == 1
    for _ in range(2):
        answer = give(person, event, row, adds_place="1")
        assert answer["Location"] == f"/admin/events/{event.pk}/registrations/"
    assert said(answer)[-1] == f"{row.user} now has a place."
    event.refresh_from_db()
    assert (state_of(row), event.capacity) == (State.CONFIRMED, 2)
    assert PageLogEntry.objects.filter(action="events.give_place", user=person).count() == 1
    assert not ModelLogEntry.objects.filter(action="events.give_place").exists()
    assert "Give a place" not in text(client_of(person).get(f"/admin/events/{event.pk}/registrations/"))


def test_only_people_of_the_event_are_given_its_places(full):
    _event, row = full
    other = EventPageFactory(capacity=5)
    answer = give(on_desk("TR"), other, row, adds_place="1")
    assert said(answer) == ["This person is no longer on the waiting list."]
    assert (state_of(row), other.registrations.count()) == (State.WAITING, 0)


# -- Editing -----------------------------------------------------------------------------------------


def test_who_saves_an_event_is_warned_of_others_at_its_time():
    event = EventPageFactory(title="Mine", slug="mine")
    EventPageFactory(title="Rival", starts_at=event.starts_at + timedelta(minutes=30))
    EventPageFactory(title="Draft", starts_at=event.starts_at, live=False)
    EventPageFactory(title="Later", starts_at=event.ends_at)
    answer = client_of(on_desk("TR")).post(
        f"/admin/pages/{event.pk}/edit/",
        {
            "title": "Mine",
            "slug": "mine",
            "kind": "webinar",
            "time_zone": "UTC",
            "starts_at": event.starts_at.strftime("%Y-%m-%d %H:%M"),
            "ends_at": event.ends_at.strftime("%Y-%m-%d %H:%M"),
            "admits": "labelled",
            "capacity": "2",
            "offer_hours": "24",
            "audience": "members",
            "language": "en",
            "body": "null",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            **{f"{name}-count": "0" for name in ("speakers", "agenda", "questions")},
        },
        follow=True,
    )
    assert "At the same time as this event: “Rival”." in text(answer)


# -- Overall figures -------------------------------------------------------------------------------


def sheets_of(person) -> dict[str, list[tuple]]:
    answer = client_of(person).get("/admin/events/figures.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return {sheet.title: list(sheet.iter_rows(values_only=True))[1:] for sheet in book}


def test_figures_of_all_events_and_of_the_schools_one_looks_after():
    izmir = factories.SchoolFactory(labelled=True, name="=İzmir", country="TR")
    porto = factories.SchoolFactory(labelled=True, name="Porto", country="PT")
    past = EventPageFactory(title="past", over=True, capacity=None)
    coming = EventPageFactory(title="coming", capacity=9)
    hidden = EventPageFactory(title="draft", live=False)
    for school, event, fields in (
        (izmir, past, {"attended_at": past.starts_at}),
        (izmir, past, {}),
        (izmir, coming, {}),
        (izmir, coming, {"cancelled": True}),
        (porto, past, {}),
        (porto, coming, {"waiting": True}),
        (porto, hidden, {}),
    ):
        RegistrationFactory(event=event, school=school, **fields)

    found = sheets_of(on_desk())

    # Places, registered, had a place, attended, absent, cancelled.
    assert [(row[0], *row[2:]) for row in found["Events"]] == [
        ("coming", 9, 3, 1, 0, 0, 1),
        ("past", None, 3, 3, 1, 2, 0),
    ]
    # Events, places, attended, absent.
    assert found["Schools"] == [("'=İzmir", "Türkiye", 2, 3, 1, 1), ("Porto", "Portugal", 1, 1, 0, 1)]
    assert [row[0] for row in sheets_of(on_desk("PT"))["Schools"]] == ["Porto"]


def test_figures_of_all_are_for_moderators():
    event_index()
    turned_away("/admin/events/figures.xlsx", "get")
    assert "/admin/events/figures.xlsx" in text(client_of(on_desk("TR")).get("/admin/"))
