"""Moderation in the Wagtail admin: the same rules and messages as the verbs, and nobody's drafts."""

import json
import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry, TaskState
from zeal import zeal_ignore

from groups.models import Practice
from groups.writing import save_draft, submit
from notifications.models import Message
from tests.factories import MembershipFactory, SchoolFactory, UserFactory, moderator

from ..factories import PracticeFactory

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
    # Wagtail's editor looks up the task and its state again for each of its parts.
    with zeal_ignore():
        yield


def at(name: str, *args) -> str:
    return reverse(f"wagtailsnippets_groups_practice:{name}", args=args)


def on_desk(*countries, school=None):
    """A moderator who may enter the admin."""
    person = moderator(*countries)
    group, _new = Group.objects.get_or_create(name="Desk")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    person.groups.add(group)
    if school:
        MembershipFactory(user=person, school=school)
    return person


def submitted(**fields) -> Practice:
    practice = PracticeFactory(**fields)
    save_draft(practice=practice, by=practice.author)
    submit(practice=practice, by=practice.author)
    return Practice.objects.get(pk=practice.pk)


def decide(client, practice, action, **data):
    task_state = TaskState.objects.for_instance(practice).latest("pk")
    return client.post(at("workflow_action", practice.pk, action, task_state.pk), data)


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
        # An unknown address of the admin is looked for below /en/ before it is a 404.
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
    assert "This is not in review: you can read it." in html
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
    assert "Why is it taken off the site?" in client.get(address).content.decode()
    assert client.post(address, {"reason": " "}).status_code == 422
    assert Practice.objects.get().live
    answer = client.post(address, {"reason": "A parent withdrew consent."}, follow=True)
    assert "Its author has been told why." in answer.content.decode()
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


def test_approving_and_returning_by_wagtails_buttons(client):
    judge = on_desk("TR")
    client.force_login(judge)
    practice = submitted(public_wished=True)
    decide(client, practice, "reject", comment="Which pupils?")
    assert Practice.objects.get().return_reason() == "Which pupils?"
    submit(practice=practice, by=practice.author)
    decide(client, practice, "approve", comment="Good.", make_public="on")
    practice = Practice.objects.get()
    assert (practice.live, practice.audience) == (True, "public")
    kinds = Message.objects.filter(recipient=practice.author).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["groups/practice_returned", "groups/practice_published"]
    assert "Good." in Message.objects.filter(recipient=practice.author).latest("pk").text


def test_returning_without_a_reason_is_refused(client):
    client.force_login(on_desk("TR"))
    practice = submitted()
    decide(client, practice, "reject", comment=" ")
    assert Practice.objects.get().workflow_in_progress
    # The editor's own way sends what the window collected, or nothing.
    form = {"action-workflow-action": "true", "workflow-action-name": "reject", "workflow-action-extra-data": "{}"}
    client.post(at("edit", practice.pk), {**editor_form(client, practice), **form})
    assert Practice.objects.get().workflow_in_progress


def editor_form(client, practice) -> dict:
    """What the editor posts, read from its form."""
    form = client.get(at("edit", practice.pk)).context["form"]
    data = {}
    for name in form.fields:
        value = form[name].value()
        if value not in (None, False):
            data[name] = value
    for prefix in ("images", "attachments"):
        data |= {f"{prefix}-{key}": "0" for key in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    return data


def test_a_moderators_correction_is_published_with_the_approval(client):
    client.force_login(on_desk("TR"))
    practice = submitted(title="Tpyo")
    extra = {"comment": "", "make_public": False}
    client.post(
        at("edit", practice.pk),
        {
            **editor_form(client, practice),
            "title": "Typo",
            "action-workflow-action": "true",
            "workflow-action-name": "approve",
            "workflow-action-extra-data": json.dumps(extra),
        },
    )
    practice = Practice.objects.get()
    assert (practice.live, practice.title) == (True, "Typo")


@pytest.mark.parametrize("action", ["action-publish", "action-submit", "action-cancel-workflow", "action-unpublish"])
def test_no_way_around_the_review(client, action):
    operator = UserFactory(is_superuser=True)
    client.force_login(operator)
    practice = submitted()
    client.post(at("edit", practice.pk), {**editor_form(client, practice), action: "true"})
    practice = Practice.objects.get()
    assert not practice.live
    assert practice.workflow_in_progress


def test_nobody_decides_for_their_own_school_or_another_country(client):
    practice = submitted()
    for person in (on_desk("TR", school=practice.school), on_desk("PT")):
        client.force_login(person)
        for action in ("approve", "reject"):
            assert decide(client, practice, action, comment="x").status_code in (302, 403, 404)
        client.post(
            at("edit", practice.pk),
            {"title": "Mine", "action-workflow-action": "true", "workflow-action-name": "approve"},
        )
        assert Practice.objects.get().workflow_in_progress
        assert Practice.objects.get().title == practice.title


def test_the_desk_shows_what_waits(client):
    practice = submitted(title="NEEDLE-HERE")
    submitted(title="NEEDLE-ABROAD", school=SchoolFactory(labelled=True, country="PT"))
    client.force_login(on_desk("TR"))
    html = client.get("/admin/").content.decode()
    assert "NEEDLE-HERE" in html
    assert "NEEDLE-ABROAD" not in html
    assert at("edit", practice.pk) in html
    assert "Türkiye" in html
    assert re.search(r"<span>1</span>\s*good practice to review", html)
    client.force_login(on_desk("TR", school=practice.school))
    assert "Nothing waits." in client.get("/admin/").content.decode()


def test_what_has_changed_since_it_was_sent_back(client):
    practice = submitted()
    client.force_login(on_desk("TR"))
    assert "What has changed" not in client.get(at("edit", practice.pk)).content.decode()
    decide(client, practice, "reject", comment="Which pupils?")
    changed = Practice.objects.get()
    changed.context = "<p>Twelve-year-olds</p>"
    save_draft(practice=changed, by=practice.author)
    submit(practice=practice, by=practice.author)
    html = client.get(at("edit", practice.pk)).content.decode()
    address = re.search(r'href="([^"]*revisions/compare[^"]*)"', html).group(1)
    assert "Twelve-year-olds" in client.get(address).content.decode()


def test_the_preview_shows_the_whole_text(client):
    practice = submitted(steps="<p>STEPS-NEEDLE</p>", tools=["TOOL-NEEDLE"])
    client.force_login(on_desk("TR"))
    task = TaskState.objects.for_instance(practice).get().task_id
    html = client.get(at("workflow_preview", practice.pk, task)).content.decode()
    assert "STEPS-NEEDLE" in html
    assert "TOOL-NEEDLE" in html
    assert "Take it back" not in html
