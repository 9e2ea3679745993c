from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.languages import interface_languages
from community.models.invitations import hashed


class GuestPassQuerySet(models.QuerySet):
    def for_token(self, token: str) -> "GuestPassQuerySet":
        """Return the pass with this token, in any state."""
        return self.filter(token_hash=hashed(token))

    def unrevoked(self) -> "GuestPassQuerySet":
        """Return passes that have not been revoked."""
        return self.filter(revoked_at=None)


class GuestPass(models.Model):
    """A personal link that admits a guest without an account, such as a speaker, to one event."""

    event = models.ForeignKey("events.EventPage", models.CASCADE, related_name="guest_passes")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("email"))
    language = models.CharField(_("language"), max_length=10, choices=interface_languages, default="en")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField(_("joined"), null=True)

    objects = GuestPassQuerySet.as_manager()

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email"],
                condition=models.Q(revoked_at=None),
                name="one_open_pass_per_guest_and_event",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_open(self, at: datetime | None = None) -> bool:
        """Return whether the link still admits its guest."""
        return self.revoked_at is None and self.expires_at > (at or timezone.now())
