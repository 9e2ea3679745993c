from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import translate_url
from django.utils.translation import get_language, get_language_from_path, override
from django.utils.translation import gettext_lazy as _

from .digests import Digest
from .mailed import Mailed, MailedQuerySet
from .preferences import Frequency


class MessageQuerySet(MailedQuerySet):
    def inbox_of(self, user) -> "MessageQuerySet":
        """What a person was told, newest first."""
        return self.filter(recipient=user).order_by("-pk")

    def unread(self) -> "MessageQuerySet":
        return self.filter(read_at=None)

    def sendable(self) -> "MessageQuerySet":
        """What has to be mailed by itself; what waits for a digest, or is for the inbox alone, is not."""
        return super().sendable().filter(frequency=Frequency.AT_ONCE)

    def awaiting_digest(self, frequency: Frequency, before: datetime) -> "MessageQuerySet":
        """What was told before the moment to people who may sign in, and is in no digest yet."""
        return self.filter(frequency=frequency, digest=None, created_at__lt=before, recipient__is_active=True)

    def told(self, key: str) -> "MessageQuerySet":
        """What people were told under this key."""
        return self.filter(key=key)


class Message(Mailed):
    """One thing told to one person, with its mail in their language. `key` says what about: it is told once.

    Its line in the inbox and in digests is kept in every language (`lines`), because people change theirs, and what a
    message tells of may be gone by then.
    """

    MAIL_NAME = "message"

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="messages_received")
    address = models.EmailField(_("e-mail"))
    kind = models.CharField(max_length=80, help_text="The message's folder below templates/email/.")
    key = models.CharField(max_length=120)
    subject = models.CharField(max_length=200)
    # By language. Messages without an inbox have none, those of older days only the one their reader had then.
    lines = models.JSONField(default=dict)
    text = models.TextField()
    html = models.TextField()
    url = models.CharField(max_length=300, blank=True)
    # What it tells of, when that can be hidden from the recipient later: "app.model" and its primary key.
    about_model = models.CharField(max_length=60, blank=True)
    about_id = models.PositiveBigIntegerField(null=True)
    # Becomes the person's choice when the mail is about to be sent.
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
    def line(self) -> str:
        """What it says in the active language, or else as it was mailed."""
        return self.lines.get(get_language(), self.subject)

    @property
    def path(self) -> str:
        """Where it leads, inside the interface of the active language."""
        # Django recognises an address only while its own language is the active one.
        active = get_language()
        with override(get_language_from_path(self.url)):
            return translate_url(self.url, active)

    @property
    def line_language(self) -> str:
        """The line's own language, where it is known and not the active one."""
        return "" if get_language() in self.lines else next(iter(self.lines), "")
