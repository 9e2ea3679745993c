"""The desk in the admin: decisions in place, the next item, nothing from other countries, and nobody's review."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from community.models import Sanction
from directory.models import ProfileItem
from events.models import Proposal
from groups.discussions.models import Comment
from groups.practices.models import ConsentNotice, PracticeImage
from groups.practices.review.reviewing import claim
from home.models import Feedback
from moderation.desk.claims import claim_of, take
from moderation.models import Claim, Report
from notifications.models import Message

from ..factories import MembershipFactory, today
from ..groups.practices.reviewing import review
from .things import (
    KINDS,
    MAKERS,
    on_desk,
    one_of_each,
    waiting_consent,
    waiting_feedback,
    waiting_proposal,
    waiting_report,
    waiting_review,
    waiting_school,
)

pytestmark = pytest.mark.django_db
INDEX = "/admin/desk/"


@pytest.fixture
def central(client):
    person = on_desk()
    client.force_login(person)
    return person


def at(kind: str, thing) -> str:
    return reverse("desk:item", args=[kind, thing.pk])


def hidden(client, address: str) -> bool:
    """Return whether it is a 404, also after Django's redirect to a language prefix."""
    return client.get(address, follow=True).status_code == 404


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_everything_is_in_one_list_and_each_has_a_page(client, central):
    things = one_of_each()
    html = page(client, INDEX)
    assert "<strong>6</strong> items waiting for you" in html
    for kind, thing in things.items():
        assert f'href="{at(kind, thing)}"' in html
        assert f"NEEDLE-{kind}" in page(client, at(kind, thing))
    assert 'desk (6)"' in html
    first = page(client, "/admin/")
    assert all(f"NEEDLE-{kind}" in first for kind in KINDS)
    assert "Open the desk (6)" in first


def test_moderators_of_other_countries_find_nothing_of_it(client):
    things = one_of_each("HERE")
    waiting_proposal("ABROAD", country="PT")
    other = on_desk("PT")
    client.force_login(other)
    for address in (INDEX, "/admin/", f"{INDEX}?country=TR", "/admin/desk/figures/", "/admin/desk/people/?q=Person"):
        html = page(client, address)
        assert "HERE" not in html
    assert "ABROAD" in page(client, INDEX)
    for kind, thing in things.items():
        author = getattr(thing, "proposer", None) or getattr(thing, "author", None)
        for method, address in (
            ("get", at(kind, thing)),
            ("post", at(kind, thing)),
            ("post", reverse("desk:take", args=[kind, thing.pk])),
        ):
            answer = getattr(client, method)(address, {"do": "keep", "reason": "x"})
            assert (answer.status_code, answer.url) == (302, INDEX)
        if author:
            assert hidden(client, reverse("desk:person", args=[author.pk]))
    assert not Claim.objects.exists()
    # A missing item gives the same response.
    assert client.get(reverse("desk:item", args=["report", 99999])).url == INDEX
    assert hidden(client, reverse("desk:item", args=["nonsense", 1]))


def test_people_without_a_desk_find_none(client, personas):
    for person in (personas.member, personas.lead):
        client.force_login(person)
        for name, args in (("index", []), ("figures", []), ("people", []), ("item", ["report", 1])):
            assert hidden(client, reverse(f"desk:{name}", args=args))


def test_a_reviewer_stays_blind(client):
    blind, other = on_desk("TR"), on_desk("TR")
    practice = waiting_review("TEXT")
    review(practice, other, words="SECRET-WORDS")
    claim(practice=practice, by=blind)
    client.force_login(blind)
    html = page(client, INDEX) + page(client, at("review", practice)) + page(client, "/admin/")
    assert "TEXT" in html
    assert "SECRET-WORDS" not in html
    assert "1 of 2 reviews written" in html
    assert f'edit/{practice.pk}/?next=%2Fadmin%2Fdesk%2F"' in html
    MembershipFactory(user=blind, school=practice.school)
    assert "TEXT" not in page(client, INDEX) + page(client, "/admin/")
    assert client.get(at("review", practice)).url == INDEX


def test_a_place_in_a_review_is_claimed_from_the_desk(client):
    practice, judge = waiting_review(), on_desk("TR")
    client.force_login(judge)
    assert "I’m working on this" not in page(client, at("review", practice))
    assert client.post(at("review", practice), {"do": "claim"}).url == at("review", practice)
    assert "finish your review" in page(client, at("review", practice))
    assert client.post(reverse("desk:take", args=["review", practice.pk])).url == INDEX
    assert not Claim.objects.exists()


