"""The form that a practice is written with; the rows of files below it are in file_forms.py."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.access import access_of
from community.models import School
from content.models import Rendition, SiteDocument, SiteImage
from content.uploads import check_batch, clean_image, store_image

from ..models import Practice, PracticeAttachment, PracticeImage
from ..sizes import CHOSEN
from .file_forms import AttachmentRows, PictureForm, PictureRows


def schools_of(user) -> QuerySet[School]:
    """The schools that the person writes for now."""
    return School.objects.filter(pk__in=access_of(user).contributing_school_ids)


class PracticeForm(forms.ModelForm):
    """The text of a practice. Only the title is needed to save a draft."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    # Who typed: a text kept over a lost session goes back to this person only.
    writer = forms.IntegerField(widget=forms.HiddenInput)
    cover_file = forms.FileField(
        label=gettext_lazy("Cover picture"),
        required=False,
        help_text=gettext_lazy("JPEG, PNG, WebP or HEIC, up to 10 MB. Without one, your first picture is the cover."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic"}),
    )
    # A cover that was stored with a refused form: nobody chooses it twice.
    cover_stored = forms.ModelChoiceField(queryset=None, required=False, widget=forms.HiddenInput)
    cover_removed = forms.BooleanField(label=gettext_lazy("Remove this cover picture"), required=False)

    class Meta:
        model = Practice
        fields = [
            "school",
            "title",
            "summary",
            "language",
            "pillars",
            "levels",
            "age_min",
            "age_max",
            "subjects",
            "competences",
            "duration",
            "tools",
            "activity_languages",
            "countries",
            "context",
            "steps",
            "results",
            "evidence_strength",
            "did_not_work",
            "conditions",
            "cover_alt",
            "licence",
            "public_wished",
        ]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3, "maxlength": 300})}

    # Long lists stay folded until somebody wants them.
    FOLDED = {"subjects", "competences", "activity_languages", "countries"}
    # The parts of the page, in the order of the record.
    PARTS = [
        (gettext_lazy("What it is"), ["school", "title", "summary", "language"]),
        (gettext_lazy("For whom"), ["pillars", "levels", "age_min", "age_max", "subjects", "competences"]),
        (gettext_lazy("The activity"), ["duration", "tools", "activity_languages", "countries"]),
        (
            gettext_lazy("The story"),
            ["context", "steps", "results", "evidence_strength", "did_not_work", "conditions"],
        ),
    ]

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.initial.setdefault("token", self.instance.token)
        self.initial["writer"] = user.pk
        self.fields["cover_stored"].queryset = SiteImage.objects.filter(uploaded_by_user=user)
        self.fields["title"].required = True
        for name in Practice.NEEDED:
            self.fields[name].template_name = "groups/needed_field.html"
        schools = schools_of(user)
        if self.instance.pk or len(schools) == 1:
            # The school of a practice never changes; whoever has one school is not asked.
            del self.fields["school"]
        else:
            self.fields["school"].queryset = schools
        if not self.instance.pk and len(schools) == 1:
            self.instance.school = schools[0]

    def clean_cover_file(self) -> object:
        file = self.cleaned_data["cover_file"]
        return clean_image(file) if file else None

    def clean(self) -> dict:
        data = super().clean()
        if data.get("cover_file"):
            if not data.get("cover_alt"):
                self.add_error("cover_alt", _("Describe the cover picture for readers who cannot see it."))
        elif data.get("cover_stored") and not data["cover_removed"]:
            self.instance.cover = data["cover_stored"]
        youngest, oldest = data.get("age_min"), data.get("age_max")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("age_max", _("The oldest pupils are younger than the youngest."))
        return data

    def parts(self) -> list[dict]:
        """The titled parts of the page with their fields."""
        return [
            {
                "title": title,
                "fields": [
                    {"field": self[name], "folded": name in self.FOLDED, "open": bool(self[name].value())}
                    for name in names
                    if name in self.fields
                ],
            }
            for title, names in self.PARTS
        ]


