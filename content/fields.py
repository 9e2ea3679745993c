from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField

from .html import clean, refusal_of


class ChoiceListField(models.JSONField):
    """A list of keys from a fixed vocabulary, shown as checkboxes and stored in vocabulary order."""

    def __init__(self, *args: Any, vocabulary: type[models.TextChoices], **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple:
        # The vocabulary may grow without a migration.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def clone(self) -> "ChoiceListField":
        # Migrations clone fields from their deconstruction, which omits the vocabulary.
        _name, _path, args, kwargs = self.deconstruct()
        return type(self)(*args, **kwargs, vocabulary=self.vocabulary)

    def contribute_to_class(self, cls: type, name: str, **kwargs: Any) -> None:
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, f"get_{name}_labels", lambda obj: [self.vocabulary(key).label for key in getattr(obj, name)])
        setattr(cls, f"get_{name}_pairs", lambda obj: [(key, self.vocabulary(key).label) for key in getattr(obj, name)])

    def pre_save(self, model_instance: models.Model, add: bool) -> list[str]:
        order = {key: number for number, key in enumerate(self.vocabulary.values)}
        keys = sorted(super().pre_save(model_instance, add), key=lambda key: order.get(key, len(order)))
        setattr(model_instance, self.attname, keys)
        return keys

    def validate(self, value: Any, instance: models.Model) -> None:
        super().validate(value, instance)
        unknown = [key for key in value if key not in self.vocabulary.values]
        if unknown:
            raise ValidationError(_("Unknown choice: %(keys)s."), params={"keys": ", ".join(map(str, unknown))})

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=self.vocabulary.choices,
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
            required=kwargs.get("required", not self.blank),
            initial=kwargs.get("initial", []),
            widget=kwargs.get("widget", forms.CheckboxSelectMultiple),
        )


def not_too_much(html: str) -> None:
    """Raise ValidationError for HTML that is too long or too deeply nested to clean."""
    refusal = refusal_of(html)
    if refusal:
        raise ValidationError(refusal)


class CleanHTMLField(ProseEditorField):
    """Members' rich text, sanitised in forms and again before saving."""

    default_validators = [not_too_much]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["extensions"] = {
            "Bold": True,
            "Italic": True,
            "Heading": {"levels": [3, 4]},
            "BulletList": True,
            "OrderedList": True,
            "ListItem": True,
            "Blockquote": True,
            "HardBreak": True,
            "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
        }
        kwargs["sanitize"] = clean
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = clean(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


@ChoiceListField.register_lookup
class Includes(models.Lookup):
    """`pillars__includes="agency"`: lists that contain the key, identical on both databases."""

    lookup_name = "includes"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        column, params = compiler.compile(self.lhs)
        return f"CAST({column} AS text) LIKE %s", [*params, f'%"{self.rhs}"%']