WHY = {"reason": "Why"}
DECISIONS = [
    (waiting_school, "school", {"do": "approve"}, lambda: ProfileItem.objects.get().status == "shown"),
    (waiting_school, "school", {"do": "refuse", "reason": "Why"}, lambda: ProfileItem.objects.get().reason == "Why"),
    (waiting_report, "report", {"do": "keep"}, lambda: Report.objects.get().outcome == "kept"),
    (waiting_report, "report", {"do": "hide", "reason": "Why"}, lambda: not Comment.objects.get().live),
    (waiting_consent, "consent", {"do": "remind"}, lambda: ConsentNotice.objects.get().outcome == "reminded"),
    (
        waiting_consent,
        "consent",
        {"do": "take_down", "reason": "Why"},
        lambda: PracticeImage.objects.get().lacks_consent,
    ),
    (waiting_proposal, "proposal", {"do": "decline", "reason": "Why"}, lambda: Proposal.objects.get().reason == "Why"),
    (waiting_feedback, "feedback", {"do": "settle", "answer": "Mended"}, lambda: Feedback.objects.get().settled_at),
]


@pytest.mark.parametrize(("make", "kind", "typed", "holds"), DECISIONS, ids=[f"{d[1]} {d[2]['do']}" for d in DECISIONS])
def test_a_decision_is_taken_in_place_logged_and_leads_to_the_next(client, central, make, kind, typed, holds):
    thing = make()
    other = waiting_report("OTHER") if kind != "report" else waiting_proposal("OTHER")
    following = at("proposal" if kind == "report" else "report", other)
    take(kind=kind, item=thing.pk, by=central)
    if len(typed) > 1:
        empty = client.post(at(kind, thing), {"do": typed["do"]})
        assert empty.status_code == 422
        assert "This field is required" in empty.content.decode()
        assert not holds()
    logged = set(ModelLogEntry.objects.values_list("pk", flat=True))
    assert client.post(at(kind, thing), typed).url == following
    assert holds()
    assert ModelLogEntry.objects.exclude(pk__in=logged).get().user == central
    assert not Claim.objects.exists()
    # Repeating does nothing, because the item is no longer waiting.
    assert client.post(at(kind, thing), typed).url == INDEX


def test_filters_stay_on_the_way_through_the_list(client, central):
    first, second = waiting_feedback("ONE"), waiting_feedback("TWO")
    waiting_report()
    query = "?kind=feedback&language=en"
    html = page(client, INDEX + query)
    assert f'href="{at("feedback", first)}{query.replace("&", "&amp;")}"' in html
    assert (
        client.post(at("feedback", first) + query, {"do": "settle", "answer": "x"}).url
        == at("feedback", second) + query
    )
    assert client.post(at("feedback", second) + query, {"do": "settle", "answer": "x"}).url == INDEX + query
    assert "Nothing of this kind to review." in page(client, INDEX + query)


def test_what_a_verb_refuses_is_said_beside_the_form_with_the_words_kept(client, central):
    item = waiting_school()
    MembershipFactory(user=central, school=waiting_school().school)
    ProfileItem.objects.filter(pk=item.pk).update(
        shows_pupils=True, consent_holder="x", consent_until=today() - timedelta(days=1)
    )
    answer = client.post(at("school", item), {"do": "approve"})
    assert answer.status_code == 422
    assert "The consent for this picture has expired." in answer.content.decode()
    answer = client.post(at("school", item), {"do": "refuse", "reason": "w" * 501})
    assert answer.status_code == 422
    assert "w" * 501 in answer.content.decode()


def test_who_is_slower_than_a_colleague_reads_it_on_the_list(client, central, monkeypatch):
    item = waiting_school()

    def colleague(*_args: object) -> None:
        ProfileItem.objects.update(status="refused", reason="Pupils can be recognised.")

    monkeypatch.setattr("moderation.desk.views.next_after", colleague)
    assert client.post(at("school", item), {"do": "approve"}).url == INDEX
    assert "another moderator decided" in page(client, INDEX)


