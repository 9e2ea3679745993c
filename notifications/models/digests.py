from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .mailed import Mailed, MailedQuerySet
from .preferences import Frequency


class Digest(Mailed):
    """One mail with what a day or a week brought a person. Its text is written when it is sent, and not kept."""

    MAIL_NAME = "digest"

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    frequency = models.CharField(max_length=10, choices=Frequency)
    # The recipient's own calendar day on which it became due.
    day = models.DateField()

    objects = MailedQuerySet.as_manager()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [models.UniqueConstraint(fields=["recipient", "frequency", "day"], name="one_digest_per_period")]

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.frequency} {self.day}"
