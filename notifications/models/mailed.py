from datetime import timedelta
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

# After this long a claim counts as abandoned; the mail server timeout is 20 seconds.
CLAIM_LASTS = timedelta(minutes=5)


class MailedQuerySet(models.QuerySet):
    def sendable(self) -> Self:
        """Return rows not yet emailed and not claimed by a running process."""
        free = Q(claimed_at=None) | Q(claimed_at__lt=timezone.now() - CLAIM_LASTS)
        return self.filter(free, emailed_at=None)

    def claim(self) -> bool:
        """Claim the rows for this process. Return False if they are sent or claimed by another process."""
        return bool(self.sendable().update(claimed_at=timezone.now()))

    def give_back(self) -> None:
        """Release the claim, so that the rows are retried."""
        self.update(claimed_at=None)


class Mailed(models.Model):
    """A row that becomes exactly one email, however many processes try (docs/decisions/0008)."""

    # Used in the Message-ID.
    MAIL_NAME = ""

    created_at = models.DateTimeField(default=timezone.now)
    # When a process began to send the email; the claim lasts for CLAIM_LASTS.
    claimed_at = models.DateTimeField(null=True)
    emailed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def mail_id(self) -> str:
        """Return the Message-ID. It is the same on every attempt, so that mail servers drop duplicates."""
        host = urlsplit(settings.SITE_URL).hostname
        return f"<{self.MAIL_NAME}-{self.pk}-{self.created_at:%Y%m%d%H%M%S}@{host}>"
