"""Forms for the community's screens in the Wagtail admin."""

from itertools import pairwise

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from .models import SupportOrganisation, User
from .models.labels import overlap
from .moderators import appoint, dismiss


class NameForm(forms.ModelForm):
    """The moderator's own name; replaces Wagtail's form for first and last name."""

    class Meta:
        model = User
        fields = ["name"]


class OrganisationForm(WagtailAdminModelForm):
    """A support organisation and its moderators, entered by email address."""

    moderator_addresses = forms.CharField(
        label=gettext_lazy("Moderators"),
        help_text=gettext_lazy("Email addresses of people with an account, one per line."),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            addresses = self.instance.moderators.order_by("email").values_list("email", flat=True)
            self.initial["moderator_addresses"] = "\n".join(addresses)

    def clean_moderator_addresses(self) -> set[User]:
        addresses = {line.lower() for line in self.cleaned_data["moderator_addresses"].split()}
        for address in addresses:
            validate_email(address)
        people = set(User.objects.filter(email__in=addresses))
        unknown = addresses - {person.email for person in people}
        if unknown:
            raise ValidationError(_("No account found for: %s.") % ", ".join(sorted(unknown)))
        return people

    @transaction.atomic
    def save(self, commit: bool = True) -> SupportOrganisation:
        organisation = super().save(commit)
        wanted, present = self.cleaned_data["moderator_addresses"], set(organisation.moderators.all())
        for person in wanted - present:
            appoint(organisation=organisation, user=person)
        for person in present - wanted:
            dismiss(organisation=organisation, user=person)
        return organisation


class SchoolAdminForm(WagtailAdminModelForm):
    """A school with its labels. Rejects overlapping labels entered together, before the database does."""

    def clean(self) -> dict:
        cleaned = super().clean()
        labels = self.formsets["labels"]
        if labels.is_valid():
            kept = [label.cleaned_data for label in labels if label not in labels.deleted_forms]
            # Empty extra forms have no data.
            periods = sorted((label["starts_on"], label["ends_on"]) for label in kept if label)
            if any(overlap(earlier, later) for earlier, later in pairwise(periods)):
                raise ValidationError(_("Two of this school’s label periods overlap."))
        return cleaned
