"""Proposals, series and questions, and their pages."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone
from zeal import zeal_ignore

from events.errors import EventsError
from events.models import EventPage, Proposal, Registration, State
from events.organising import organises
from events.planning.series import repeat
from events.proposing.proposals import accept_proposal, decline_proposal, in_queue_of, propose, withdraw
from events.seats.registration import cancel, register

from ... import factories
from ..factories import EventPageFactory, ProposalFactory, event_index
from ..seats.test_registration import told
from ..test_views import client_of, text

pytestmark = pytest.mark.django_db


# -- Proposals -------------------------------------------------------------------------------------


def typed(**changes) -> dict:
    return {
        "title": "Garden lessons",
        "summary": "Measuring outside.",
        "text": "We show <b>how</b>.",
        "kind": "visit",
        "language": "en",
        "pillars": ["agency"],
        "capacity": "",
        "starts_at": (timezone.now() + timedelta(days=9)).strftime("%Y-%m-%dT18:00"),
        "minutes": "45",
        "time_zone": "Europe/Istanbul",
        **changes,
    }


def test_a_member_proposes_and_a_moderator_accepts():
    event_index()
    teacher = factories.member()
    school = teacher.memberships.get().school
    moderator = factories.moderator("TR")
    page = client_of(teacher).post("/en/events/propose/", {**typed(), "school": school.pk}, follow=True)
    assert "A moderator will look at your proposal" in text(page)
    proposal = Proposal.objects.get()
    assert proposal.starts_at.astimezone(ZoneInfo("Europe/Istanbul")).hour == 18
    assert proposal.ends_at - proposal.starts_at == timedelta(minutes=45)
    assert told(moderator) == ["events/proposal_made"]
    assert list(in_queue_of(moderator)) == [proposal]

    events = [accept_proposal(proposal=proposal, by=moderator, publish=True) for _ in range(2)]

    assert events[0] == events[1]
    event = EventPage.objects.get()
    assert (event.live, event.kind, event.capacity) == (True, "visit", None)
    assert "&lt;b&gt;" in event.body
    assert organises(teacher, event)
    assert not organises(factories.member(), event)
    assert told(teacher) == ["events/proposal_accepted"]
    with pytest.raises(EventsError, match="already been decided"):
        withdraw(proposal=proposal, by=teacher)
    with pytest.raises(EventsError, match="already been decided"):
        decline_proposal(proposal=proposal, by=moderator, reason="Too late")


def test_declining_needs_a_reason_and_tells_it():
    proposal = ProposalFactory()
    moderator = factories.moderator()
    with pytest.raises(EventsError, match="The person who proposed it will see this"):
        decline_proposal(proposal=proposal, by=moderator, reason=" ")
    for _ in range(2):
        decline_proposal(proposal=proposal, by=moderator, reason="Please shorten it.")
    assert told(proposal.proposer) == ["events/proposal_declined"]
    page = text(client_of(proposal.proposer).get(f"/en/events/proposals/{proposal.pk}/"))
    assert "Please shorten it." in page


def test_only_moderators_of_the_country_decide():
    proposal = ProposalFactory()
    for person in (factories.moderator("PT"), factories.member()):
        assert list(in_queue_of(person)) == []
        with pytest.raises(EventsError, match="Moderators for the school"):
            accept_proposal(proposal=proposal, by=person, publish=False)
        with pytest.raises(EventsError, match="Moderators for the school"):
            decline_proposal(proposal=proposal, by=person, reason="No")


def test_nobody_proposes_again_and_again(settings):
    settings.ACCOUNT_RATE_LIMITS = {"propose": "1/h/user"}
    teacher = factories.member()
    client, school = client_of(teacher), teacher.memberships.get().school_id
    client.post("/en/events/propose/", {**typed(), "school": school})
    client.post(f"/en/events/proposals/{Proposal.objects.get().pk}/")
    again = client.post("/en/events/propose/", {**typed(), "school": school})
    assert "a lot in a short time" in text(again)
    assert Proposal.objects.count() == 1


def test_only_the_proposer_withdraws_and_for_their_own_school():
    proposal = ProposalFactory()
    with pytest.raises(EventsError, match="Only the person who proposed"):
        withdraw(proposal=proposal, by=factories.member())
    client_of(proposal.proposer).post(f"/en/events/proposals/{proposal.pk}/")
    proposal.refresh_from_db()
    assert proposal.decision == "withdrawn"
    with pytest.raises(EventsError, match="can’t propose events for this school"):
        propose(by=factories.member(), school=proposal.school, title="x")


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        ({"starts_at": "2020-01-01T10:00"}, "Choose a time in the future."),
        ({"starts_at": "2027-03-28T03:30", "time_zone": "Europe/Tallinn"}, "This time doesn’t exist"),
        ({"minutes": "3"}, "greater than or equal to 15"),
        ({"title": ""}, "This field is required."),
    ],
)
def test_mistakes_in_a_proposal_stand_beside_their_field(mistake, words):
    teacher = factories.member()
    school = teacher.memberships.get().school.pk
    page = text(client_of(teacher).post("/en/events/propose/", {**typed(**mistake), "school": school}))
    assert words in page
    assert "We show &lt;b&gt;how&lt;/b&gt;." in page
    assert not Proposal.objects.exists()


# -- Series ----------------------------------------------------------------------------------------


def test_repeats_show_the_same_time_on_the_wall():
    brussels = ZoneInfo("Europe/Brussels")
    event = EventPageFactory(starts_at=datetime(2027, 3, 17, 17, tzinfo=brussels), slug="circle")
    copies = repeat(event=event, by=factories.moderator(), rhythm="weekly", times=3)
    assert [copy.starts_at.astimezone(brussels).strftime("%d.%m. %H:%M") for copy in copies] == [
        "24.03. 17:00",
        "31.03. 17:00",
        "07.04. 17:00",
    ]
    assert {copy.ends_at - copy.starts_at for copy in copies} == {timedelta(hours=1)}
    assert EventPage.objects.filter(series__title=event.title).count() == 4
    assert [copy.live for copy in copies] == [True] * 3


def test_a_month_without_the_day_takes_its_last():
    event = EventPageFactory(starts_at=datetime(2027, 1, 31, 12, tzinfo=ZoneInfo("Europe/Brussels")))
    copies = repeat(event=event, by=factories.moderator(), rhythm="monthly", times=2)
    assert [copy.starts_at.strftime("%d.%m.") for copy in copies] == ["28.02.", "31.03."]


def test_only_organisers_repeat_and_not_for_ever():
    event = EventPageFactory()
    with pytest.raises(EventsError, match="Only the event’s organisers"):
        repeat(event=event, by=factories.member(), rhythm="weekly", times=1)
    with pytest.raises(EventsError, match="between 1 and 26 repeats"):
        repeat(event=event, by=factories.moderator(), rhythm="weekly", times=27)
    assert EventPage.objects.count() == 1


def test_a_series_is_registered_at_once_or_singly():
    event = EventPageFactory(slug="first", capacity=1)
    repeat(event=event, by=factories.moderator(), rhythm="weekly", times=2)
    event = EventPage.objects.get(pk=event.pk)
    teacher = factories.member()
    register(event=event, by=factories.member())
    client = client_of(teacher)
    assert "Register for the whole series" not in text(client.get("/en/events/propose/"))
    assert "Join the waiting list" in text(client.get("/en/events/first/"))
    # Each event of the series is locked separately.
    with zeal_ignore():
        for _ in range(2):
            answer = client.post("/en/events/first/register/", {"whole_series": "1"})
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert said[-1] == "You’re registered for 3 events in the series, and on the waiting list for 1 of them."
    assert list(Registration.objects.of(teacher).order_by("event__starts_at").values_list("state", flat=True)) == [
        State.WAITING,
        State.CONFIRMED,
        State.CONFIRMED,
    ]


def test_who_waits_for_nothing_of_a_series_reads_nothing_of_waiting():
    event = EventPageFactory(slug="first")
    repeat(event=event, by=factories.moderator(), rhythm="weekly", times=1)
    with zeal_ignore():
        answer = client_of(factories.member()).post("/en/events/first/register/", {"whole_series": "1"})
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert said == ["You’re registered for 2 events in the series."]


# -- Questions, names, clashes -----------------------------------------------------------------------


def asking_event() -> EventPage:
    event = EventPageFactory(
        slug="asking",
        questions=[
            ("text", {"label": "What do you bring?", "required": True}),
            ("choice", {"label": "Which group?", "required": False, "choices": ["Red", "Blue"]}),
        ],
    )
    return EventPage.objects.get(pk=event.pk)


def test_answers_are_asked_kept_and_changed():
    event = asking_event()
    bring, group = (question.id for question in event.questions)
    client = client_of(factories.member())
    page = text(client.post("/en/events/asking/register/", {group: "Red"}))
    assert "This field is required." in page
    assert not Registration.objects.exists()
    with pytest.raises(EventsError, match="Please answer: What do you bring"):
        register(event=event, by=factories.member(), answers={group: "Red"})

    client.post("/en/events/asking/register/", {bring: "A map", group: "Red", "shows_name": "on"})
    row = Registration.objects.get()
    assert [(answer["label"], answer["answer"]) for answer in row.answers] == [
        ("What do you bring?", "A map"),
        ("Which group?", "Red"),
    ]
    assert row.shows_name
    page = text(client.get("/en/events/asking/answers/"))
    assert 'value="A map"' in page
    client.post("/en/events/asking/answers/", {bring: "Two maps"})
    row.refresh_from_db()
    assert ([answer["answer"] for answer in row.answers], row.shows_name) == (["Two maps"], False)
    EventPage.objects.update(starts_at=timezone.now() - timedelta(minutes=1))
    page = client.post("/en/events/asking/answers/", {bring: "Late"}, follow=True)
    assert "you can no longer change your answers" in text(page)


def test_only_the_registered_see_the_names_of_who_agreed():
    event = EventPageFactory(slug="names", capacity=None)
    agreed, silent, reader = (factories.member() for _ in range(3))
    register(event=event, by=agreed, shows_name=True)
    register(event=event, by=silent)
    page = text(client_of(reader).get("/en/events/names/"))
    assert (agreed.name in page, silent.name in page) == (False, False)
    register(event=event, by=reader)
    page = text(client_of(reader).get("/en/events/names/"))
    assert f">{agreed.name}<" in page
    assert f">{silent.name}<" not in page
    cancel(event=event, by=agreed)
    assert f">{agreed.name}<" not in text(client_of(reader).get("/en/events/names/"))


def test_who_is_registered_elsewhere_at_that_time_is_told():
    one, other = EventPageFactory(slug="one", title="First one"), EventPageFactory(slug="other")
    teacher = factories.member()
    register(event=one, by=teacher)
    page = text(client_of(teacher).get("/en/events/other/"))
    assert "You’re already registered for something at this time:" in page
    assert "First one" in page
    EventPage.objects.filter(pk=other.pk).update(starts_at=one.ends_at, ends_at=one.ends_at + timedelta(hours=1))
    assert "registered for something at this time" not in text(client_of(teacher).get("/en/events/other/"))


def test_an_offer_is_answered_on_the_events_page():
    event = EventPageFactory(slug="offer", capacity=1, starts_at=timezone.now() + timedelta(days=20))
    holder, first, second = (factories.member() for _ in range(3))
    for person in (holder, first, second):
        register(event=event, by=person)
    client_of(holder).post("/en/events/offer/cancel/")
    client = client_of(first)
    page = text(client.get("/en/events/offer/"))
    assert 'action="/en/events/offer/accept/"' in page
    assert client.get("/en/events/offer/accept/").status_code == 302
    assert Registration.objects.get(user=first).is_offered
    client.post("/en/events/offer/decline/")
    assert Registration.objects.get(user=second).is_offered
    assert "This offer has expired" in text(client.post("/en/events/offer/accept/", follow=True))
    client_of(second).post("/en/events/offer/accept/")
    assert Registration.objects.get(user=second).is_confirmed
