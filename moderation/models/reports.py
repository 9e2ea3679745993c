from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.access import moderated_rows
from community.models import User


class ReportQuerySet(models.QuerySet):
    def unsettled(self) -> "ReportQuerySet":
        """Return reports that no moderator has settled."""
        return self.filter(settled_at=None)

    def about(self, kind: str, about_id: int) -> "ReportQuerySet":
        """Return the reports about one thing, settled or not."""
        return self.filter(kind=kind, about_id=about_id)

    def settle(self, *, by: User, outcome: str) -> int:
        """Settle the unsettled reports among these, and return their number."""
        return self.unsettled().update(settled_at=timezone.now(), settled_by=by, outcome=outcome)

    def in_countries_of(self, user: User) -> "ReportQuerySet":
        """Return reports on content from countries that the person moderates."""
        return self.filter(moderated_rows(user, "country"))


class Report(models.Model):
    """A member's report of someone else's content to the moderators. One per reporter and item."""

    class Outcome(models.TextChoices):
        KEPT = "kept", _("kept")
        HIDDEN = "hidden", _("hidden")

    # The key of a registered kind (reportable.py). Only its room can resolve `about_id`.
    kind = models.CharField(_("type of content"), max_length=20)
    about_id = models.PositiveBigIntegerField()
    # Country of the school the content was written for; empty if only central moderators are responsible.
    country = models.CharField(max_length=2, blank=True)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(_("reason"), max_length=1000)
    created_at = models.DateTimeField(_("reported"), default=timezone.now)
    settled_at = models.DateTimeField(_("dealt with"), null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report to moderators")
        verbose_name_plural = _("reports to moderators")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["country", "created_at"], name="report_waits", condition=Q(settled_at=None))]
        constraints = [
            models.UniqueConstraint(fields=["kind", "about_id", "reporter"], name="reported_once_per_person"),
            models.CheckConstraint(
                condition=Q(settled_at=None, outcome="") | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="settled_reports_have_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about_id}"
