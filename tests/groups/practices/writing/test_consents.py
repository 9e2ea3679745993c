"""Expired consents: the picture is removed at midnight, the authors are notified once, and unused files are deleted."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry
from zeal import zeal_ignore

from content.collections import members_uploads
from content.models import SiteImage
from groups.practices.errors import PracticesError, RefusedError
from groups.practices.models import EndedConsent, Practice, PracticeImage
from groups.practices.tasks import make_renditions
from groups.practices.writing import save_draft
from groups.practices.writing.consents import remind_of_consent, take_down_expired_consents, take_picture_down
from groups.practices.writing.unused_uploads import remove_leftovers
from notifications.models import Message

from ....factories import member, moderator
from ...factories import PracticeFactory, PracticeImageFactory, SiteImageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended():
    """Return a picture of pupils on a published practice whose consent ended yesterday."""
    practice = PracticeFactory(published=True, public=True)
    row = PracticeImageFactory(
        practice=practice,
        alt="PUPILS-NEEDLE",
        shows_pupils=True,
        consent_holder="Office",
        consent_until=timezone.now().date() - timedelta(days=1),
    )
    Practice.objects.filter(pk=practice.pk).update(cover=row.image, cover_alt="PUPILS-NEEDLE")
    SiteImage.objects.filter(pk=row.image_id).update(uploaded_by_user=practice.author)
    with zeal_ignore():
        make_renditions.call([row.image_id])
    return row


def test_readers_see_it_nowhere_without_any_command(client, ended):
    practice = Practice.objects.get()
    file = reverse("file", args=[ended.image.file.name])
    for reader in (None, member(), moderator()):
        client.logout()
        if reader:
            client.force_login(reader)
        for address in (practice.get_absolute_url(), "/en/practices/"):
            assert "PUPILS-NEEDLE" not in client.get(address).content.decode()
        assert client.get(file).status_code == 404
    client.force_login(practice.author)
    assert client.get(file).status_code == 200
    assert "PUPILS-NEEDLE" in client.get(f"/en/practices/{practice.pk}/edit/files/").content.decode()


def test_on_its_last_day_it_is_shown(client, ended):
    type(ended).objects.update(consent_until=timezone.now().date())
    assert "PUPILS-NEEDLE" in client.get(Practice.objects.get().get_absolute_url()).content.decode()
    assert client.get(reverse("file", args=[ended.image.file.name])).status_code == 200
    assert take_down_expired_consents() == 0


def test_the_authors_are_told_once(ended):
    call_command("take_down_expired_consents")
    assert take_down_expired_consents() == 0
    told = Message.objects.get(kind="practices/consent_ended")
    assert told.recipient == ended.practice.author
    assert "PUPILS-NEEDLE" in told.text
    assert EndedConsent.objects.count() == 1


@pytest.fixture
def ending():
    """Return a picture of pupils on a published practice whose consent ends in a week."""
    return PracticeImageFactory(
        practice=PracticeFactory(published=True, public=True),
        alt="PUPILS-NEEDLE",
        shows_pupils=True,
        consent_holder="Office",
        consent_until=timezone.now().date() + timedelta(days=7),
    )


def told(practice) -> list[str]:
    return list(Message.objects.filter(recipient=practice.author).order_by("pk").values_list("kind", flat=True))


def test_a_moderator_reminds_the_authors_once(ending):
    by = moderator("TR")
    remind_of_consent(picture=ending, by=by)
    remind_of_consent(picture=ending, by=by)
    assert told(ending.practice) == ["practices/consent_ending"]
    assert ModelLogEntry.objects.get(action="groups.consent_remind").user == by
    assert not PracticeImage.objects.get().lacks_consent


def test_a_moderator_takes_a_picture_down_also_from_the_draft(client, ending):
    practice, by = ending.practice, moderator("TR")
    draft = Practice.objects.get(pk=practice.pk)
    draft.title = "A better title"
    save_draft(practice=draft, by=practice.author)
    with pytest.raises(PracticesError, match="Tell the authors why"):
        take_picture_down(picture=ending, by=by, reason=" ")
    take_picture_down(picture=ending, by=by, reason="A parent asked.")
    take_picture_down(picture=ending, by=by, reason="A parent asked.")
    assert "PUPILS-NEEDLE" not in client.get(practice.get_absolute_url()).content.decode()
    latest = Practice.objects.get(pk=practice.pk).get_latest_revision_as_object()
    assert latest.title == "A better title"
    assert [image.lacks_consent for image in latest.images.all()] == [True]
    assert told(practice) == ["practices/picture_taken_down"]
    assert "A parent asked." in Message.objects.get().text
    entry = ModelLogEntry.objects.get(action="groups.picture_take_down")
    assert (entry.user, entry.data["reason"]) == (by, "A parent asked.")
    # The nightly job finds nothing left to do.
    assert take_down_expired_consents() == 0


def test_only_moderators_of_the_country_and_only_what_is_on_the_site(ending):
    for verb, more in ((remind_of_consent, {}), (take_picture_down, {"reason": "x"})):
        for stranger in (moderator("PT"), member(), ending.practice.author):
            with pytest.raises(RefusedError, match="You don’t moderate"):
                verb(picture=ending, by=stranger, **more)
        Practice.objects.update(live=False)
        with pytest.raises(RefusedError, match="no longer on the site"):
            verb(picture=ending, by=moderator(), **more)
        Practice.objects.update(live=True)
    assert not Message.objects.exists()


def test_what_nothing_shows_goes_after_thirty_days_and_nothing_else():
    practice = PracticeFactory()
    author = practice.author
    old = timezone.now() - timedelta(days=31)
    own = {"uploaded_by_user": author, "collection": members_uploads()}
    used, drafted, orphan, young = (SiteImageFactory(**own) for _index in range(4))
    shared = SiteImageFactory(uploaded_by_user=author)
    PracticeImageFactory(practice=practice, image=used)
    practice = Practice.objects.get()
    save_draft(practice=practice, by=author)
    practice.latest_revision.publish()
    draft = Practice.objects.get().get_latest_revision_as_object()
    draft.cover, draft.cover_alt = drafted, "In the draft only"
    save_draft(practice=draft, by=author)
    SiteImage.objects.exclude(pk=young.pk).update(created_at=old)
    assert remove_leftovers() == 1
    assert set(SiteImage.objects.all()) == {used, drafted, young, shared}
    assert orphan.pk not in SiteImage.objects.values_list("pk", flat=True)
