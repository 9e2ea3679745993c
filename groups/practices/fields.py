"""Model and form fields for lists stored in one column."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_countries import countries

MAX_WORDS = 20
MAX_WORD_LENGTH = 60


# Countries in the form: Europe and its neighbours, where partner schools are, instead of a list of 250.
OFFERED = (
    "AL AM AT AZ BA BE BG CH CY CZ DE DK DZ EE EG ES FI FR GB GE GR HR HU IE IL IS IT JO LB LI LT LU LV MA MD ME MK MT"
    " NL NO PL PS PT RO RS SE SI SK TN TR UA XK"
)


def country_choices() -> list[tuple[str, str]]:
    """Return code and translated name of the offered countries."""
    return [(country.code, country.name) for country in countries if country.code in OFFERED]


class CountryListField(models.JSONField):
    """A list of ISO 3166 alpha-2 codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def validate(self, value: Any, instance: models.Model) -> None:
        super().validate(value, instance)
        unknown = [code for code in value if code not in countries]
        if unknown:
            raise ValidationError(_("Unknown country: %(codes)s."), params={"codes": ", ".join(map(str, unknown))})

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=country_choices,
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
            required=kwargs.get("required", not self.blank),
            widget=kwargs.get("widget", forms.CheckboxSelectMultiple),
        )


class WordListFormField(forms.CharField):
    """Form field for a comma-separated list of short strings."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        words = value if isinstance(value, list) else super().to_python(value).replace("\n", ",").split(",")
        return list(dict.fromkeys(filter(None, (str(word).strip() for word in words))))

    def validate(self, value: list[str]) -> None:
        forms.Field.validate(self, value)
        check_words(value)

    def run_validators(self, value: list[str]) -> None:
        """Do nothing: length limits apply to each word; see `validate`."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.to_python(data or "")


def check_words(words: list) -> None:
    """Raise ValidationError for more than MAX_WORDS words, or one longer than MAX_WORD_LENGTH or not a string."""
    if len(words) > MAX_WORDS:
        raise ValidationError(_("Choose no more than %(number)d."), params={"number": MAX_WORDS})
    for word in words:
        if not isinstance(word, str) or len(word) > MAX_WORD_LENGTH:
            raise ValidationError(_("“%(word)s” is too long."), params={"word": str(word)[:MAX_WORD_LENGTH]})


class WordListField(models.JSONField):
    """A list of a few short strings."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def validate(self, value: Any, instance: models.Model) -> None:
        super().validate(value, instance)
        check_words(value)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return WordListFormField(
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
            required=kwargs.get("required", not self.blank),
        )
