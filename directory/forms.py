from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.models import School, User
from content.consent import ConsentForm, Gap, consent_gaps
from content.models import SiteImage
from content.taxonomy import Language, Pillar
from content.uploads import check_batch, clean_image

from .models import Kind, Profile, ProfileItem
from .profile import Telling

ACCEPTED = "image/jpeg,image/png,image/webp,image/heic"


class TellingForm(forms.Form):
    """Text a lead writes about the school. Name, code and country come from the award list."""

    city = forms.CharField(
        label=gettext_lazy("City"), required=False, max_length=School._meta.get_field("city").max_length
    )
    about = forms.CharField(
        label=gettext_lazy("About the school"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Tell visitors about your school. Plain text, up to 2,000 characters."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the text"),
        choices=Language.choices,
        help_text=gettext_lazy("This lets screen readers use the right voice."),
    )
    pillars = forms.MultipleChoiceField(
        label=gettext_lazy("Pillars your school works on"),
        required=False,
        choices=Pillar.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Visitors can use these to find your school in the directory."),
    )
    website = forms.URLField(
        label=gettext_lazy("Website"),
        required=False,
        assume_scheme="https",
        max_length=200,
        help_text=gettext_lazy("A moderator will check a new address before visitors can see it."),
    )

    @classmethod
    def of(cls, data, school: School, profile: Profile, waiting: ProfileItem | None) -> "TellingForm":
        """Return the form filled from the current page; `waiting` is the link not yet reviewed."""
        initial = {
            "city": school.city,
            "about": school.about,
            "language": profile.language,
            "pillars": profile.pillars,
            "website": waiting.url if waiting else school.website,
        }
        return cls(data, initial=initial)

    @property
    def telling(self) -> Telling:
        """The cleaned data; call after `is_valid`."""
        return Telling(**self.cleaned_data)


class LogoForm(forms.Form):
    """Logo upload: a new file, or one that was stored when another field was invalid (pictures.py)."""

    kind = Kind.LOGO

    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label=gettext_lazy("Logo"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED})
    )
    alt = forms.CharField(
        label=gettext_lazy("Description"),
        max_length=250,
        help_text=gettext_lazy("Describe the picture for readers who can’t see it."),
    )

    def __init__(self, *args, by: User, **kwargs) -> None:
        super().__init__(*args, prefix=self.kind.value, **kwargs)
        self.by = by
        self.image: SiteImage | None = None

    @property
    def salt(self) -> str:
        return f"directory.kept.{self.by.pk}"

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if not file:
            return None
        check_batch(files=[file], by=self.by)
        return clean_image(file)

    def clean(self) -> dict:
        data = super().clean()
        if not data.get("file"):
            self.image = self._kept(data.get("kept", ""))
            if self.image is None and "file" not in self.errors:
                self.add_error("file", _("Choose a file."))
        return data

    def remember(self, image: SiteImage) -> None:
        """Use a stored image in place of the file, now and when the form is posted again."""
        self.image = image
        self.data = self.data.copy()
        self.data[self.add_prefix("kept")] = signing.dumps(image.pk, salt=self.salt)

    def _kept(self, signed: str) -> SiteImage | None:
        try:
            pk = signing.loads(signed, salt=self.salt)
        except signing.BadSignature:
            return None
        # An image already used by an item must not be offered again.
        return (
            SiteImage.objects.filter(pk=pk).exclude(pk__in=ProfileItem.objects.filter(image=pk).values("image")).first()
        )

    def offered(self) -> dict:
        """Return the arguments of `offer_picture`; call it after the image is stored."""
        data = {name: self.cleaned_data[name] for name in self.fields if name not in ("kept", "file")}
        return {**data, "kind": self.kind, "image": self.image}


class PictureForm(ConsentForm, LogoForm):
    """Picture of the school, with the consent for the pupils it shows."""

    kind = Kind.PICTURE
    field_order = ["kept", "file", "alt"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("Picture")
        self.fields["consent_until"].help_text = _("The picture will be removed from the page after this date.")

    def clean(self) -> dict:
        data = super().clean()
        gaps = consent_gaps(
            shows_pupils=data.get("shows_pupils", False),
            holder=data.get("consent_holder", ""),
            until=data.get("consent_until"),
        )
        for gap in gaps:
            field, sentence = LACKS[gap]
            if field not in self.errors:
                self.add_error(field, sentence)
        return data


# Field and sentence for what a picture's consent lacks.
LACKS = {
    Gap.NO_HOLDER: ("consent_holder", gettext_lazy("Say who holds the parents’ consent.")),
    Gap.NO_DATE: ("consent_until", gettext_lazy("Give the date the consent is valid until.")),
    Gap.ENDED: ("consent_until", gettext_lazy("Choose a date in the future.")),
}
