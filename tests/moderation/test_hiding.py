"""Hiding and restoring, for every kind of content that a room registered."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import ModelLogEntry

from community.models import User
from groups.discussions.models import Comment, Topic
from groups.practices.models import Adoption
from groups.practices.reuse.adopting import withdraw_adoption
from moderation.errors import ModerationError, RefusedError
from moderation.hiding.hiding import hide, restore
from moderation.models import Hideable, Report
from moderation.people.history import history_of_hidden
from moderation.reportable import reportable_of, reportables
from moderation.reports.settling import open_reports, report
from notifications.models import Message

from .. import factories
from ..groups.factories import AdoptionFactory, CommentFactory, TopicFactory

pytestmark = pytest.mark.django_db

MAKERS = {"comment": CommentFactory, "topic": TopicFactory, "try": AdoptionFactory}
ADDRESSES = {
    "comment": lambda thing, verb: reverse(f"comment_{verb}", args=[thing.pk]),
    "topic": lambda thing, verb: reverse(f"topic_{verb}", args=[thing.pk]),
    "try": lambda thing, verb: reverse(f"adoption_{verb}", args=[thing.practice_id, thing.pk]),
}


@pytest.fixture(params=MAKERS)
def thing(request) -> Hideable:
    return MAKERS[request.param]()


def readers_of(thing: Hideable, *people: User) -> list[bool]:
    return [type(thing).objects.visible_to(person).filter(pk=thing.pk).exists() for person in people]


def may_open(thing: Hideable, *people: User) -> list[bool]:
    return [type(thing).objects.open_to(person).filter(pk=thing.pk).exists() for person in people]


def state_of(thing: Hideable) -> tuple[bool, str]:
    thing.refresh_from_db()
    return thing.live, thing.hidden_reason


def test_everything_that_can_be_hidden_is_registered():
    assert {kind.model for kind in reportables().values()} == {Comment, Topic, Adoption}
    assert {model for model in apps.get_models() if issubclass(model, Hideable)} == {Comment, Topic, Adoption}
    assert set(reportables()) == set(MAKERS)


def test_an_unregistered_model_has_no_kind():
    with pytest.raises(LookupError, match="User is not registered"):
        reportable_of(factories.UserFactory())


def test_it_is_hidden_from_readers_and_open_to_its_moderators(thing):
    reader, tr, pt, central = (
        factories.member(),
        factories.moderator("TR"),
        factories.moderator("PT"),
        factories.moderator(),
    )
    people = (reader, tr, pt, central)
    hide(thing=thing, by=tr, reason=" It names a pupil. ")
    assert state_of(thing) == (False, "It names a pupil.")
    assert readers_of(thing, *people) == [False] * 4
    assert may_open(thing, *people) == [False, True, False, True]
    restore(thing=thing, by=central)
    assert state_of(thing) == (True, "")
    assert readers_of(thing, *people) == [True] * 4
    assert may_open(thing, *people) == [True] * 4


def test_repeating_changes_nothing(thing):
    moderator, kind = factories.moderator("TR"), reportable_of(thing)
    for reason in ("First.", "Second."):
        hide(thing=thing, by=moderator, reason=reason)
    assert state_of(thing) == (False, "First.")
    for _again in range(2):
        restore(thing=thing, by=moderator)
    logged = ModelLogEntry.objects.filter(action__in=[kind.hide_action, kind.restore_action]).order_by("pk")
    assert [(row.action, row.data.get("reason")) for row in logged] == [
        (kind.hide_action, "First."),
        (kind.restore_action, None),
    ]


def test_only_its_moderators_hide_and_restore(thing):
    for person in (factories.member(), factories.moderator("PT"), thing.author):
        with pytest.raises(RefusedError, match="country"):
            hide(thing=thing, by=person, reason="No.")
        with pytest.raises(RefusedError, match="country"):
            restore(thing=thing, by=person)
    assert state_of(thing) == (True, "")


def test_a_reason_is_needed(thing):
    with pytest.raises(ModerationError, match="why"):
        hide(thing=thing, by=factories.moderator("TR"), reason=" ")
    assert state_of(thing) == (True, "")


def test_the_author_reads_the_reason_in_their_language(thing):
    User.objects.filter(pk=thing.author_id).update(language="tr")
    hide(thing=thing, by=factories.moderator("TR"), reason="NEEDLE")
    (told,) = Message.objects.filter(recipient=thing.author)
    assert "NEEDLE" in told.text
    assert told.url.startswith("/tr/")
    restore(thing=thing, by=factories.moderator("TR"))
    hide(thing=thing, by=factories.moderator("TR"), reason="Again")
    assert Message.objects.filter(recipient=thing.author).count() == 2


def test_hiding_settles_every_report_about_it_and_no_other(thing):
    moderator, kind = factories.moderator("TR"), reportable_of(thing)
    other = MAKERS[kind.key]()
    for about in (thing, thing, other):
        report(kind=kind.key, about_id=about.pk, by=factories.member(), reason="Rude")
    hide(thing=thing, by=moderator, reason="Rude")
    assert set(Report.objects.about(kind.key, thing.pk).values_list("outcome", "settled_by")) == {
        ("hidden", moderator.pk)
    }
    assert [row.about_id for row in open_reports(moderator)] == [other.pk]


def test_the_database_refuses_a_reason_on_the_site(thing):
    rows = type(thing).objects.filter(pk=thing.pk)
    with pytest.raises(IntegrityError, match="no_reason"), transaction.atomic():
        rows.update(live=True, hidden_reason="No.")
    rows.update(live=False, hidden_reason="No.")


def test_a_moderator_does_not_restore_what_its_school_withdrew():
    tried = AdoptionFactory()
    withdraw_adoption(report=tried, by=tried.author)
    restore(thing=tried, by=factories.moderator("TR"))
    assert state_of(tried) == (False, "")


def test_the_history_of_its_author_has_it_in_the_moderators_countries(thing):
    tr, pt = factories.moderator("TR"), factories.moderator("PT")
    CommentFactory(author=thing.author, school=thing.school)
    hide(thing=thing, by=tr, reason="REASON")
    (trace,) = history_of_hidden(tr, thing.author)
    assert (trace.reason, trace.url) == ("REASON", reportable_of(thing).address(thing))
    assert history_of_hidden(pt, thing.author) == []
    assert history_of_hidden(tr, factories.member()) == []


class TestPages:
    def test_hide_and_restore(self, thing, client):
        moderator, kind = factories.moderator("TR"), reportable_of(thing)
        client.force_login(moderator)
        page = client.get(ADDRESSES[kind.key](thing, "hide"))
        assert kind.words(thing) in page.content.decode()
        answer = client.post(ADDRESSES[kind.key](thing, "hide"), {"reason": "It names a pupil."})
        assert (answer.status_code, answer["Location"]) == (302, kind.address(thing))
        assert state_of(thing) == (False, "It names a pupil.")
        answer = client.post(ADDRESSES[kind.key](thing, "restore"))
        assert (answer.status_code, answer["Location"]) == (302, kind.address(thing))
        assert state_of(thing) == (True, "")

    def test_a_missing_reason_is_asked_for_again(self, thing, client):
        client.force_login(factories.moderator("TR"))
        answer = client.post(ADDRESSES[reportable_of(thing).key](thing, "hide"), {"reason": " "})
        assert answer.status_code == 422
        assert state_of(thing) == (True, "")

    def test_something_hidden_is_absent_for_readers(self, thing, client):
        hide(thing=thing, by=factories.moderator("TR"), reason="No.")
        address = ADDRESSES[reportable_of(thing).key]
        for person in (factories.member(), factories.moderator("PT")):
            client.force_login(person)
            assert client.get(address(thing, "hide")).status_code == 404
            assert client.post(address(thing, "restore")).status_code == 404
        assert state_of(thing) == (False, "No.")

    def test_an_adoption_is_found_on_its_own_practice_only(self, client):
        one, other = AdoptionFactory(), AdoptionFactory()
        client.force_login(factories.moderator("TR"))
        wrong = reverse("adoption_hide", args=[other.practice_id, one.pk])
        assert client.post(wrong, {"reason": "No."}).status_code == 404
        right = reverse("adoption_hide", args=[one.practice_id, one.pk])
        assert client.post(right, {"reason": "No."}).status_code == 302
