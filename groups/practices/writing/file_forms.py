"""Formsets for a practice's pictures and documents."""

from collections.abc import Callable
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.formsets import BaseFormSet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.consent import ConsentForm, Gap, consent_gaps
from content.filters import number_of
from content.models import Rendition, SiteDocument, SiteImage
from content.uploads import clean_document, clean_image, store_document, store_image

from ..picture_sizes import CHOSEN

MAX_PICTURES = 12
MAX_ATTACHMENTS = 6


class RowForm(forms.Form):
    """A file of a practice: stored earlier and given by key, or uploaded with the form."""

    kept_field: str
    # The function of content/uploads.py that stores this kind of file; validating the form never calls it.
    store: Callable[..., SiteImage | SiteDocument]

    def file_title(self) -> str:
        """Return the title for the uploaded file once it is stored."""
        raise NotImplementedError

    def kept(self) -> SiteImage | SiteDocument | None:
        """Return the file already stored for this row, if any."""
        if not self.is_bound:
            return self.initial.get(self.kept_field)
        self.is_valid()  # A form restored by the session rescue has not been validated yet.
        return self.cleaned_data.get(self.kept_field)

    def clean(self) -> dict:
        data = super().clean()
        if self.has_changed() and not (data.get("file") or data.get(self.kept_field) or "file" in self.errors):
            self.add_error("file", _("Choose a file."))
        return data


