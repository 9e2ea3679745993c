"""Autosave: what the open form sends every few seconds, and the response."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from content.models import SiteImage
from groups.practices.models import EditLock, Practice
from groups.practices.writing import save_draft
from groups.practices.writing.edit_locks import acquire_lock, take_over

from ....factories import MembershipFactory, member
from ...factories import PracticeFactory, picture
from .posting import as_, edited, posted
from .test_edit_locks import with_co_author

pytestmark = pytest.mark.django_db

NEW = "/en/practices/new/autosave/"


def address(practice) -> str:
    return f"/en/practices/{practice.pk}/edit/autosave/"


class TestFirstTime:
    def test_the_first_words_begin_a_practice_and_the_next_continue_it(self, client):
        as_(client, member())
        data = posted()
        first = client.post(NEW, data).json()
        practice = Practice.objects.get()
        assert (first["state"], first["version"], first["errors"]) == ("saved", practice.version, {})
        assert first["address"] == f"/en/practices/{practice.pk}/edit/all/"
        assert first["autosave"] == address(practice)
        second = client.post(first["autosave"], data | {"title": "Lakes", "version": first["version"]}).json()
        assert (second["state"], second["version"]) == ("saved", first["version"] + 1)
        assert Practice.objects.get().title == "Lakes"
        # The response lists what is still missing without a reload.
        assert (
            "Describe the steps."
            in client.post(first["autosave"], data | {"steps": "", "version": second["version"]}).json()["checklist"]
        )

    def test_nothing_typed_begins_nothing(self, client):
        assert as_(client, member()).post(NEW).json() == {"state": "idle"}
        assert not Practice.objects.exists()

    def test_without_the_choice_of_a_school_nothing_is_saved(self, client):
        person = member()
        MembershipFactory(user=person)
        answer = as_(client, person).post(NEW, posted())
        assert (answer.status_code, answer.json()["state"]) == (422, "unsaved")
        assert list(answer.json()["errors"]) == ["school"]
        assert not Practice.objects.exists()

    def test_only_who_writes_for_a_school(self, client, personas):
        codes = {who: as_(client, user).post(NEW).status_code for who, user in personas.named().items()}
        assert {who for who, code in codes.items() if code == 200} == {"member", "author", "lead"}

    def test_files_are_not_read(self, client):
        rows = {"images-TOTAL_FORMS": "1", "images-0-file": SimpleUploadedFile("p.png", picture())}
        as_(client, member()).post(NEW, posted(**rows))
        assert not SiteImage.objects.exists()


class TestOpenForm:
    def test_what_is_wrong_is_told_by_field_and_the_rest_is_saved(self, client):
        practice = PracticeFactory()
        data = edited(practice, title="Kept", age_min="12", age_max="9")
        data |= {"images-TOTAL_FORMS": "1", "images-0-image": "999999", "images-0-alt": "x" * 251}
        answer = as_(client, practice.author).post(address(practice), data)
        assert answer.json()["state"] == "saved"
        assert set(answer.json()["errors"]) == {"age_max", "images-0-image", "images-0-alt", "images-0-file"}
        assert (Practice.objects.get().title, Practice.objects.get().age_min) == ("Kept", practice.age_min)

    def test_while_a_colleague_writes_the_words_are_kept(self, client):
        practice, author, other = with_co_author()
        take_over(practice=practice, by=other)
        answer = as_(client, author).post(address(practice), edited(practice, title="Typed meanwhile"))
        kept = practice.conflict_copies.get(person=author)
        assert (answer.status_code, answer.json()["state"]) == (409, "taken")
        assert answer.json()["words"] == f"/en/practices/{practice.pk}/edit/words/{kept.pk}/"
        assert "Typed+meanwhile" in kept.body
        assert Practice.objects.get().title == practice.title

    def test_a_form_older_than_what_is_saved_is_kept_too(self, client):
        practice = PracticeFactory()
        save_draft(practice=practice, by=practice.author)
        version = Practice.objects.get().version
        as_(client, practice.author)
        client.post(address(practice), edited(practice, title="One window", version=version))
        answer = client.post(address(practice), edited(practice, title="Another window", version=version))
        assert (answer.status_code, answer.json()["state"]) == (409, "refused")
        assert "Another+window" in practice.conflict_copies.get().body
        assert Practice.objects.get().title == "One window"

    def test_a_silent_page_holds_the_pen(self, client):
        practice, author, other = with_co_author()
        acquire_lock(practice=practice, by=author)
        EditLock.objects.update(heartbeat=timezone.now() - timedelta(seconds=100))
        answer = as_(client, author).post(address(practice))
        assert answer.json() == {"state": "idle", "version": Practice.objects.get().version}
        assert EditLock.objects.get().heartbeat > timezone.now() - timedelta(seconds=30)
        refused = as_(client, other).post(address(practice))
        assert (refused.status_code, refused.json()["state"], refused.json()["words"]) == (409, "taken", "")

    def test_strangers_find_nothing(self, client):
        practice = PracticeFactory()
        answers = [as_(client, member()).post(address(practice), data) for data in ({}, edited(practice))]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert Practice.objects.get().title == practice.title
