from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Recipients(models.TextChoices):
    CONFIRMED = "confirmed", _("everyone with a place")
    WAITING = "waiting", _("the waiting list")
    RUNNING = "running", _("everyone with a place and the waiting list")
    ATTENDED = "attended", _("everyone who took part")


class Announcement(models.Model):
    """A message from an organiser to an event's participants. The same text counts as one, however often it is sent."""

    event = models.ForeignKey("events.EventPage", models.CASCADE, related_name="announcements")
    recipients = models.CharField(_("to"), max_length=10, choices=Recipients, default=Recipients.CONFIRMED)
    subject = models.CharField(_("subject"), max_length=120)
    text = models.TextField(_("message"), max_length=4000)
    digest = models.CharField(max_length=64, editable=False)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("message to participants")
        verbose_name_plural = _("messages to participants")
        ordering = ["-sent_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["event", "digest"], name="each_announcement_once")]

    def __str__(self) -> str:
        return self.subject
