from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from content.consent import ConsentQuerySet, PupilConsent
from content.models import Rendition

from ..picture_sizes import SHOWN

# Consents ending this soon appear in the moderators' queue.
ENDING = timedelta(days=30)


class PracticeImageQuerySet(ConsentQuerySet):
    def ending(self, at: date | None = None) -> "PracticeImageQuerySet":
        """Return published pictures whose consent ends within ENDING and that no moderator has dealt with."""
        today = at or timezone.now().date()
        seen = ConsentNotice.objects.filter(
            practice=OuterRef("practice"), image=OuterRef("image"), consent_until=OuterRef("consent_until")
        )
        soon = self.filter(shows_pupils=True, practice__live=True, consent_until__lte=today + ENDING)
        return soon.not_lacking_consent(today).exclude(Exists(seen))


class PracticeImage(PupilConsent, Orderable):
    """A picture of a practice, with alternative text and a consent record."""

    practice = ParentalKey("practices.Practice", on_delete=models.CASCADE, related_name="images")
    image = models.ForeignKey("content.SiteImage", models.PROTECT, related_name="+", verbose_name=_("picture"))
    alt = models.CharField(
        _("description"),
        max_length=250,
        help_text=_("Describe the picture for readers who can’t see it."),
    )

    objects = PracticeImageQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.alt

    def shown(self) -> Rendition:
        """Return the rendition for the practice page."""
        return self.image.get_rendition(SHOWN)


class PracticeAttachment(Orderable):
    """A document attached to a practice, such as a worksheet."""

    practice = ParentalKey("practices.Practice", on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey("content.SiteDocument", models.PROTECT, related_name="+", verbose_name=_("document"))
    title = models.CharField(_("title"), max_length=150)

    class Meta(Orderable.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.title


class EndedConsent(models.Model):
    """A picture removed from a published practice because its consent expired; records that the authors were told."""

    practice = models.ForeignKey("practices.Practice", models.CASCADE, related_name="ended_consents")
    image = models.ForeignKey("content.SiteImage", models.CASCADE, related_name="+", verbose_name=_("picture"))
    consent_until = models.DateField(_("consent valid until"))
    noticed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("expired consent")
        verbose_name_plural = _("expired consents")
        constraints = [models.UniqueConstraint(fields=["practice", "image", "consent_until"], name="consent_ends_once")]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.image_id}"


class ConsentNotice(models.Model):
    """A moderator's response to an expiring consent: a reminder to the authors, or removal of the picture.
    One per picture and expiry date."""

    class Outcome(models.TextChoices):
        REMINDED = "reminded", _("authors reminded")
        TAKEN_DOWN = "taken_down", _("picture taken down")

    practice = models.ForeignKey("practices.Practice", models.CASCADE, related_name="consent_notices")
    image = models.ForeignKey("content.SiteImage", models.CASCADE, related_name="+", verbose_name=_("picture"))
    consent_until = models.DateField(_("consent valid until"))
    outcome = models.CharField(_("outcome"), max_length=15, choices=Outcome)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("consent follow-up")
        verbose_name_plural = _("consent follow-ups")
        constraints = [
            models.UniqueConstraint(fields=["practice", "image", "consent_until"], name="consent_looked_after_once")
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.image_id} {self.outcome}"
