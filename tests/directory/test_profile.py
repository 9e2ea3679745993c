"""Text, links and pictures that leads add to their school page."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from community.models import School
from content.models import SiteImage
from directory.errors import DirectoryError
from directory.models import Kind, Profile, ProfileItem, Status
from directory.profile import Telling, offer_picture, remove, tell
from notifications.models import Message

from .. import factories
from ..factories import today
from ..groups.factories import SiteImageFactory
from .factories import ProfileItemFactory

pytestmark = pytest.mark.django_db


def telling(**given) -> Telling:
    return Telling(
        **{"city": "Muğla", "about": "Biz.", "language": "tr", "pillars": ["agency"], "website": "", **given}
    )


def offer(school, by, **given) -> ProfileItem:
    details = {"kind": Kind.PICTURE, "image": SiteImageFactory(), "alt": "The yard.", **given}
    return offer_picture(school=school, by=by, **details)


def items(school) -> list[tuple[str, str, str]]:
    return sorted((item.kind, item.status, item.url or item.alt) for item in ProfileItem.objects.filter(school=school))


def test_what_is_told_is_on_the_page_at_once(school, lead):
    tell(school=school, by=lead, telling=telling())
    tell(school=school, by=lead, telling=telling(city="Bodrum"))
    school.refresh_from_db()
    assert (school.city, school.about, school.profile.language, school.profile.pillars) == (
        "Bodrum",
        "Biz.",
        "tr",
        ["agency"],
    )
    assert school.search_text == "isik ortaokulu bodrum"
    assert Profile.objects.count() == 1


def test_only_leads_tell_show_and_remove(school, lead, teacher, moderator):
    item = offer(school, lead)
    for somebody in (teacher, moderator, factories.lead(labelled=True)):
        for act in (
            lambda by: tell(school=school, by=by, telling=telling()),
            lambda by: offer(school, by),
            lambda by: remove(item=item, by=by),
        ):
            with pytest.raises(DirectoryError, match="Only a school lead at Işık Ortaokulu"):
                act(somebody)
    assert items(school) == [("picture", "waiting", "The yard.")]
    school.refresh_from_db()
    assert school.about == ""


def test_a_new_link_waits_and_an_empty_one_goes_at_once(school, lead):
    School.objects.filter(pk=school.pk).update(website="https://old.example/")
    for _again in range(2):
        tell(school=school, by=lead, telling=telling(website="https://new.example/"))
    school.refresh_from_db()
    assert school.website == "https://old.example/"
    assert items(school) == [("website", "waiting", "https://new.example/")]

    tell(school=school, by=lead, telling=telling(website="https://newer.example/"))
    assert items(school) == [
        ("website", "ended", "https://new.example/"),
        ("website", "waiting", "https://newer.example/"),
    ]
    tell(school=school, by=lead, telling=telling(website="https://old.example/"))
    assert not ProfileItem.objects.waiting().exists()

    tell(school=school, by=lead, telling=telling(website="https://new.example/"))
    tell(school=school, by=lead, telling=telling(website=""))
    school.refresh_from_db()
    assert school.website == ""
    assert not ProfileItem.objects.waiting().exists()


def test_a_picture_needs_a_description(school, lead):
    with pytest.raises(DirectoryError, match="Describe the picture for readers"):
        offer(school, lead, alt="  ")


@pytest.mark.parametrize(
    "given",
    [
        {"consent_holder": "", "consent_until": today() + timedelta(days=9)},
        {"consent_holder": "The office", "consent_until": None},
        {"consent_holder": "The office", "consent_until": today() - timedelta(days=1)},
    ],
)
def test_pupils_need_a_consent_that_runs(school, lead, given):
    with pytest.raises(DirectoryError, match="give a valid consent"):
        offer(school, lead, shows_pupils=True, **given)
    offer(school, lead, shows_pupils=True, consent_holder="The office", consent_until=today())
    offer(school, lead, shows_pupils=False, **given)


def test_six_pictures_and_one_logo(school, lead):
    for _number in range(6):
        offer(school, lead)
    with pytest.raises(DirectoryError, match="up to 6 pictures"):
        offer(school, lead)
    ProfileItem.objects.filter(pk=ProfileItem.objects.first().pk).update(status=Status.REFUSED, reason="Blurred.")
    offer(school, lead)

    first = offer(school, lead, kind=Kind.LOGO, alt="First")
    kept = first.image
    offer(school, lead, kind=Kind.LOGO, alt="Second")
    logos = [item for item in items(school) if item[0] == "logo"]
    assert logos == [("logo", "ended", "First"), ("logo", "waiting", "Second")]
    assert not SiteImage.objects.filter(pk=kept.pk).exists()


def test_what_is_removed_is_deleted(school, lead, django_capture_on_commit_callbacks):
    item = offer(school, lead)
    name = item.image.file.name
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        remove(item=item, by=lead)
        remove(item=item, by=lead)
    assert items(school) == [("picture", "ended", "The yard.")]
    assert not SiteImage.objects.exists()
    assert not default_storage.exists(name)


def test_moderators_are_told_once_a_day(school, lead, moderator):
    central, elsewhere = factories.moderator(), factories.moderator("PT")
    offer(school, lead)
    offer(school, lead)
    tell(school=school, by=lead, telling=telling(website="https://new.example/"))
    told = Message.objects.filter(kind="directory/profile_offered")
    assert [message.recipient for message in told] == [moderator]
    assert told.get().url == f"/admin/desk/school/{ProfileItem.objects.first().pk}/"
    assert {central, elsewhere}.isdisjoint({message.recipient for message in Message.objects.all()})


@pytest.mark.parametrize(
    "wrong",
    [
        {"shows_pupils": True},
        {"alt": ""},
        {"image": None},
        {"url": "https://x.example/"},
        {"status": Status.REFUSED},
        {"website": True, "url": ""},
    ],
)
def test_the_database_refuses_it_too(school, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProfileItemFactory(school=school, **wrong)


@pytest.mark.parametrize("trait", ["logo", "website"])
@pytest.mark.parametrize("state", [{}, {"shown": True}])
def test_the_database_keeps_one_logo_and_one_link(school, trait, state):
    ProfileItemFactory(school=school, **{trait: True}, **state)
    ProfileItemFactory(**{trait: True}, **state)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProfileItemFactory(school=school, **{trait: True}, **state)
