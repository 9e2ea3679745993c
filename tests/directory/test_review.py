"""Moderators approve, refuse and remove items of school pages."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import connection
from wagtail.models import ModelLogEntry

from community.models import School
from community.models.schools import SchoolQuerySet
from content.models import SiteImage
from directory import review
from directory.errors import DirectoryError
from directory.models import ProfileItem, Status
from directory.review import approve, refuse, take_off
from notifications.models import Message

from .. import factories
from ..factories import today
from .factories import ProfileItemFactory

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str]]:
    return sorted(Message.objects.values_list("kind", "recipient__email"))


def test_a_logo_let_through_replaces_the_one_before(school, lead, teacher, moderator):
    before = ProfileItemFactory(school=school, logo=True, shown=True)
    item = ProfileItemFactory(school=school, logo=True, alt="A new lamp.")
    approve(item=item, by=moderator)
    approve(item=item, by=moderator)
    before.refresh_from_db()
    item.refresh_from_db()
    assert (before.status, before.image, item.status, item.decided_by) == (
        Status.ENDED,
        None,
        Status.SHOWN,
        moderator,
    )
    assert SiteImage.objects.get() == item.image
    assert told() == [("directory/profile_approved", lead.email)]
    entry = ModelLogEntry.objects.get(action="directory.approve")
    assert (entry.object_id, entry.user, entry.data["kind"]) == (str(school.pk), moderator, "logo")


def test_a_second_picture_replaces_nothing(school, moderator):
    before = ProfileItemFactory(school=school, shown=True)
    approve(item=ProfileItemFactory(school=school), by=moderator)
    before.refresh_from_db()
    assert before.status == Status.SHOWN


def test_a_link_let_through_is_the_schools_website(school, moderator):
    ProfileItemFactory(school=school, website=True, shown=True, url="https://old.example/")
    approve(item=ProfileItemFactory(school=school, website=True, url="https://new.example/"), by=moderator)
    school.refresh_from_db()
    assert school.website == "https://new.example/"
    assert ProfileItem.objects.shown().get().url == "https://new.example/"


def test_a_refusal_has_a_reason_that_the_leads_read(school, lead, moderator):
    item = ProfileItemFactory(school=school)
    with pytest.raises(DirectoryError, match="Tell the school why"):
        refuse(item=item, by=moderator, reason="  ")
    refuse(item=item, by=moderator, reason="Blurred.")
    refuse(item=item, by=moderator, reason="Again.")
    item.refresh_from_db()
    assert (item.status, item.reason) == (Status.REFUSED, "Blurred.")
    message = Message.objects.get()
    assert (message.kind, message.recipient, message.url) == (
        "directory/profile_refused",
        lead,
        f"/en/schools/{school.slug}/pictures/",
    )
    assert "Blurred." in message.text
    assert ModelLogEntry.objects.get(action="directory.refuse").data["reason"] == "Blurred."


def test_what_stands_on_a_page_can_be_taken_off(school, lead, moderator):
    School.objects.filter(pk=school.pk).update(website="https://isik.example/")
    item = ProfileItemFactory(school=school, website=True, shown=True)
    with pytest.raises(DirectoryError, match="Tell the school why"):
        take_off(item=item, by=moderator, reason="")
    take_off(item=item, by=moderator, reason="The domain was sold.")
    take_off(item=item, by=moderator, reason="Again.")
    school.refresh_from_db()
    assert school.website == ""
    assert told() == [("directory/profile_taken_off", lead.email)]
    with pytest.raises(DirectoryError, match="isn’t on the page"):
        take_off(item=ProfileItemFactory(school=school), by=moderator, reason="Why not.")


@pytest.mark.parametrize("verb", [approve, refuse, take_off])
def test_who_decides(verb, school, lead, moderator):
    item = ProfileItemFactory(school=school, shown=verb is take_off)
    given = {} if verb is approve else {"reason": "Blurred."}
    for somebody in (factories.moderator("PT"), lead):
        with pytest.raises(DirectoryError, match="You don’t moderate schools in this country"):
            verb(item=item, by=somebody, **given)
    factories.MembershipFactory(school=school, user=moderator)
    with pytest.raises(DirectoryError, match="another moderator has to decide"):
        verb(item=item, by=moderator, **given)
    verb(item=item, by=factories.moderator(), **given)


def test_what_is_decided_is_not_decided_otherwise(school, moderator):
    refused, shown, ended = (
        ProfileItemFactory(school=school, refused=True),
        ProfileItemFactory(school=school, shown=True),
        ProfileItemFactory(school=school, status=Status.ENDED, image=None),
    )
    for item in (refused, ended):
        with pytest.raises(DirectoryError, match="has already been dealt with"):
            approve(item=item, by=moderator)
    for item in (shown, ended):
        with pytest.raises(DirectoryError, match="has already been dealt with"):
            refuse(item=item, by=moderator, reason="Blurred.")


def test_a_consent_that_ran_out_while_it_waited(school, moderator):
    item = ProfileItemFactory(
        school=school, shows_pupils=True, consent_holder="Office", consent_until=today() - timedelta(days=1)
    )
    with pytest.raises(DirectoryError, match="has expired"):
        approve(item=item, by=moderator)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run the acts concurrently. Return the names of those that succeeded, and `told` for each refusal."""
    outcomes, start = [], Barrier(len(acts))

    def work(act):
        start.wait(60)
        try:
            act()
            outcomes.append(act.func.__name__)
        except DirectoryError:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [Thread(target=work, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_moderators_one_decision():
    # A link, because pictures need Wagtail's root collection, which may be missing after a transactional test.
    item, one, other = ProfileItemFactory(website=True), factories.moderator("TR"), factories.moderator("TR")
    outcomes = at_once(partial(approve, item=item, by=one), partial(refuse, item=item, by=other, reason="Blurred."))
    item.refresh_from_db()
    assert outcomes == ["approve" if item.status == Status.SHOWN else "refuse", "told"]
    assert ModelLogEntry.objects.filter(action__startswith="directory.").count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
def test_without_the_lock_both_would_decide(monkeypatch):
    item, one, other = ProfileItemFactory(website=True), factories.moderator("TR"), factories.moderator("TR")
    both_looked, looks = Barrier(2), review._must_wait

    def look_and_wait(item):
        looks(item)
        both_looked.wait(60)

    monkeypatch.setattr(review, "_must_wait", look_and_wait)
    monkeypatch.setattr(SchoolQuerySet, "select_for_update", lambda self: self)
    outcomes = at_once(partial(approve, item=item, by=one), partial(refuse, item=item, by=other, reason="Blurred."))
    assert outcomes == ["approve", "refuse"]
