from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .languages import Language
from .models import Role, User
from .time_zones import time_zone_choices


class InviteForm(forms.Form):
    """An invitation to a school."""

    email = forms.EmailField(label=_("Email"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        initial=Role.TEACHER,
        help_text=_("A school lead can also invite and remove colleagues and edit the school’s page."),
    )
    language = forms.ChoiceField(label=_("Invitation language"), choices=settings.LANGUAGES)


class ProfileForm(forms.ModelForm):
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=time_zone_choices, help_text=_("We’ll show event times in this time zone.")
    )

    reads = forms.MultipleChoiceField(
        label=_("Languages you read"),
        choices=Language.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("You can filter good practices by these languages with one click."),
    )

    class Meta:
        model = User
        fields = ["name", "language", "time_zone", "reads"]
        labels = {"name": _("Your name"), "language": _("Language of the messages we send you")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
