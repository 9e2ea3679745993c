import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# A run without progress for this long is presumed dead.
STALLED_AFTER = timedelta(minutes=2)


class Outcome(models.TextChoices):
    """The effect of an award list row on a school."""

    NEW = "new", _("new school")
    RENEWED = "renewed", _("label renewed")
    CHANGED = "changed", _("details changed")
    UNCHANGED = "unchanged", _("unchanged")
    ERROR = "error", _("error")


def stored_name(award_import: "AwardListImport", filename: str) -> str:
    """Store lists outside the folders content/gate.py serves, because they hold names and addresses."""
    return f"award_lists/{secrets.token_hex(16)}"


class AwardListImportQuerySet(models.QuerySet):
    def startable(self) -> "AwardListImportQuerySet":
        """Return imports that are waiting, failed or stalled."""
        stalled = Q(status=AwardListImport.Status.RUNNING, progressed_at__lt=timezone.now() - STALLED_AFTER)
        return self.filter(Q(status__in=[AwardListImport.Status.UPLOADED, AwardListImport.Status.FAILED]) | stalled)


class AwardListImport(models.Model):
    """An uploaded award list, its progress and the outcome of each row."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("waiting for your decision")
        RUNNING = "running", _("in progress")
        DONE = "done", _("done")
        FAILED = "failed", _("interrupted")

    file = models.FileField(_("file"), upload_to=stored_name)
    filename = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True, editable=False)
    notes = models.JSONField(default=list, editable=False)
    language = models.CharField(max_length=10, help_text="Of the notes and of the rows' messages.", editable=False)
    invite_leads = models.BooleanField(_("invite the school leads"), default=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.UPLOADED)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # Incremented at each start, so that a run presumed dead notices that another has taken over.
    run = models.PositiveIntegerField(default=0, editable=False)
    progressed_at = models.DateTimeField(null=True, editable=False)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(default=0)

    objects = AwardListImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("award list")
        verbose_name_plural = _("award lists")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_running(self) -> bool:
        return self.status == self.Status.RUNNING

    @property
    def is_startable(self) -> bool:
        return AwardListImport.objects.startable().filter(pk=self.pk).exists()

    def counts(self) -> dict[Outcome, int]:
        """Count the rows by outcome, in the order of Outcome. Rows not applied yet count with their planned outcome."""
        found = dict(self.rows.order_by().values_list("outcome").annotate(Count("pk")))
        return {outcome: found.get(outcome, 0) for outcome in Outcome}


class AwardListRow(models.Model):
    """The planned or applied outcome of a row, as worded in the report."""

    award_import = models.ForeignKey(AwardListImport, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("row"))
    code = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=60)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    message = models.TextField(_("message"))

    class Meta:
        verbose_name = _("row")
        verbose_name_plural = _("rows")
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["award_import", "line"], name="one_outcome_per_award_list_row")]

    def __str__(self) -> str:
        return f"{self.line} {self.code}"
