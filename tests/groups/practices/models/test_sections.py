"""The declaration of the fields that authors fill in, held against the models and the lists that derive from it."""

import pytest
from django.db import models
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin

from content.fields import ChoiceListField, CleanHTMLField
from groups.practices.fields import CountryListField, WordListField
from groups.practices.models import Practice, PracticeAttachment, PracticeImage
from groups.practices.models.sections import PARTS, READ, SECTIONS, TEXTS
from groups.practices.review.versions import changes_between

FIELDS = [field for fields in SECTIONS.values() for field in fields]


def test_every_editable_field_is_in_exactly_one_section():
    mixins = (DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin)
    wagtails = {field.name for mixin in mixins for field in mixin._meta.fields}
    own = {field.name for field in Practice._meta.concrete_fields if field.editable and not field.primary_key}
    assert sorted(field.name for field in FIELDS) == sorted(own - wagtails)


def test_rich_texts_are_the_fields_with_html():
    html = {field.name for field in Practice._meta.fields if isinstance(field, CleanHTMLField)}
    assert set(TEXTS) == html


def test_parts_name_every_field_of_their_rows():
    for name, model in {"images": PracticeImage, "attachments": PracticeAttachment}.items():
        own = {field.name for field in model._meta.concrete_fields if not field.primary_key}
        assert {*PARTS[name]} == own - {"practice", "sort_order"}


def filled(name: str) -> object:
    """Return a value for the field other than its default."""
    field = Practice._meta.get_field(name)
    if isinstance(field, ChoiceListField):
        return field.vocabulary.values[:1]
    if isinstance(field, CountryListField):
        return ["PT"]
    if isinstance(field, WordListField):
        return ["Padlet"]
    if isinstance(field, models.BooleanField):
        return not field.default
    if isinstance(field, models.ForeignKey | models.PositiveSmallIntegerField):
        return 12
    return [key for key, _label in field.choices][-1] if field.choices else "NEEDLE"


@pytest.mark.parametrize("name", READ)
def test_reviewers_see_a_change_of_every_field_that_readers_see(name):
    after = Practice(**{Practice._meta.get_field(name).attname: filled(name)})
    assert len(changes_between(Practice(), after)) == 1


def test_every_rich_text_has_a_heading_on_the_page():
    practice = Practice(**dict.fromkeys(TEXTS, "<p>NEEDLE</p>"))
    assert [text["id"].replace("-", "_") for text in practice.texts()] == TEXTS
    assert Practice().texts() == []


def test_every_field_needed_for_review_has_a_sentence():
    needed = [field.name for field in FIELDS if field.needed]
    assert list(Practice().missing()) == needed
