"""Moderation in the Wagtail admin: the same rules and messages as the verbs, and no access to drafts."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from wagtail.models import ModelLogEntry, TaskState
from zeal import zeal_ignore

from groups.practices.models import Practice, Review
from groups.practices.review.rounds import open_round
from groups.practices.review.rubric import WORDS, current_rubric
from groups.practices.writing import save_draft, submit

from ....factories import MembershipFactory, SchoolFactory, moderator
from ...factories import PracticeFactory
from ..reviewing import review, send_back, submitted

pytestmark = pytest.mark.django_db

VIEWS_OF_ONE = [
    "edit",
    "history",
    "usage",
    "workflow_history",
    "preview_on_edit",
    "delete",
    "unpublish",
    "lock",
    "unlock",
]


@pytest.fixture(autouse=True)
def _admin():
    # Wagtail's editor repeats the queries for the task and its state in each of its parts.
    with zeal_ignore():
        yield


def at(name: str, *args) -> str:
    return reverse(f"wagtailsnippets_practices_practice:{name}", args=args)


def on_desk(*countries, school=None):
    """Return a moderator who may enter the admin."""
    person = moderator(*countries)
    group, _new = Group.objects.get_or_create(name="Desk")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    person.groups.add(group)
    if school:
        MembershipFactory(user=person, school=school)
    return person


def post(client, practice, do, **data):
    return client.post(at("edit", practice.pk), {"do": do, **data}, follow=True)


def typed(practice, recommendation="publish", **data) -> dict:
    """Return the data of a review form with every criterion scored."""
    scores = {f"score-{one.pk}": "3" for one in open_round(practice).rubric.criteria.all()}
    return {**scores, "recommendation": recommendation, "words": "", **data}


def test_the_list_has_what_the_moderator_may_open(client):
    submitted(title="NEEDLE-WAITS")
    PracticeFactory(published=True, title="NEEDLE-LIVE")
    PracticeFactory(title="NEEDLE-DRAFT")
    submitted(title="NEEDLE-ABROAD", school=SchoolFactory(labelled=True, country="PT"))
    for countries, expected in [
        (["TR"], {"NEEDLE-WAITS", "NEEDLE-LIVE"}),
        ([], {"NEEDLE-WAITS", "NEEDLE-LIVE", "NEEDLE-ABROAD"}),
    ]:
        client.force_login(on_desk(*countries))
        for address in (at("list"), at("list_results")):
            assert set(re.findall("NEEDLE-[A-Z]+", client.get(address).content.decode())) == expected
    client.force_login(on_desk("TR"))
    waiting = client.get(at("list"), {"waiting": "true"}).content.decode()
    assert set(re.findall("NEEDLE-[A-Z]+", waiting)) == {"NEEDLE-WAITS"}


@pytest.mark.parametrize("number", [1, 25])
def test_queries_of_the_list(client, number):
    for _index in range(number):
        PracticeFactory(published=True)
    client.force_login(on_desk())
    client.get(at("list"))
    with CaptureQueriesContext(connection) as queries:
        client.get(at("list"))
    assert len(queries) <= 20


@pytest.mark.parametrize("view", VIEWS_OF_ONE)
def test_nobody_opens_drafts_or_other_countries(client, view):
    draft = PracticeFactory(title="NEEDLE")
    save_draft(practice=draft, by=draft.author)
    abroad = submitted(title="NEEDLE", school=SchoolFactory(labelled=True, country="PT"))
    client.force_login(on_desk("TR"))
    for practice in (draft, abroad):
        address = at(view, practice.pk)
        # Django redirects an unknown admin address below /en/ before it gives a 404.
        for answer in (client.get(address, follow=True), client.post(address, {}, follow=True)):
            assert answer.status_code == 404
            assert b"NEEDLE" not in answer.content


def test_changes_that_were_not_submitted_are_not_shown(client):
    practice = PracticeFactory(published=True, title="Read")
    changed = Practice.objects.get(pk=practice.pk).get_latest_revision_as_object()
    changed.title = "NEEDLE"
    save_draft(practice=changed, by=practice.author)
    client.force_login(on_desk("TR"))
    html = client.get(at("edit", practice.pk)).content.decode()
    assert "NEEDLE" not in html
    assert "NEEDLE" not in client.get(at("text", practice.pk)).content.decode()
    for view in ("history", "preview_on_edit"):
        assert client.get(at(view, practice.pk), follow=True).status_code == 404
    compared = client.get(at("revisions_compare", practice.pk, "live", "latest"), follow=True)
    assert compared.status_code == 404


def test_nobody_creates_deletes_or_picks(client):
    practice = PracticeFactory(published=True)
    client.force_login(on_desk("TR"))
    for address in (at("add"), at("delete", practice.pk)):
        assert client.post(address, {}).status_code in (302, 403)
    assert client.get("/admin/snippets/choose/groups/practice/", follow=True).status_code == 404
    assert Practice.objects.get().live


def test_taking_down_with_a_reason(client):
    practice = PracticeFactory(published=True, public=True, has_unpublished_changes=True)
    judge = on_desk("TR")
    client.force_login(judge)
    address = at("unpublish", practice.pk)
    assert address in client.get(at("edit", practice.pk)).content.decode()
    assert "Why are you removing it from the site?" in client.get(address).content.decode()
    assert client.post(address, {"reason": " "}).status_code == 422
    assert Practice.objects.get().live
    answer = client.post(address, {"reason": "A parent withdrew consent."}, follow=True)
    assert "Removed from the site. We’ve told the author why." in answer.content.decode()
    assert not Practice.objects.get().live
    entry = ModelLogEntry.objects.for_instance(practice).get(action="groups.take_down")
    assert (entry.user, entry.comment) == (judge, "A parent withdrew consent.")
    assert client.get(address, follow=True).status_code == 404


def test_nobody_takes_down_in_other_countries(client):
    practice = PracticeFactory(published=True)
    client.force_login(on_desk("PT"))
    answer = client.post(at("unpublish", practice.pk), {"reason": "No."}, follow=True)
    assert answer.status_code == 404
    assert Practice.objects.get().live


def test_a_review_from_the_claim_to_the_publication(client, pair):
    practice = submitted(public_wished=True)
    for number, judge in enumerate([on_desk("TR"), on_desk("TR")]):
        client.force_login(judge)
        assert "Claim this review" in client.get(at("edit", practice.pk)).content.decode()
        post(client, practice, "claim")
        answer = post(client, practice, "hand_in", **typed(practice, make_public="on"))
        assert answer.redirect_chain[-1][0].endswith("?waiting=true")
        words = "Published. We’ve told the author." if number else "Review submitted."
        assert words in answer.content.decode()
    assert (Practice.objects.get().live, Practice.objects.get().audience) == (True, "public")


def test_nothing_that_was_typed_is_lost(client):
    practice, judge = submitted(), on_desk("TR")
    client.force_login(judge)
    post(client, practice, "claim")
    answer = post(client, practice, "hand_in", **typed(practice, "return", **{"words": ""}))
    assert answer.status_code == 422
    assert "Tell the author what to change" in answer.content.decode()
    form = answer.context["review_form"]
    assert form["recommendation"].value() == "return"
    assert all(row["score"].value() == "3" for row in form.rows())
    post(client, practice, "save", words="HALF-A-THOUGHT")
    html = client.get(at("edit", practice.pk)).content.decode()
    assert "HALF-A-THOUGHT" in html
    # A forged score is rejected with an error on its field.
    answer = post(client, practice, "save", **typed(practice, **{next(iter(typed(practice))): "9"}, words="KEPT"))
    assert answer.status_code == 422
    assert "KEPT" in answer.content.decode()


def test_a_word_about_visitors_is_asked_only_where_the_school_wished_it(client):
    client.force_login(on_desk("TR"))
    for wished in (True, False):
        practice = submitted(public_wished=wished)
        post(client, practice, "claim")
        assert ("Let visitors read it" in client.get(at("edit", practice.pk)).content.decode()) is wished


def test_a_reviewer_is_blind_at_every_address_until_both_have_written(client, pair):
    practice = submitted()
    first, second = on_desk("TR"), on_desk("TR")
    review(practice, first, "decline", words="NEEDLE-OF-THE-FIRST")
    client.force_login(second)
    post(client, practice, "claim")
    addresses = [at(name, practice.pk) for name in ("edit", "history", "text")]
    addresses += [f"/en/practices/{practice.pk}/history/", "/admin/", at("list"), "/admin/reports/site-history/"]
    for address in addresses:
        assert "NEEDLE-OF-THE-FIRST" not in client.get(address, follow=True).content.decode(), address
    post(client, practice, "hand_in", **typed(practice))
    html = client.get(at("edit", practice.pk)).content.decode()
    assert "NEEDLE-OF-THE-FIRST" in html
    assert "Someone who hasn’t reviewed it will decide." in html
    assert "Your decision" not in html
    third = on_desk()
    client.force_login(third)
    assert "NEEDLE-OF-THE-FIRST" in client.get(at("edit", practice.pk)).content.decode()
    answer = post(client, practice, "decide", outcome="return", words="")
    assert answer.status_code == 422
    answer = post(client, practice, "decide", outcome="return", words="Please add numbers.")
    assert "Sent back. We’ve told the author why." in answer.content.decode()
    answer = post(client, practice, "decide", outcome="publish")
    assert answer.status_code == 404


@pytest.mark.parametrize("do", ["claim", "release", "save", "hand_in", "decide", "approve", ""])
def test_nobody_has_a_part_in_what_is_their_schools(client, do):
    practice = submitted()
    client.force_login(on_desk("TR", school=practice.school))
    html = client.get(at("edit", practice.pk)).content.decode()
    assert "You’re at one of the authors’ schools" in html
    assert "Claim this review" not in html
    post(client, practice, do, **typed(practice, outcome="publish"))
    assert not Review.objects.exists()
    assert Practice.objects.get().status == "in_review"


CLOSED = [
    *("preview_on_edit", "delete", "usage", "lock", "unlock", "workflow_history", "confirm_workflow_cancellation"),
]


@pytest.mark.parametrize("view", CLOSED)
def test_wagtails_other_views_of_a_practice_are_closed(client, view):
    practice = submitted()
    client.force_login(on_desk("TR"))
    for answer in (client.get(at(view, practice.pk), follow=True), client.post(at(view, practice.pk), follow=True)):
        assert answer.status_code == 404
    task = TaskState.objects.for_instance(practice).latest("pk").pk
    for action in ("approve", "reject"):
        client.post(at("workflow_action", practice.pk, action, task), {"comment": "x"}, follow=True)
    versions = practice.revisions.values_list("pk", flat=True)[0]
    for address in (
        at("revisions_compare", practice.pk, versions, versions),
        at("revisions_view", practice.pk, versions),
    ):
        assert client.get(address, follow=True).status_code == 404
    assert Practice.objects.get().status == "in_review"


def test_nobody_edits_a_members_text_there(client):
    practice = submitted(title="As written")
    client.force_login(on_desk())
    post(client, practice, "save", title="Changed", summary="Changed", **{"action-publish": "true"})
    practice = Practice.objects.get()
    assert (practice.title, practice.get_latest_revision_as_object().title) == ("As written", "As written")


def test_from_the_desk_a_review_leads_back_to_the_desk(client):
    client.force_login(on_desk("TR"))
    for back, lands in (
        ("/admin/desk/?kind=review", "/admin/desk/?kind=review"),
        ("https://elsewhere.example/admin/", f"{at('list')}?waiting=true"),
        ("//elsewhere.example/admin/", f"{at('list')}?waiting=true"),
        ("/en/", f"{at('list')}?waiting=true"),
    ):
        practice = submitted()
        address = f"{at('edit', practice.pk)}?{urlencode({'next': back})}"
        assert client.post(address, {"do": "claim"}).url == address
        assert client.post(address, {"do": "release"}).url == lands


def test_what_has_changed_since_it_was_sent_back(client):
    practice, judge = submitted(context="<p>Pupils in a town</p>"), on_desk("TR")
    client.force_login(judge)
    assert "has changed" not in client.get(at("edit", practice.pk)).content.decode()
    send_back(practice=practice, by=judge)
    changed = Practice.objects.get()
    changed.context = "<p>Pupils in a small town</p>"
    save_draft(practice=changed, by=practice.author)
    submit(practice=practice, by=practice.author)
    html = client.get(at("edit", practice.pk)).content.decode()
    assert "1 section has changed" in html
    assert "Pupils in a <ins>small </ins>town" in html


def test_the_frame_shows_the_whole_text_and_nothing_around_it(client):
    practice = submitted(steps="<p>STEPS-NEEDLE</p>", tools=["TOOL-NEEDLE"])
    client.force_login(on_desk("TR"))
    answer = client.get(at("text", practice.pk))
    html = answer.content.decode()
    assert "STEPS-NEEDLE" in html
    assert "TOOL-NEEDLE" in html
    assert "site-header" not in html
    assert at("text", practice.pk) in client.get(at("edit", practice.pk)).content.decode()
    assert "frame-src" in client.get(at("edit", practice.pk))["Content-Security-Policy"]


def test_the_list_of_what_nobody_has_confirmed(client):
    PracticeFactory(published=True, title="NEEDLE-OLD", review_by=timezone.now().date() - timedelta(days=1))
    PracticeFactory(published=True, title="NEEDLE-NEW", review_by=timezone.now().date())
    client.force_login(on_desk("TR"))
    html = client.get(at("list"), {"stale": "true"}).content.decode()
    assert set(re.findall("NEEDLE-[A-Z]+", html)) == {"NEEDLE-OLD"}


class TestRubric:
    def form(self, rubric, **changes) -> dict:
        rows = list(rubric.criteria.all())
        data = {"criteria-TOTAL_FORMS": len(rows), "criteria-INITIAL_FORMS": len(rows)}
        data |= {"criteria-MIN_NUM_FORMS": 1, "criteria-MAX_NUM_FORMS": 12}
        for number, row in enumerate(rows):
            for name in ("id", *WORDS):
                data[f"criteria-{number}-{name}"] = getattr(row, name)
            data[f"criteria-{number}-ORDER"] = number + 1
        return {**data, **changes}

    def test_a_central_moderator_writes_the_next_version(self, client):
        client.force_login(on_desk())
        before = current_rubric()
        address = reverse("practices_rubric:edit", args=[before.pk])
        assert client.get(address).status_code == 200
        client.post(address, self.form(before, **{"criteria-0-weight": 35}))
        after = current_rubric()
        assert (after.number, after.criteria.first().weight) == (2, 35)
        assert before.criteria.first().weight == 20
        assert client.get(address, follow=True).status_code == 404
        assert client.get(reverse("practices_rubric:index")).status_code == 200

    def test_what_is_wrong_is_said_and_no_version_is_made(self, client):
        client.force_login(on_desk())
        rubric = current_rubric()
        address = reverse("practices_rubric:edit", args=[rubric.pk])
        assert client.post(address, self.form(rubric, **{"criteria-0-weight": 0})).status_code == 422
        assert current_rubric() == rubric

    def test_a_countrys_moderator_does_not(self, client):
        client.force_login(on_desk("TR"))
        rubric = current_rubric()
        client.post(reverse("practices_rubric:edit", args=[rubric.pk]), self.form(rubric, **{"criteria-0-weight": 35}))
        assert current_rubric() == rubric
