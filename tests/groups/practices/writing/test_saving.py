"""Saving a posted form: validating stores nothing, the verb keeps every valid file, and a token is one person's."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from content import uploads
from content.models import SiteImage
from groups.practices.errors import RefusedError, StaleError
from groups.practices.models import ConflictCopy, EditLock, Practice
from groups.practices.writing import save_draft, saving
from groups.practices.writing.forms import WritingForms
from groups.practices.writing.saving import save_form, started_practice
from groups.practices.writing.steps import WHOLE

from ....factories import member
from ...factories import PracticeFactory, picture
from .posting import edited, posted

pytestmark = pytest.mark.django_db

ROWS = {"images-TOTAL_FORMS": "1", "images-0-alt": "A map"}


def sent(data: dict) -> QueryDict:
    found = QueryDict(mutable=True)
    for name, value in data.items():
        found.setlist(name, value if isinstance(value, list) else [value])
    return found


def form_of(practice: Practice, by, data: QueryDict, *, with_file: bool = False) -> WritingForms:
    file = SimpleUploadedFile("p.png", picture(), "image/png")
    return WritingForms(practice, by, WHOLE, data, MultiValueDict({"images-0-file": [file]} if with_file else {}))


@pytest.fixture
def draft() -> Practice:
    practice = PracticeFactory()
    return save_draft(practice=practice, by=practice.author)


def test_validating_stores_nothing_and_saving_keeps_the_file_beside_a_wrong_field(draft):
    data = sent(edited(draft, **ROWS, age_min="many", version=str(draft.version)))
    forms = form_of(draft, draft.author, data, with_file=True)
    assert not forms.is_valid()
    assert not SiteImage.objects.exists()
    outcome = save_form(forms=forms, by=draft.author, posted=data)
    image = SiteImage.objects.get()
    assert image.uploaded_by_user == draft.author
    assert [row.image for row in outcome.practice.images.all()] == [image]
    assert [form["image"].value() for form in forms.pictures.forms] == [str(image.pk)]
    assert set(forms.text.errors) == {"age_min"}
    assert not forms.is_valid()


def test_the_file_is_kept_even_if_there_is_nothing_to_save():
    person, data = member(), sent(posted(**ROWS, writer="me"))
    forms = form_of(Practice(author=person), person, data, with_file=True)
    assert save_form(forms=forms, by=person, posted=data) == saving.Outcome()
    assert [form["image"].value() for form in forms.pictures.forms] == [str(SiteImage.objects.get().pk)]
    assert not Practice.objects.exists()


def test_a_file_that_cannot_be_stored_is_an_error_of_its_row_and_the_text_is_saved(draft, monkeypatch):
    data = sent(edited(draft, **ROWS, title="Typed", version=str(draft.version)))
    forms = form_of(draft, draft.author, data, with_file=True)
    assert forms.is_valid()
    monkeypatch.setattr(uploads, "QUOTA_BYTES", 10)
    assert save_form(forms=forms, by=draft.author, posted=data).practice.title == "Typed"
    assert not forms.is_valid()
    assert set(forms.pictures.forms[0].errors) == {"file"}


def test_a_refusal_keeps_the_text_as_a_conflict_copy(draft):
    data = sent(edited(draft, title="Mine", version="0", window=str(uuid4())))
    outcome = save_form(forms=form_of(draft, draft.author, data), by=draft.author, posted=data)
    assert isinstance(outcome.refusal, StaleError)
    assert outcome.practice is None
    assert outcome.copy == ConflictCopy.objects.get()
    assert QueryDict(outcome.copy.body)["title"] == "Mine"


def test_a_new_practice_comes_with_its_edit_lock():
    person, data = member(), sent(posted())
    practice = started_practice(token=uuid4(), by=person)
    saved = save_form(forms=form_of(practice, person, data), by=person, posted=data).practice
    assert EditLock.objects.get(practice=saved).holder == person


class TestTokens:
    def test_a_form_continues_only_its_own_authors_practice(self, draft):
        draft.title = "Later text"
        save_draft(practice=draft, by=draft.author)
        assert started_practice(token=draft.token, by=draft.author).title == "Later text"
        assert started_practice(token=draft.token, by=member()) is None
        assert started_practice(token=None, by=draft.author) is None
        fresh = uuid4()
        new = started_practice(token=fresh, by=draft.author)
        assert (new.pk, new.token, new.author) == (None, fresh, draft.author)

    def test_two_requests_at_once_make_one_practice_for_its_author_only(self, draft):
        """Save a form whose token another request has used meanwhile."""
        for by, refused in ((draft.author, False), (member(), True)):
            data = sent(posted(token=str(draft.token)))
            forms = form_of(Practice(author=by, token=draft.token), by, data)
            outcome = save_form(forms=forms, by=by, posted=data)
            assert isinstance(outcome.refusal, RefusedError) is refused
            assert outcome.practice == (None if refused else draft)
        assert Practice.objects.count() == 1
