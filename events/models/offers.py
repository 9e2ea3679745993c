from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("not answered in time")
    WITHDRAWN = "withdrawn", _("the event has been cancelled")


class OfferQuerySet(models.QuerySet):
    def open(self) -> "OfferQuerySet":
        """Return offers not yet answered, passed on or withdrawn."""
        return self.filter(outcome=Outcome.OPEN)


class Offer(models.Model):
    """A place held for someone on the waiting list. Rows are kept: every offer ends as used or passed on."""

    registration = models.ForeignKey("events.Registration", models.CASCADE, related_name="offers")
    made_at = models.DateTimeField(_("offered on"), default=timezone.now)
    expires_at = models.DateTimeField(_("until"))
    # Set if an organiser chose the person; None if it was their turn.
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.UniqueConstraint(
                fields=["registration"], condition=Q(outcome=Outcome.OPEN), name="one_open_offer_per_registration"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.OPEN, ended_at=None)
                | (~Q(outcome=Outcome.OPEN) & Q(ended_at__isnull=False)),
                name="an_offer_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.outcome}"
