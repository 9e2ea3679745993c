"""The rows of pictures and documents below the text of a practice."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.models import Rendition, SiteDocument, SiteImage
from content.uploads import clean_document, clean_image, store_document, store_image

from ..sizes import CHOSEN

MAX_PICTURES = 12
MAX_ATTACHMENTS = 6


class RowForm(forms.Form):
    """One file of a practice: kept from before by its key, or uploaded now."""

    kept_field: str

    def kept(self) -> SiteImage | SiteDocument | None:
        """The file that the row has already."""
        if not self.is_bound:
            return self.initial.get(self.kept_field)
        self.is_valid()  # a text that comes back after a lost session has not been looked at yet
        return self.cleaned_data.get(self.kept_field)

    def clean(self) -> dict:
        data = super().clean()
        if self.has_changed() and not (data.get("file") or data.get(self.kept_field) or "file" in self.errors):
            self.add_error("file", _("Choose a file."))
        return data


class PictureForm(RowForm):
    kept_field = "image"

    image = forms.ModelChoiceField(queryset=None, required=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label=gettext_lazy("Picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic"}),
    )
    alt = forms.CharField(
        label=gettext_lazy("Description"),
        max_length=250,
        help_text=gettext_lazy("What the picture shows, for readers who cannot see it."),
    )
    shows_pupils = forms.BooleanField(label=gettext_lazy("Shows pupils who can be recognised"), required=False)
    consent_holder = forms.CharField(
        label=gettext_lazy("Who holds the consent"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Needed when pupils can be recognised. For example: the school office."),
    )
    consent_until = forms.DateField(
        label=gettext_lazy("Consent valid until"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args, allowed: QuerySet[SiteImage], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["image"].queryset = allowed

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        return clean_image(file) if file else None

    def thumbnail(self) -> Rendition | None:
        """The kept picture, small."""
        image = self.kept()
        return image and image.get_rendition(CHOSEN)

    def stored(self, by) -> SiteImage:
        """Keep the uploaded file."""
        return store_image(file=self.cleaned_data["file"], title=self.cleaned_data.get("alt") or _("Picture"), by=by)


class AttachmentForm(RowForm):
    kept_field = "document"

    document = forms.ModelChoiceField(queryset=None, required=False, widget=forms.HiddenInput)
    file = forms.FileField(label=gettext_lazy("Document"), required=False)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=150)

    def __init__(self, *args, allowed: QuerySet[SiteDocument], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = allowed

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        return clean_document(file) if file else None

    def stored(self, by) -> SiteDocument:
        """Keep the uploaded file."""
        title = self.cleaned_data.get("title") or _("Document")
        return store_document(file=self.cleaned_data["file"], title=title, by=by)


class FileRows(BaseFormSet):
    """The pictures or documents of a practice."""

    def add_fields(self, form: RowForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove it")

    def rows(self) -> list[dict]:
        """What the author wants the practice to have, in their order; call after `is_valid`."""
        wanted = [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data["DELETE"]]
        return [row for row in wanted if row[self.form.kept_field]]

    def store_files(self, by) -> None:
        """Keep every file that could be read, also when the form goes back to its author: nobody chooses it twice."""
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            if not data.get("file") or data.get("DELETE"):
                continue
            try:
                kept = form.stored(by)
            except ValidationError as refused:
                form.add_error("file", refused)
                continue
            data[form.kept_field], data["file"] = kept, None
            self.data[form.add_prefix(form.kept_field)] = str(kept.pk)

    def is_whole(self) -> bool:
        """Whether there is no error, also none from storing."""
        return self.is_valid() and not any(form.errors for form in self.forms)


class BasePictureRows(FileRows):
    default_error_messages = FileRows.default_error_messages | {
        "too_many_forms": gettext_lazy("A practice can have at most %(num)d pictures.")
    }


class BaseAttachmentRows(FileRows):
    default_error_messages = FileRows.default_error_messages | {
        "too_many_forms": gettext_lazy("A practice can have at most %(num)d attachments.")
    }


# Without `absolute_max` a thousand rows more would still be read and their files decoded.
PictureRows = forms.formset_factory(
    PictureForm,
    BasePictureRows,
    extra=2,
    max_num=MAX_PICTURES,
    absolute_max=MAX_PICTURES,
    validate_max=True,
    can_delete=True,
)
AttachmentRows = forms.formset_factory(
    AttachmentForm,
    BaseAttachmentRows,
    extra=1,
    max_num=MAX_ATTACHMENTS,
    absolute_max=MAX_ATTACHMENTS,
    validate_max=True,
    can_delete=True,
)
