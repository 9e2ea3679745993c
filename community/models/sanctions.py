import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .labels import day


class SanctionQuerySet(models.QuerySet):
    def warnings(self) -> "SanctionQuerySet":
        """Return warnings only."""
        return self.filter(kind=Sanction.Kind.WARNING)

    def suspensions(self) -> "SanctionQuerySet":
        """Return suspensions, running, expired or lifted."""
        return self.filter(kind=Sanction.Kind.SUSPENSION)

    def running(self, at: date | None = None) -> "SanctionQuerySet":
        """Return suspensions in force on the day; the last day is included."""
        return self.suspensions().filter(until__gte=day(at), lifted_at=None)


class Sanction(models.Model):
    """A moderator's warning, or a suspension of contributions until the end of a day. Kept as history."""

    class Kind(models.TextChoices):
        WARNING = "warning", _("warning")
        SUSPENSION = "suspension", _("suspension")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sanctions", verbose_name=_("person")
    )
    reason = models.TextField(_("reason"), max_length=1000)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(_("issued"), default=timezone.now)
    until = models.DateField(_("last day"), null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    # Submitted with the form, so that a form sent twice has one effect.
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("warning or suspension")
        verbose_name_plural = _("warnings and suspensions")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="suspension", until__isnull=False) | Q(kind="warning", until=None, lifted_at=None),
                name="suspensions_end_and_warnings_do_not",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="sanction_has_a_reason"),
        ]
        indexes = [models.Index(fields=["person", "-given_at"], name="sanctions_of_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"

    def runs(self, at: date | None = None) -> bool:
        """Return whether the suspension is in force on the day. `running` is the queryset equivalent."""
        return self.until is not None and self.until >= day(at) and self.lifted_at is None
