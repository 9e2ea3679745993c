"""Consent for pictures in which pupils can be recognised: fields, rule, queries and form fields.

Such a picture needs someone who holds the parents' consent, and a date until which it is valid, that day included.
Rooms add their own sentences for what is missing.
"""

from datetime import date
from enum import Enum

from django import forms
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FIELDS = ("shows_pupils", "consent_holder", "consent_until")
HOLDER_LENGTH = 150


class Gap(Enum):
    """A part of the consent that is missing or over."""

    NO_HOLDER = "no holder"
    NO_DATE = "no date"
    ENDED = "ended"


def consent_gaps(*, shows_pupils: bool, holder: str, until: date | None, at: date | None = None) -> list[Gap]:
    """Return what the picture's consent lacks on the day; nothing if no pupil can be recognised."""
    if not shows_pupils:
        return []
    found = [] if holder else [Gap.NO_HOLDER]
    if until is None:
        found.append(Gap.NO_DATE)
    elif until < (at or timezone.now().date()):
        found.append(Gap.ENDED)
    return found


def is_recorded() -> Q:
    """Return the condition that a picture of pupils names a holder and a date, for a database constraint."""
    return Q(shows_pupils=False) | ~Q(consent_holder="") & Q(consent_until__isnull=False)


class ConsentQuerySet(models.QuerySet):
    """Queryset methods of models with a PupilConsent; each is the form for many of a property there."""

    def with_ended_consent(self, at: date | None = None) -> "ConsentQuerySet":
        """Return pictures of pupils whose recorded consent was over on the day."""
        return self.filter(shows_pupils=True, consent_until__lt=at or timezone.now().date())

    def lacking_consent(self, at: date | None = None) -> "ConsentQuerySet":
        """Return pictures of pupils without valid consent on the day."""
        return self.filter(_lacking(at))

    def not_lacking_consent(self, at: date | None = None) -> "ConsentQuerySet":
        """Return pictures without recognisable pupils, or with valid consent on the day."""
        return self.exclude(_lacking(at))


def _lacking(at: date | None) -> Q:
    invalid = Q(consent_holder="") | Q(consent_until=None) | Q(consent_until__lt=at or timezone.now().date())
    return invalid & Q(shows_pupils=True)


class PupilConsent(models.Model):
    """The consent record of a picture."""

    shows_pupils = models.BooleanField(_("shows pupils who can be recognised"), default=False)
    consent_holder = models.CharField(
        _("who holds the consent"),
        max_length=HOLDER_LENGTH,
        blank=True,
        help_text=_("For example: the school office."),
    )
    consent_until = models.DateField(_("consent valid until"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def consent_gaps(self) -> list[Gap]:
        return consent_gaps(shows_pupils=self.shows_pupils, holder=self.consent_holder, until=self.consent_until)

    @property
    def lacks_consent(self) -> bool:
        """True if pupils can be recognised and there is no valid consent."""
        return bool(self.consent_gaps)

    @property
    def consent_ended(self) -> bool:
        """True if pupils can be recognised and the recorded consent is over."""
        return Gap.ENDED in self.consent_gaps


class ConsentForm(forms.Form):
    """Form fields of the consent record. None is required here: rooms say what is missing, and when it matters."""

    shows_pupils = forms.BooleanField(label=_("Shows pupils who can be recognised"), required=False)
    consent_holder = forms.CharField(
        label=_("Who holds the consent"),
        max_length=HOLDER_LENGTH,
        required=False,
        help_text=_("Needed if pupils can be recognised. For example, the school office."),
    )
    consent_until = forms.DateField(
        label=_("Consent valid until"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
