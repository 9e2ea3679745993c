from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .fields import PersonField


class PersonBlock(blocks.FieldBlock):
    """A user entered by email address. The value is the user, or the typed text if there was no match."""

    def __init__(self, required: bool = True, help_text: str = "", **kwargs: Any) -> None:
        self._required, self._help_text = required, help_text
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> forms.Field:
        return PersonField(required=self._required, help_text=self._help_text)

    def to_python(self, value: int | None) -> Any:
        return self.bulk_to_python([value])[0]

    def bulk_to_python(self, values: Sequence[int | None]) -> list:
        people = get_user_model().objects.in_bulk([value for value in values if value])
        return [people.get(value) for value in values]

    def get_prep_value(self, value: Any) -> int | None:
        return value.pk if isinstance(value, get_user_model()) else None

    def value_for_form(self, value: Any) -> str:
        return value.email if isinstance(value, get_user_model()) else value or ""

    class Meta:
        icon = "user"


class SpeakerBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=120, label=_("name"))
    role = blocks.CharBlock(max_length=200, required=False, label=_("role"), help_text=_("Job title, school, town."))

    class Meta:
        icon = "user"
        label = _("guest")
        label_format = "{name}"


class MemberSpeakerBlock(blocks.StructBlock):
    person = PersonBlock(label=_("member’s email address"), help_text=_("Readers will only see the name."))
    role = blocks.CharBlock(max_length=200, required=False, label=_("role"), help_text=_("Job title, school, town."))

    class Meta:
        icon = "group"
        label = _("member")


class AgendaItemBlock(blocks.StructBlock):
    minutes = blocks.IntegerBlock(min_value=1, max_value=600, label=_("minutes"))
    title = blocks.CharBlock(max_length=200, label=_("title"))
    text = blocks.TextBlock(required=False, label=_("details"))

    class Meta:
        icon = "list-ul"
        label = _("part")
        label_format = "{title}"


class QuestionBlock(blocks.StructBlock):
    """Base of the question blocks. Answers are stored under the block's id, which survives editing."""

    label = blocks.CharBlock(max_length=200, label=_("question"))
    required = blocks.BooleanBlock(required=False, label=_("required"))

    class Meta:
        label_format = "{label}"


class TextQuestionBlock(QuestionBlock):
    class Meta:
        icon = "edit"
        label = _("short text")
        label_format = "{label}"


class ChoiceQuestionBlock(QuestionBlock):
    choices = blocks.ListBlock(blocks.CharBlock(max_length=120), min_num=2, max_num=20, label=_("choices"))

    class Meta:
        icon = "list-ul"
        label = _("choice")
        label_format = "{label}"


class YesNoQuestionBlock(QuestionBlock):
    class Meta:
        icon = "check"
        label = _("yes or no")
        label_format = "{label}"
