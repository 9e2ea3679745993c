from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ClaimQuerySet(models.QuerySet):
    def running(self, at: datetime | None = None) -> "ClaimQuerySet":
        """Return the claims that have not expired."""
        return self.filter(until__gt=at or timezone.now())


class Claim(models.Model):
    """A moderator's claim on a waiting item, one per item. Only the app that owns the kind can resolve `item`."""

    kind = models.CharField(max_length=20)
    item = models.PositiveBigIntegerField()
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("moderator"))
    taken_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [models.UniqueConstraint(fields=["kind", "item"], name="one_claim_per_item")]

    def __str__(self) -> str:
        return f"{self.kind} {self.item}"
