from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AttendanceLineQuerySet(models.QuerySet):
    def open(self) -> "AttendanceLineQuerySet":
        """Return lines not yet identified or dismissed."""
        return self.filter(registration=None, dismissed_at=None)


class AttendanceLine(models.Model):
    """A person on a conference provider's attendance list, matched to a registration or still unidentified."""

    event = models.ForeignKey("events.EventPage", models.CASCADE, related_name="attendance_lines")
    registration = models.ForeignKey("events.Registration", models.SET_NULL, null=True, related_name="+")
    # Line number in the most recently imported file.
    line = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254, blank=True)
    minutes = models.PositiveIntegerField(null=True)
    imported_at = models.DateTimeField(default=timezone.now)
    dismissed_at = models.DateTimeField(null=True)

    objects = AttendanceLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance list entry")
        verbose_name_plural = _("attendance list entries")
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["event", "name", "email"], name="one_line_per_name_and_address")]

    def __str__(self) -> str:
        return self.name
