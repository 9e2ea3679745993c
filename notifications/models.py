from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# How long a process may be at sending one mail before others think it dead; mail servers are given 20 seconds.
CLAIM_LASTS = timedelta(minutes=5)


class MessageQuerySet(models.QuerySet):
    def inbox_of(self, user) -> "MessageQuerySet":
        """What a person was told, newest first."""
        return self.filter(recipient=user).order_by("-pk")

    def unread(self) -> "MessageQuerySet":
        return self.filter(read_at=None)

    def sendable(self) -> "MessageQuerySet":
        """What still has to be mailed and no living process is sending."""
        free = Q(claimed_at=None) | Q(claimed_at__lt=timezone.now() - CLAIM_LASTS)
        return self.filter(free, emailed_at=None)

    def told(self, key: str) -> "MessageQuerySet":
        """What people were told under this key."""
        return self.filter(key=key)


class Message(models.Model):
    """One thing told to one person, already rendered in their language. `key` says what about: it is told once."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="messages_received")
    address = models.EmailField(_("e-mail"))
    kind = models.CharField(max_length=80, help_text="The message's folder below templates/email/.")
    key = models.CharField(max_length=120)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    # When a process began to send the mail; it counts for CLAIM_LASTS.
    claimed_at = models.DateTimeField(null=True)
    emailed_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="told_once_per_person"),
            models.UniqueConstraint(
                fields=["address", "key"], condition=Q(recipient=None), name="told_once_per_address"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def mail_id(self) -> str:
        """The mail's Message-ID, the same however often it is sent: mail servers drop the second copy."""
        host = urlsplit(settings.SITE_URL).hostname
        return f"<message-{self.pk}-{self.created_at:%Y%m%d%H%M%S}@{host}>"
