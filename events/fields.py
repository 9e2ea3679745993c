"""Form fields for people by email address and schools by code, one or a pasted list."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from community.models import School


def people_who_sign_in() -> models.QuerySet:
    return get_user_model().objects.filter(is_active=True)


class PersonField(forms.EmailField):
    """An email address that cleans to its user."""

    def clean(self, value: Any) -> Any:
        address = super().clean(value)
        if not address:
            return None
        person = people_who_sign_in().filter(email__iexact=address).first()
        if person is None:
            raise ValidationError(_("No one on this site uses the address %(address)s.") % {"address": address})
        return person


class LinesField(forms.CharField):
    """One key per line, cleaned to the rows they name; reports the keys not found."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Iterable) and not isinstance(value, str):
            return "\n".join(self.key_of(row) for row in value)
        return value

    def to_python(self, value: Any) -> list:
        keys = list(dict.fromkeys(line.strip() for line in (value or "").splitlines() if line.strip()))
        rows = self.rows_of(keys) if keys else {}
        if unknown := [key for key in keys if key.lower() not in rows]:
            raise ValidationError(_("Not found on this site: %(keys)s.") % {"keys": ", ".join(unknown)})
        return list(rows.values())

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "").split() != (self.prepare_value(data) or "").split()


class PeopleField(LinesField):
    """A list of people by email address."""

    def key_of(self, person: Any) -> str:
        return person.email

    def rows_of(self, keys: list[str]) -> dict[str, Any]:
        # Stored addresses are lower-case.
        people = people_who_sign_in().filter(email__in=[key.lower() for key in keys])
        return {person.email: person for person in people}


class SchoolsField(LinesField):
    """A list of schools by award-list code."""

    def key_of(self, school: School) -> str:
        return school.code

    def rows_of(self, keys: list[str]) -> dict[str, School]:
        schools = School.objects.filter(code__in={*keys, *(key.upper() for key in keys)})
        return {school.code.lower(): school for school in schools}
