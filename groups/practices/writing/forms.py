"""The form for writing a practice step by step; its file formsets are in file_forms.py."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.access import access_of
from community.models import School
from content.consent import FIELDS as CONSENT_FIELDS
from content.models import Rendition, SiteDocument, SiteImage
from content.uploads import check_batch

from ..models import Practice, PracticeAttachment, PracticeImage
from ..picture_sizes import CHOSEN
from .file_forms import AttachmentRows, FileRows, PictureForm, PictureRows, known_before
from .plain import PlainTextFallback
from .steps import STEPS, Step


def schools_of(user) -> QuerySet[School]:
    """Return the schools that the person writes for now."""
    return School.objects.filter(pk__in=access_of(user).contributing_school_ids)


class PracticeForm(forms.ModelForm):
    """Texts and facts of one step. Nothing is required before submission."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    # The author of the text: the session rescue returns it to this person only.
    writer = forms.IntegerField(widget=forms.HiddenInput)
    # The version the form was rendered from, and the id of the open form.
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    window = forms.UUIDField(widget=forms.HiddenInput, required=False)
    step = forms.CharField(widget=forms.HiddenInput, required=False)
    # The conflict copy that this form restores; deleted on saving.
    words = forms.IntegerField(widget=forms.HiddenInput, required=False)
    cover_removed = forms.BooleanField(label=gettext_lazy("Remove this cover picture"), required=False)

    HIDDEN = ("token", "writer", "version", "window", "step", "words")
    # Long lists, collapsed by default.
    FOLDED = ("subjects", "competences", "activity_languages", "countries")

    class Meta:
        model = Practice
        fields = [name for step in STEPS for name in step.fields]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3, "maxlength": 300})}

    def __init__(self, *args, user, step: Step, refused: ValidationError | None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.step, self.refused = user, step, refused
        self.initial |= {
            "token": self.instance.token,
            "writer": user.pk,
            "version": self.instance.version,
            "window": uuid.uuid4(),
            "step": step.key,
        }
        wanted = {*self.HIDDEN, *step.fields}
        if self._has_own_cover():
            wanted.add("cover_removed")
        else:
            wanted.discard("cover_alt")
        schools = schools_of(user)
        if self.instance.pk or len(schools) == 1:
            # A practice never changes school, and a person with one school need not choose.
            wanted.discard("school")
        if not self.instance.pk and len(schools) == 1:
            self.instance.school = schools[0]
        for name in set(self.fields) - wanted:
            del self.fields[name]
        if "school" in self.fields:
            self.fields["school"].queryset = schools
        for name in set(Practice.NEEDED) & set(self.fields):
            self.fields[name].template_name = "practices/writing/needed_field.html"
        self.fallback = PlainTextFallback(self)
        self._before = {name: getattr(self.instance, name, None) for name in self.fields if name in self._meta.fields}

    def _has_own_cover(self) -> bool:
        cover = self.instance.cover_id
        return cover is not None and all(image.image_id != cover for image in self.instance.images.all())

    def clean(self) -> dict:
        data = super().clean()
        youngest, oldest = data.get("age_min"), data.get("age_max")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("age_max", _("The oldest pupils can’t be younger than the youngest."))
            # Saving only one of the pair could contradict the stored value.
            del data["age_min"]
        if self.refused:
            self.add_error(None, self.refused)
        return data

    def keep_what_is_valid(self) -> None:
        """Restore the previous value of each invalid field, so that the rest can be saved."""
        for name in self.errors.keys() & self._before.keys():
            setattr(self.instance, name, self._before[name])

    def rows(self) -> list[dict]:
        """Return the step's fields in order, with long lists marked as folded."""
        return [
            {
                "field": self[name],
                "folded": name in self.FOLDED,
                "open": bool(self[name].value()),
                "plain": self.fallback.bound(name),
            }
            for name in self.step.fields
            if name in self.fields and name != "cover_alt"
        ]


def _picture_row(image: PracticeImage) -> dict:
    return {name: getattr(image, name) for name in PictureForm.base_fields if name != "file"}


class WritingForms:
    """The form of a step and its file formsets, if any: bound to posted data or filled from the practice."""

    def __init__(self, practice: Practice, user, step: Step, data=None, files=None) -> None:
        self.practice, self.user, self.step = practice, user, step
        # Storing files writes their keys into the data.
        data = data.copy() if data is not None else None
        files, refused = self._affordable(files)
        self.text = PracticeForm(data, instance=practice, user=user, step=step, refused=refused)
        self.pictures = self.attachments = None
        if step.has_files:
            self._make_rows(data, files)

    def _make_rows(self, data, files) -> None:
        images, attachments = list(self.practice.images.all()), list(self.practice.attachments.all())
        prefetch_related_objects(images, "image__renditions")
        prefetch_related_objects(attachments, "document")
        mine = Q(uploaded_by_user=self.user)
        self.pictures = PictureRows(
            data,
            files,
            prefix="images",
            initial=known_before([_picture_row(image) for image in images], data, "images"),
            form_kwargs={"allowed": SiteImage.objects.filter(mine | Q(pk__in=[image.image_id for image in images]))},
        )
        self.attachments = AttachmentRows(
            data,
            files,
            prefix="attachments",
            initial=known_before(
                [{"document": row.document, "title": row.title} for row in attachments], data, "attachments"
            ),
            form_kwargs={
                "allowed": SiteDocument.objects.filter(mine | Q(pk__in=[row.document_id for row in attachments]))
            },
        )
        self.old_images = {image.image_id: image for image in images}
        self.old_attachments = {row.document_id: row for row in attachments}

    def _affordable(self, files: MultiValueDict | None) -> tuple[MultiValueDict | None, ValidationError | None]:
        """Return the files, or none and the error: a batch over the limits is refused before any file is decoded."""
        if not files:
            return files, None
        try:
            check_batch(files=[file for name in files for file in files.getlist(name)], by=self.user)
        except ValidationError as refused:
            return MultiValueDict(), refused
        return files, None

    def media(self, nonce: str) -> str:
        """Return the editor's scripts and styles for steps with a rich text."""
        return self.text.media.with_nonce(nonce) if self.text.fallback.names else ""

    @property
    def file_rows(self) -> list[FileRows]:
        """The step's file formsets."""
        return [rows for rows in (self.pictures, self.attachments) if rows]

    def is_valid(self) -> bool:
        """Return whether everything can be saved, including errors from storing files, if that has been tried."""
        return all([self.text.is_valid(), *(rows.is_whole() for rows in self.file_rows)])

    @property
    def can_be_saved(self) -> bool:
        """True if there is a practice to save, whatever else was refused."""
        return self.practice.school_id is not None and not {"token", "writer", "school"} & self.text.errors.keys()

    def own_cover(self) -> Rendition | None:
        """Return a thumbnail of a cover that is not one of the pictures."""
        return self.practice.cover.get_rendition(CHOSEN) if "cover_removed" in self.text.fields else None

    def filled(self) -> Practice:
        """Return the practice with all valid input applied; save nothing."""
        self.text.keep_what_is_valid()
        practice = self.text.instance
        if self.step.has_files:
            practice.images = [self._image(row, order) for order, row in enumerate(self.pictures.rows())]
            practice.attachments = [self._attachment(row, order) for order, row in enumerate(self.attachments.rows())]
            self._choose_cover(practice)
        return practice

    def _image(self, row: dict, order: int) -> PracticeImage:
        image = self.old_images.get(row["image"].pk) or PracticeImage()
        image.image, image.sort_order = row["image"], order
        for name in ("alt", *CONSENT_FIELDS):
            # Invalid fields of a row keep their previous value.
            if name in row:
                setattr(image, name, row[name])
        return image

    def _attachment(self, row: dict, order: int) -> PracticeAttachment:
        attachment = self.old_attachments.get(row["document"].pk) or PracticeAttachment()
        attachment.document, attachment.sort_order = row["document"], order
        attachment.title = row.get("title") or attachment.title or row["document"].title[:150]
        return attachment

    def _choose_cover(self, practice: Practice) -> None:
        """Use the first picture with a description and valid consent as cover; keep a separate cover until removed."""
        if "cover_removed" in self.text.fields and not self.text.cleaned_data.get("cover_removed"):
            return
        ready = (image for image in practice.images.all() if image.alt.strip() and not image.lacks_consent)
        first = next(ready, None)
        practice.cover, practice.cover_alt = (first.image, first.alt) if first else (None, "")
