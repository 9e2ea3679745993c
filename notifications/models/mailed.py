from datetime import timedelta
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

# How long a process may be at sending one mail before others think it dead; mail servers are given 20 seconds.
CLAIM_LASTS = timedelta(minutes=5)


class MailedQuerySet(models.QuerySet):
    def sendable(self) -> Self:
        """What still has to be mailed and no living process is sending."""
        free = Q(claimed_at=None) | Q(claimed_at__lt=timezone.now() - CLAIM_LASTS)
        return self.filter(free, emailed_at=None)

    def claim(self) -> bool:
        """Take the rows for this process; False when they are sent, or another process is at them."""
        return bool(self.sendable().update(claimed_at=timezone.now()))

    def give_back(self) -> None:
        """Leave the rows to the next try."""
        self.update(claimed_at=None)


class Mailed(models.Model):
    """A row that becomes one mail, however many processes try (docs/decisions/0008)."""

    # Stands in the Message-ID.
    MAIL_NAME = ""

    created_at = models.DateTimeField(default=timezone.now)
    # When a process began to send the mail; it counts for CLAIM_LASTS.
    claimed_at = models.DateTimeField(null=True)
    emailed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def mail_id(self) -> str:
        """The mail's Message-ID, the same however often it is sent: mail servers drop the second copy."""
        host = urlsplit(settings.SITE_URL).hostname
        return f"<{self.MAIL_NAME}-{self.pk}-{self.created_at:%Y%m%d%H%M%S}@{host}>"
