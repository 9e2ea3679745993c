from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .mailed import Mailed, MailedQuerySet
from .preferences import Frequency


class Digest(Mailed):
    """One email summarising a person's day or week. Its text is rendered when it is sent, and not stored."""

    MAIL_NAME = "digest"

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    frequency = models.CharField(max_length=10, choices=Frequency)
    # The due date in the recipient's time zone.
    day = models.DateField()

    objects = MailedQuerySet.as_manager()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [models.UniqueConstraint(fields=["recipient", "frequency", "day"], name="one_digest_per_period")]

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.frequency} {self.day}"