def test_others_see_who_is_at_it_and_decide_nevertheless_after_a_warning(client, central):
    report, other = waiting_report(), on_desk()
    client.force_login(other)
    client.post(reverse("desk:take", args=["report", report.pk]))
    assert claim_of("report", report.pk).holder == other
    client.force_login(central)
    assert str(other) in page(client, INDEX)
    answer = client.post(at("report", report), {"do": "hide", "reason": "KEPT-WORDS"})
    assert answer.status_code == 422
    assert "has taken this on in the meantime" in answer.content.decode()
    assert "KEPT-WORDS" in answer.content.decode()
    assert Comment.objects.get().live
    html = page(client, at("report", report))
    assert f"<strong>{other}</strong> has been working on this since" in html
    assert f'name="knows" value="{other.pk}"' in html
    client.post(reverse("desk:take", args=["report", report.pk]))
    assert claim_of("report", report.pk).holder == other
    client.post(reverse("desk:take", args=["report", report.pk]), {"over": "1"})
    assert claim_of("report", report.pk).holder == central
    client.force_login(other)
    known = {"do": "keep", "knows": central.pk}
    assert client.post(at("report", report), known).url == INDEX
    assert Report.objects.get().settled_by == other


def test_giving_back(client, central):
    report = waiting_report()
    take(kind="report", item=report.pk, by=central)
    client.post(reverse("desk:leave", args=["report", report.pk]))
    assert claim_of("report", report.pk) is None


def test_the_page_of_a_person_shows_their_history_and_acts(client):
    report, judge = waiting_report("COMMENT"), on_desk("TR")
    client.force_login(judge)
    person = Comment.objects.get().author
    address = reverse("desk:person", args=[person.pk])
    assert address in page(client, at("report", report))
    client.post(at("report", report), {"do": "hide", "reason": "HIDDEN-BECAUSE"})
    assert "HIDDEN-BECAUSE" in page(client, address)
    # The link to where it can be shown again.
    assert f"#comment-{Comment.objects.get().pk}" in page(client, address)
    assert client.post(address, {"do": "warn"}).status_code == 422
    assert client.post(address, {"do": "warn", "reason": "WARNED-BECAUSE"}).url == address
    far = client.post(address, {"do": "suspend", "reason": "KEPT-WORDS", "until": today() + timedelta(days=400)})
    assert far.status_code == 422
    assert "KEPT-WORDS" in far.content.decode()
    assert "A suspension can last up to one year." in far.content.decode()
    client.post(address, {"do": "suspend", "reason": "SUSPENDED-BECAUSE", "until": today() + timedelta(days=3)})
    html = page(client, address)
    assert all(words in html for words in ("WARNED-BECAUSE", "SUSPENDED-BECAUSE", "Lift the suspension"))
    assert str(person) in page(client, "/admin/desk/people/")
    client.post(address, {"do": "lift"})
    assert "has been told" in page(client, address)
    assert not Sanction.objects.running().exists()
    assert Message.objects.filter(recipient=person).count() == 4
    # Members of the moderator's own school are hidden, and so are moderators, including themselves.
    MembershipFactory(user=judge, school=Comment.objects.get().school)
    assert hidden(client, reverse("desk:person", args=[judge.pk]))
    client.force_login(on_desk("PT"))
    assert hidden(client, address)
    assert str(person) not in page(client, "/admin/desk/people/")
    client.post(address, {"do": "warn", "reason": "x"})
    assert Sanction.objects.warnings().count() == 1


def test_people_are_found_by_name(client):
    judge = on_desk("TR")
    here = MembershipFactory(user__name="Işıl Needle").user
    MembershipFactory(user__name="Needle Abroad", school__country="PT")
    client.force_login(judge)
    for query in ("needle", "IŞIL", "isil n", here.email.upper()):
        html = page(client, f"/admin/desk/people/?q={query}")
        assert re.findall(r"desk/people/(\d+)/", html) == [str(here.pk)]
    assert "No one with this name at the schools in your countries" in page(
        client, f"/admin/desk/people/?q={here.email[:-1]}"
    )
    assert "No one with this name at the schools in your countries" in page(
        client, "/admin/desk/people/?q=nobody-like-this"
    )
    # PostgreSQL rejects null characters.
    assert str(here) in page(client, "/admin/desk/people/?q=%00needle")


def test_pages_of_the_desk_cost_the_same_for_one_and_for_thirty(client, central):
    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            page(client, address)
        return len(queries)

    addresses = [INDEX, "/admin/desk/figures/"]
    one_of_each()
    few = [cost(address) for address in addresses]
    for _again in range(3):
        for make in MAKERS.values():
            make()
    assert [cost(address) for address in addresses] == few
    assert few[0] <= 32
    assert few[1] <= 20
