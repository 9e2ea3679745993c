from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import translate_url
from django.utils.translation import get_language, get_language_from_path, override
from django.utils.translation import gettext_lazy as _

from ..plain_text import plain_text
from .digests import Digest
from .mailed import Mailed, MailedQuerySet
from .preferences import Frequency


class MessageQuerySet(MailedQuerySet):
    def inbox_of(self, user) -> "MessageQuerySet":
        """Return the person's messages, newest first."""
        return self.filter(recipient=user).order_by("-pk")

    def unread(self) -> "MessageQuerySet":
        return self.filter(read_at=None)

    def sendable(self) -> "MessageQuerySet":
        """Return messages to email individually, excluding those for a digest or for the inbox only."""
        return super().sendable().filter(frequency=Frequency.AT_ONCE)

    def awaiting_digest(self, frequency: Frequency, before: datetime) -> "MessageQuerySet":
        """Return messages created before the given time for active people, and not in a digest yet."""
        return self.filter(frequency=frequency, digest=None, created_at__lt=before, recipient__is_active=True)

    def told(self, key: str) -> "MessageQuerySet":
        """Return messages with this key."""
        return self.filter(key=key)


class Message(Mailed):
    """One message to one person, with its email in their language. `key` identifies the occasion and is used once.

    The line shown in the inbox and in digests is stored in every language (`lines`), because people change language and
    what it is about may be gone by then.
    """

    MAIL_NAME = "message"

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="messages_received")
    address = models.EmailField(_("email"))
    kind = models.CharField(max_length=80, help_text="The message's folder below templates/email/.")
    key = models.CharField(max_length=120)
    subject = models.CharField(max_length=200)
    # By language. Messages without an inbox have none; older ones have only the recipient's language at the time.
    lines = models.JSONField(default=dict)
    html = models.TextField()
    url = models.CharField(max_length=300, blank=True)
    # The object the message is about, if it can be hidden from the recipient later: "app.model" and primary key.
    about_model = models.CharField(max_length=60, blank=True)
    about_id = models.PositiveBigIntegerField(null=True)
    # Set to the person's preference just before sending.
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.AT_ONCE)
    digest = models.ForeignKey(Digest, models.SET_NULL, null=True, related_name="messages")
    read_at = models.DateTimeField(null=True)

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
        indexes = [
            models.Index(fields=["frequency", "created_at"], condition=Q(digest=None), name="message_awaiting_digest")
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def text(self) -> str:
        """Return the email as plain text."""
        return plain_text(self.html)

    @property
    def line(self) -> str:
        """Return the line in the active language, falling back to the subject as emailed."""
        return self.lines.get(get_language(), self.subject)

    @property
    def path(self) -> str:
        """Return the URL path in the active language."""
        # Django resolves a localised URL only while its language is active.
        active = get_language()
        with override(get_language_from_path(self.url)):
            return translate_url(self.url, active)

    @property
    def line_language(self) -> str:
        """Return the line's language if it is known and not the active one."""
        return "" if get_language() in self.lines else next(iter(self.lines), "")
