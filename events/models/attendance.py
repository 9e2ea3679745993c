from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AttendanceLineQuerySet(models.QuerySet):
    def open(self) -> "AttendanceLineQuerySet":
        """Lines of which nobody has said yet who they are."""
        return self.filter(registration=None, dismissed_at=None)


class AttendanceLine(models.Model):
    """One person of a conference provider's list of who took part, matched with a registration or still unknown."""

    event = models.ForeignKey("events.EventPage", models.CASCADE, related_name="attendance_lines")
    registration = models.ForeignKey("events.Registration", models.SET_NULL, null=True, related_name="+")
    # Where the line stood in the file that brought it last.
    line = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254, blank=True)
    minutes = models.PositiveIntegerField(null=True)
    imported_at = models.DateTimeField(default=timezone.now)
    dismissed_at = models.DateTimeField(null=True)

    objects = AttendanceLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of an attendance list")
        verbose_name_plural = _("lines of attendance lists")
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["event", "name", "email"], name="one_line_per_name_and_address")]

    def __str__(self) -> str:
        return self.name
