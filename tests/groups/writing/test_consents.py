"""A consent ends: the picture goes at midnight, its authors are told once, and what nothing shows is cleaned away."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from content.collections import members_uploads
from content.models import SiteImage
from groups.models import EndedConsent, Practice
from groups.tasks import make_renditions
from groups.writing import save_draft
from groups.writing.consents import take_down_expired_consents
from groups.writing.leftovers import remove_leftovers
from notifications.models import Message
from tests.factories import member, moderator

from ..factories import PracticeFactory, PracticeImageFactory, SiteImageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended():
    """The picture of pupils on a published practice, its consent over since yesterday."""
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
    told = Message.objects.get(kind="groups/consent_ended")
    assert told.recipient == ended.practice.author
    assert "PUPILS-NEEDLE" in told.text
    assert EndedConsent.objects.count() == 1


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
