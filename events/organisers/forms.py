from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Announcement, GuestPass, Material


class AnnouncementForm(forms.ModelForm):
    class Meta:
        model = Announcement
        fields = ("recipients", "subject", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 7})}


class MaterialForm(forms.ModelForm):
    """Upload of a file, or an external link; the verb stores it."""

    file = forms.FileField(
        label=gettext_lazy("File"), required=False, help_text=gettext_lazy("PDF or Office file, up to 20 MB.")
    )

    url = forms.URLField(
        label=gettext_lazy("Or a link to another site"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        help_text=gettext_lazy(
            "Starts with https://. Readers can follow the link, but the page doesn’t show the address."
        ),
        validators=[URLValidator(schemes=["https"])],
    )

    class Meta:
        model = Material
        fields = ("title", "url", "is_recording", "consent", "readers")
        help_texts = {
            "consent": gettext_lazy(
                "For a recording, say who agreed to it, when and how. You can’t release it without this."
            ),
        }
        widgets = {"consent": forms.Textarea(attrs={"rows": 2})}

    field_order = ("title", "file", "url", "is_recording", "consent", "readers")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("file")) == bool(cleaned.get("url")):
            raise ValidationError({"file": _("Add either a file or a web address.")})
        return cleaned

    def _post_clean(self) -> None:
        """Skip building the row: the verb does that, because it needs the stored document."""


class AttendanceFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("List of participants (CSV)"),
        help_text=gettext_lazy(
            "Use the file exported from Zoom, Teams, BigBlueButton or Jitsi. People are matched by email address "
            "or name."
        ),
    )


class GuestForm(forms.ModelForm):
    language = forms.ChoiceField(label=gettext_lazy("Email language"), choices=settings.LANGUAGES)

    class Meta:
        model = GuestPass
        fields = ("name", "email", "language")