class WritingForms:
    """The form and its rows as one thing: bound to what was posted, or filled from the practice."""

    def __init__(self, practice: Practice, user, data=None, files=None) -> None:
        self.practice, self.user = practice, user
        # The rows write the keys of stored files into it.
        data = data.copy() if data is not None else None
        files, self.refused = self._affordable(files)
        images, attachments = list(practice.images.all()), list(practice.attachments.all())
        prefetch_related_objects(images, "image__renditions")
        prefetch_related_objects(attachments, "document")
        self.text = PracticeForm(data, files, instance=practice, user=user)
        mine = Q(uploaded_by_user=user)
        self.pictures = PictureRows(
            data,
            files,
            prefix="images",
            initial=[
                {name: getattr(image, name) for name in PictureForm.base_fields if name != "file"} for image in images
            ],
            form_kwargs={"allowed": SiteImage.objects.filter(mine | Q(pk__in=[image.image_id for image in images]))},
        )
        self.attachments = AttachmentRows(
            data,
            files,
            prefix="attachments",
            initial=[{"document": row.document, "title": row.title} for row in attachments],
            form_kwargs={
                "allowed": SiteDocument.objects.filter(mine | Q(pk__in=[row.document_id for row in attachments]))
            },
        )
        self.old_images = {image.image_id: image for image in images}
        self.old_attachments = {row.document_id: row for row in attachments}

    def _affordable(self, files: MultiValueDict | None) -> tuple[MultiValueDict | None, ValidationError | None]:
        """The files, or none of them and why: refused together, they are not decoded."""
        if not files:
            return files, None
        try:
            check_batch(files=[file for name in files for file in files.getlist(name)], by=self.user)
        except ValidationError as refused:
            return MultiValueDict(), refused
        return files, None

    @property
    def media(self) -> forms.Media:
        return self.text.media

    def is_valid(self) -> bool:
        """Whether everything can be saved. Files that can be read are stored either way."""
        valid = [self.text.is_valid(), self.pictures.is_valid(), self.attachments.is_valid()]
        if self.refused:
            self.text.add_error(None, self.refused)
        self.pictures.store_files(self.user)
        self.attachments.store_files(self.user)
        self._store_cover()
        return all(valid) and self.pictures.is_whole() and self.attachments.is_whole() and not self.text.errors

    def _store_cover(self) -> None:
        file = self.text.cleaned_data.get("cover_file")
        if self.text.cleaned_data.get("cover_removed"):
            self.text.data["cover_stored"] = ""
        if not file:
            return
        try:
            cover = store_image(file=file, title=self.practice.title or _("Cover"), by=self.user)
        except ValidationError as refused:
            self.text.add_error("cover_file", refused)
            return
        self.practice.cover = cover
        self.text.data["cover_stored"] = str(cover.pk)

    def own_cover(self) -> Rendition | None:
        """The uploaded cover, small; None when the first picture is the cover."""
        if self.practice.cover is None or self.practice.cover_id in self.old_images:
            return None
        return self.practice.cover.get_rendition(CHOSEN)

    def filled(self) -> Practice:
        """The practice with everything that was typed; nothing is saved."""
        practice = self.text.instance
        practice.images = [self._image(row, order) for order, row in enumerate(self.pictures.rows())]
        practice.attachments = [self._attachment(row, order) for order, row in enumerate(self.attachments.rows())]
        self._choose_cover(practice)
        return practice

    def _image(self, row: dict, order: int) -> PracticeImage:
        image = self.old_images.get(row["image"].pk) or PracticeImage()
        image.image, image.sort_order = row["image"], order
        for name in ("alt", "shows_pupils", "consent_holder", "consent_until"):
            setattr(image, name, row[name])
        return image

    def _attachment(self, row: dict, order: int) -> PracticeAttachment:
        attachment = self.old_attachments.get(row["document"].pk) or PracticeAttachment()
        attachment.document, attachment.title, attachment.sort_order = row["document"], row["title"], order
        return attachment

    def _choose_cover(self, practice: Practice) -> None:
        """An uploaded cover stays; otherwise the first picture is the cover."""
        typed = self.text.cleaned_data
        borrowed = practice.cover_id in self.old_images
        if typed.get("cover_file") or (practice.cover_id and not borrowed and not typed["cover_removed"]):
            return
        first = next(iter(practice.images.all()), None)
        practice.cover, practice.cover_alt = (first.image, first.alt) if first else (None, "")