class PictureForm(ConsentForm, RowForm):
    kept_field = "image"
    field_order = ["image", "file", "alt"]
    store = staticmethod(store_image)

    image = forms.ModelChoiceField(queryset=None, required=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label=gettext_lazy("Picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic"}),
    )
    alt = forms.CharField(
        label=gettext_lazy("Description"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Describe the picture for readers who can’t see it."),
        template_name="practices/writing/needed_field.html",
    )

    def __init__(self, *args, allowed: QuerySet[SiteImage], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["image"].queryset = allowed

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        return clean_image(file) if file else None

    def _day(self) -> date | None:
        """Return the consent's end date, even from an invalid form; None if it is not a date."""
        try:
            return self.fields["consent_until"].to_python(self["consent_until"].value())
        except ValidationError:
            return None

    def lacks(self) -> dict[str, str]:
        """Map each field that is incomplete for review to a sentence for the author."""
        alt, holder = ((self[name].value() or "").strip() for name in ("alt", "consent_holder"))
        gaps = consent_gaps(shows_pupils=bool(self["shows_pupils"].value()), holder=holder, until=self._day())
        found = {} if alt else {"alt": _("Describe it in a few words. We need this for the review.")}
        return found | {LACKS[gap][0]: str(LACKS[gap][1]) for gap in gaps}

    def thumbnail(self) -> Rendition | None:
        """Return a thumbnail of the stored picture, if any."""
        image = self.kept()
        return image and image.get_rendition(CHOSEN)

    def file_title(self) -> str:
        return self.cleaned_data.get("alt") or _("Picture")


# Field and sentence for what a picture's consent lacks.
LACKS = {
    Gap.NO_HOLDER: (
        "consent_holder",
        gettext_lazy("Say who holds the parents’ consent. We need this for the review."),
    ),
    Gap.NO_DATE: ("consent_until", gettext_lazy("Say when the consent expires. We need this for the review.")),
    Gap.ENDED: (
        "consent_until",
        gettext_lazy(
            "This consent has expired, so the picture is now hidden. Renew the consent or remove the picture."
        ),
    ),
}


class AttachmentForm(RowForm):
    kept_field = "document"
    store = staticmethod(store_document)

    document = forms.ModelChoiceField(queryset=None, required=False, widget=forms.HiddenInput)
    file = forms.FileField(label=gettext_lazy("Document"), required=False)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=150, required=False)

    def __init__(self, *args, allowed: QuerySet[SiteDocument], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = allowed

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        return clean_document(file) if file else None

    def file_title(self) -> str:
        return self.cleaned_data.get("title") or _("Document")


def known_before(initial: list[dict], data: QueryDict | None, prefix: str) -> list[dict]:
    """Return the rows that the page was rendered with. Rows saved since must count as new, or Django skips them as
    unchanged."""
    if data is None:
        return initial
    return initial[: number_of(data.get(f"{prefix}-INITIAL_FORMS")) or 0]


def move_row(data: QueryDict, asked: str) -> None:
    """Reorder the posted rows for a button named like `images-2-up`; ignore anything else."""
    prefix, _dash, rest = asked.partition("-")
    index, _dash, way = rest.partition("-")
    if prefix not in ("images", "attachments") or number_of(index) is None or way not in ("up", "down"):
        return
    total = min(number_of(data.get(f"{prefix}-TOTAL_FORMS")) or 0, MAX_PICTURES)
    orders = [f"{prefix}-{number}-ORDER" for number in range(total)]
    places = {name: number_of(data.get(name)) for name in orders}
    names = sorted((name for name, place in places.items() if place is not None), key=places.get)
    mine = f"{prefix}-{number_of(index)}-ORDER"
    if mine not in names:
        return
    at = names.index(mine)
    other = at - 1 if way == "up" else at + 1
    if 0 <= other < len(names):
        names[at], names[other] = names[other], names[at]
    for place, name in enumerate(names, 1):
        data[name] = str(place)


class FileRows(BaseFormSet):
    """Formset of a practice's pictures or documents."""

    def add_fields(self, form: RowForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove it")
        form.fields["ORDER"].widget = forms.HiddenInput()

    def rows(self) -> list[dict]:
        """Return the data of all rows not removed, in the author's order; call after `is_valid`."""
        read = [getattr(form, "cleaned_data", {}) for form in self.forms]
        wanted = [row for row in read if row.get(self.form.kept_field) and not row.get("DELETE")]
        return sorted(wanted, key=lambda row: (row.get("ORDER") is None, row.get("ORDER")))

    def kept_rows(self) -> list[RowForm]:
        """Return the forms that have a file, in display order."""
        kept = [form for form in self.forms if form.kept()]
        return sorted(kept, key=lambda form: number_of(str(form["ORDER"].value())) or MAX_PICTURES + 1)

    def empty_rows(self) -> list[RowForm]:
        """Return the forms without a file, which browsers without JavaScript need."""
        return [form for form in self.forms if not form.kept()]

    def to_store(self) -> list[RowForm]:
        """Return the rows with a valid file that isn't stored yet, except those to be removed."""
        read = [(form, getattr(form, "cleaned_data", {})) for form in self.forms]
        return [form for form, data in read if data.get("file") and not data.get("DELETE")]

    def remember(self, form: RowForm, kept: SiteImage | SiteDocument) -> None:
        """Refer to a row's stored file by key from now on."""
        form.cleaned_data[form.kept_field], form.cleaned_data["file"] = kept, None
        self.data[form.add_prefix(form.kept_field)] = str(kept.pk)

    def is_whole(self) -> bool:
        """Return whether there are no errors, including errors from storing files."""
        return self.is_valid() and not any(form.errors for form in self.forms)


class BasePictureRows(FileRows):
    default_error_messages = FileRows.default_error_messages | {
        "too_many_forms": gettext_lazy("A practice can have up to %(num)d pictures.")
    }


class BaseAttachmentRows(FileRows):
    default_error_messages = FileRows.default_error_messages | {
        "too_many_forms": gettext_lazy("A practice can have up to %(num)d attachments.")
    }


# Without `absolute_max` Django would read up to a thousand extra rows and decode their files.
PictureRows = forms.formset_factory(
    PictureForm,
    BasePictureRows,
    extra=2,
    max_num=MAX_PICTURES,
    absolute_max=MAX_PICTURES,
    validate_max=True,
    can_delete=True,
    can_order=True,
)
AttachmentRows = forms.formset_factory(
    AttachmentForm,
    BaseAttachmentRows,
    extra=1,
    max_num=MAX_ATTACHMENTS,
    absolute_max=MAX_ATTACHMENTS,
    validate_max=True,
    can_delete=True,
    can_order=True,
)
