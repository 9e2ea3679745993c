"""The adoption report form, with its picture formset."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from community.access import access_of
from content.models import SiteImage
from content.uploads import check_batch

from ..models import Adoption, Practice
from ..writing.file_forms import FileRows, PictureForm
from .adopting import schools_that_may_report

MAX_PICTURES = 4


class AdoptionForm(forms.ModelForm):
    school = forms.TypedChoiceField(label=gettext_lazy("School"), coerce=int)

    class Meta:
        model = Adoption
        fields = ["context", "changes", "outcome", "again"]
        widgets = {
            "context": forms.Textarea(attrs={"rows": 3}),
            "changes": forms.Textarea(attrs={"rows": 3}),
            "outcome": forms.Textarea(attrs={"rows": 6}),
            "again": forms.RadioSelect,
        }

    field_order = ["school"]

    def __init__(self, *args, schools: list[tuple[int, str]], refused: ValidationError | None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.refused = refused
        self.fields["school"].choices = schools
        self.fields["school"].initial = schools[0][0]
        if len(schools) == 1:
            self.fields["school"].widget = forms.HiddenInput()
        # Drops the blank choice.
        self.fields["again"].choices = Adoption._meta.get_field("again").choices

    def clean(self) -> dict:
        if self.refused:
            self.add_error(None, self.refused)
        return super().clean()


class AdoptionPictureForm(PictureForm):
    """A picture of an adoption report. No pupil may be recognisable, so no consent is needed."""

    shows_pupils = None
    consent_holder = None
    consent_until = None
    alt = forms.CharField(
        label=gettext_lazy("Description"),
        max_length=250,
        help_text=gettext_lazy("Describe the picture for readers who can’t see it."),
    )
    no_faces = forms.BooleanField(
        label=gettext_lazy("No pupil in it can be recognised"),
        help_text=gettext_lazy("Show hands, work and rooms instead of faces."),
        error_messages={"required": gettext_lazy("You can only add pictures in which no pupil can be recognised.")},
    )


class AdoptionPictureRows(FileRows):
    default_error_messages = FileRows.default_error_messages | {
        "too_many_forms": gettext_lazy("A report can have up to %(num)d pictures.")
    }


AdoptionPictures = forms.formset_factory(
    AdoptionPictureForm,
    AdoptionPictureRows,
    extra=1,
    max_num=MAX_PICTURES,
    absolute_max=MAX_PICTURES,
    validate_max=True,
    can_delete=True,
    can_order=True,
)


class ReportForms:
    """The report form and its picture formset: empty, filled from the report, or bound to posted data."""

    def __init__(self, practice: Practice, user, report: Adoption | None, data=None, files=None) -> None:
        # Storing files writes their keys into the data.
        data = data.copy() if data is not None else None
        too_much = None
        try:
            check_batch(files=[file for name in files or [] for file in files.getlist(name)], by=user)
        except ValidationError as refused:
            too_much, files = refused, None
        possible = set(schools_that_may_report(practice, user))
        schools = [(b.school_id, b.school_name) for b in access_of(user).contributing if b.school_id in possible]
        self.text = AdoptionForm(data, instance=report, schools=schools, refused=too_much)
        if report:
            self.text.initial["school"] = report.school_id
        shown = list(report.pictures.select_related("image").prefetch_related("image__renditions")) if report else []
        mine = SiteImage.objects.filter(uploaded_by_user=user)
        self.pictures = AdoptionPictures(
            data,
            files,
            prefix="pictures",
            initial=[{"image": picture.image, "alt": picture.alt, "no_faces": True} for picture in shown],
            form_kwargs={"allowed": mine | SiteImage.objects.filter(pk__in=[picture.image_id for picture in shown])},
        )

    def is_valid(self) -> bool:
        """Return whether everything is valid, including errors from storing files, if that has been tried."""
        return all([self.text.is_valid(), self.pictures.is_whole()])

    def told(self) -> dict:
        """Return the arguments of `report_adoption`; call it after the pictures are stored."""
        data = dict(self.text.cleaned_data)
        return {"school_id": data.pop("school"), "texts": data, "pictures": self.pictures.rows()}

    def say(self, refusal: str) -> None:
        """Show the verb's refusal above the form."""
        self.text.add_error(None, refusal)
