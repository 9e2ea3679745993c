from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .languages import Language
from .models import Role, School, User
from .time_zones import time_zone_choices


class InviteForm(forms.Form):
    """Whom a lead invites."""

    email = forms.EmailField(label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        initial=Role.TEACHER,
        help_text=_("A school lead also invites and removes colleagues and edits the school’s page."),
    )
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)


def https_assumed(field: models.Field, **kwargs) -> forms.Field:
    """Complete an address typed without its scheme with https."""
    return field.formfield(**kwargs, **({"assume_scheme": "https"} if isinstance(field, models.URLField) else {}))


class SchoolForm(forms.ModelForm):
    """What a lead tells of the school; name, code and country come from the award list."""

    class Meta:
        model = School
        fields = ["city", "website", "about"]
        formfield_callback = https_assumed
        widgets = {"about": forms.Textarea(attrs={"rows": 8})}
        help_texts = {"about": _("What a visitor should know of your school. Plain text, at most 2,000 characters.")}


class ProfileForm(forms.ModelForm):
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=time_zone_choices, help_text=_("Times of events are shown in it.")
    )

    reads = forms.MultipleChoiceField(
        label=_("Languages you read"),
        choices=Language.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One click narrows the list of good practices to them."),
    )

    class Meta:
        model = User
        fields = ["name", "language", "time_zone", "reads"]
        labels = {"name": _("Your name"), "language": _("Language of messages to you")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
