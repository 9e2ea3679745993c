from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from content.models import Rendition

from ..sizes import SHOWN


class PracticeImage(Orderable):
    """A picture of a practice, with the words for who cannot see it and the consent of whom it shows."""

    practice = ParentalKey("groups.Practice", on_delete=models.CASCADE, related_name="images")
    image = models.ForeignKey("content.SiteImage", models.PROTECT, related_name="+", verbose_name=_("picture"))
    alt = models.CharField(
        _("description"),
        max_length=250,
        help_text=_("What the picture shows, for readers who cannot see it."),
    )
    shows_pupils = models.BooleanField(_("shows pupils who can be recognised"), default=False)
    consent_holder = models.CharField(
        _("who holds the consent"), max_length=150, blank=True, help_text=_("For example: the school office.")
    )
    consent_until = models.DateField(_("consent valid until"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.alt

    def shown(self) -> Rendition:
        """The picture in the size of the practice's page."""
        return self.image.get_rendition(SHOWN)

    @property
    def lacks_consent(self) -> bool:
        """Whether pupils can be recognised and nobody holds a consent that still runs."""
        if not self.shows_pupils:
            return False
        return not self.consent_holder or self.consent_until is None or self.consent_until < timezone.now().date()


class PracticeAttachment(Orderable):
    """A document that belongs to a practice, such as a worksheet."""

    practice = ParentalKey("groups.Practice", on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey("content.SiteDocument", models.PROTECT, related_name="+", verbose_name=_("document"))
    title = models.CharField(_("title"), max_length=150)

    class Meta(Orderable.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.title
