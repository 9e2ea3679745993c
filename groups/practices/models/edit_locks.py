from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Who has been silent for so long does not write any more; an open form says every half minute that it is there.
SILENCE = timedelta(minutes=2)


class EditingLeaseQuerySet(models.QuerySet):
    def running(self, at: datetime | None = None) -> "EditingLeaseQuerySet":
        """Leases whose holder was heard within the last two minutes."""
        return self.filter(heartbeat__gt=(at or timezone.now()) - SILENCE)


class EditingLease(models.Model):
    """Who writes on a practice now: one person at a time, until they are silent or somebody takes over."""

    practice = models.OneToOneField("practices.Practice", models.CASCADE, primary_key=True, related_name="lease")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("writes"))
    since = models.DateTimeField(_("since"), default=timezone.now)
    heartbeat = models.DateTimeField(_("last heard"), default=timezone.now)
    # What this sitting saves into: a version for every few seconds would bury the history.
    revision = models.ForeignKey("wagtailcore.Revision", models.SET_NULL, null=True, related_name="+")

    objects = EditingLeaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("editing lease")
        verbose_name_plural = _("editing leases")

    def __str__(self) -> str:
        return f"{self.practice_id} {self.holder_id}"

    def is_running(self, at: datetime | None = None) -> bool:
        """Whether its holder was heard within the last two minutes."""
        return self.heartbeat > (at or timezone.now()) - SILENCE


class KeptWords(models.Model):
    """What somebody typed and could not save, because somebody else had changed the practice: theirs to copy from, to
    put in or to throw away. `body` is the form as it was posted."""

    practice = models.ForeignKey("practices.Practice", models.CASCADE, related_name="kept_words")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # One open form, which may come again with more.
    window = models.UUIDField()
    step = models.CharField(max_length=20)
    body = models.TextField()
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("kept words")
        verbose_name_plural = _("kept words")
        ordering = ["-kept_at"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "person", "window", "step"], name="kept_words_once_per_form")
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.person_id} {self.step}"
