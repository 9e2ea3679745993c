from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# An edit lock expires after this long without a heartbeat; an open form sends one every half minute.
SILENCE = timedelta(minutes=2)


class EditLockQuerySet(models.QuerySet):
    def running(self, at: datetime | None = None) -> "EditLockQuerySet":
        """Return the locks with a heartbeat in the last two minutes."""
        return self.filter(heartbeat__gt=(at or timezone.now()) - SILENCE)


class EditLock(models.Model):
    """The edit lock on a practice: one holder at a time, until it expires or another author takes over."""

    practice = models.OneToOneField("practices.Practice", models.CASCADE, primary_key=True, related_name="edit_lock")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("editor"))
    since = models.DateTimeField(_("since"), default=timezone.now)
    heartbeat = models.DateTimeField(_("last active"), default=timezone.now)
    # Autosaves overwrite this revision: a new one every few seconds would bury the history.
    revision = models.ForeignKey("wagtailcore.Revision", models.SET_NULL, null=True, related_name="+")

    objects = EditLockQuerySet.as_manager()

    class Meta:
        verbose_name = _("edit lock")
        verbose_name_plural = _("edit locks")

    def __str__(self) -> str:
        return f"{self.practice_id} {self.holder_id}"

    def is_running(self, at: datetime | None = None) -> bool:
        """Return whether the last heartbeat is less than two minutes old."""
        return self.heartbeat > (at or timezone.now()) - SILENCE


class ConflictCopy(models.Model):
    """A conflict copy: text its author could not save because the practice had changed or was locked. Only they can
    restore, copy or discard it. `body` is the form as posted."""

    practice = models.ForeignKey("practices.Practice", models.CASCADE, related_name="conflict_copies")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # Identifies one open form; a later post replaces its copy.
    window = models.UUIDField()
    step = models.CharField(max_length=20)
    body = models.TextField()
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved text")
        ordering = ["-kept_at"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "person", "window", "step"], name="conflict_copy_once_per_form")
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.person_id} {self.step}"
