"""Parse values from URLs and forms."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.functional import cached_property


def known(value: str | None, vocabulary: type[models.TextChoices]) -> str:
    """Return the value if it is a key of the vocabulary, otherwise '', which filters nothing."""
    return value if value in vocabulary.values else ""


def text_of(value: str | None) -> str:
    """Return the text without NUL characters, which PostgreSQL rejects. Forms reject them already."""
    return (value or "").replace("\x00", "")


def number_of(value: str | None) -> int | None:
    """Return the number written in plain digits, no longer than a primary key, or None."""
    value = value or ""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else None


def uuid_of(value: str | None) -> UUID | None:
    """Return the UUID written in the value, or None."""
    try:
        return UUID(value or "")
    except ValueError:
        return None


@dataclass(frozen=True)
class Chip:
    """An active filter's label, and the list's URL without it."""

    label: str
    remove: str


class FilterForm(forms.Form):
    """The filters of a list, from its URL; rendered by templates/components/filter_panel.html.

    Subclasses declare their fields, none of them required. The form is always valid: unknown or overlong values are
    ignored and listed in `unknown`, so that an old or mistyped URL still works. After `FilterForm(request.GET)` read
    `cleaned_data`, or `chosen` for the active filters.
    """

    # Fields shown at once; the others are under “More filters”. Empty: all are shown.
    first: tuple[str, ...] = ()
    # Query parameters that are not filters but persist when one changes, such as the sort order.
    keep: tuple[str, ...] = ()

    def __init__(self, query: QueryDict, **kwargs: Any) -> None:
        super().__init__(auto_id="filter-%s", **kwargs)
        self.fill_choices()
        self.unknown: list[str] = []
        self.kept = [(name, query[name][:40]) for name in self.keep if query.get(name)]
        self.data = QueryDict(mutable=True)
        for name, field in self.fields.items():
            several = isinstance(field, forms.MultipleChoiceField)
            values = query.getlist(name) if several else query.getlist(name)[-1:]
            self.data.setlist(name, [value for value in dict.fromkeys(values) if self._is_known(field, value, several)])
        self.is_bound = True
        self.full_clean()

    def fill_choices(self) -> None:
        """Fill choices that come from the database. Called once, before the query is parsed."""

    def _is_known(self, field: forms.Field, value: str, several: bool) -> bool:
        if not value.strip():
            return False
        try:
            field.clean([value] if several else value)
        except forms.ValidationError:
            self.unknown.append(value.strip()[:40])
            return False
        return True

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """Return the active filters by name, cleaned."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [], False)}

    @cached_property
    def chips(self) -> list[Chip]:
        """Return the active filters, one chip per value."""
        return [
            Chip(self._in_words(name, value), self._address(without=(name, value)))
            for name in self.chosen
            for value in self.data.getlist(name)
        ]

    @property
    def querystring(self) -> str:
        """Return the filters as a query string, for links to other pages of the list."""
        return self._address().removeprefix("?")

    @property
    def clear(self) -> str:
        """Return the list's URL without filters."""
        query = QueryDict(mutable=True)
        query.update(dict(self.kept))
        return f"?{query.urlencode()}"

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if not self.first or field.name in self.first]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if self.first and field.name not in self.first]

    @property
    def opens_more(self) -> bool:
        """Return whether an active filter is under “More filters”."""
        return any(field.name in self.chosen for field in self.more_fields)

    def _in_words(self, name: str, value: str) -> str:
        field = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return str(field.label)
        labels = {}
        for key, label in getattr(field, "choices", ()):
            labels.update(dict(label) if isinstance(label, (list, tuple)) else {key: label})
        return f"{field.label}: {labels.get(value, value)}"

    def _address(self, without: tuple[str, str] | None = None) -> str:
        query = QueryDict(mutable=True)
        query.update(dict(self.kept))
        for name in self.chosen:
            query.setlist(name, [value for value in self.data.getlist(name) if (name, value) != without])
        return f"?{query.urlencode()}"
