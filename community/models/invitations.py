import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import Role
from ..languages import interface_languages
from .memberships import Confirmation

VALID_FOR = timedelta(days=7)


def hashed(token: str) -> str:
    """Hash a token for storage, so that a leaked database opens no invitation."""
    return hashlib.sha256(token.encode()).hexdigest()


def default_expiry() -> datetime:
    return timezone.now() + VALID_FOR


class InvitationQuerySet(models.QuerySet):
    def unused(self) -> "InvitationQuerySet":
        """Return invitations neither used nor withdrawn, expired ones included."""
        return self.filter(used_at=None, withdrawn_at=None)

    def open(self) -> "InvitationQuerySet":
        """Return invitations that can still be accepted."""
        return self.unused().filter(expires_at__gt=timezone.now())

    def sent_lately(self, by) -> "InvitationQuerySet":
        """Return invitations the person sent in the last 24 hours, whatever their state."""
        return self.filter(invited_by=by, created_at__gt=timezone.now() - timedelta(days=1))

    def for_token(self, token: str) -> "InvitationQuerySet":
        """Return the invitation for this token, whatever its state."""
        return self.filter(token_hash=hashed(token))


class Invitation(models.Model):
    """A single-use offer to join a school, for one address, valid for seven days."""

    school = models.ForeignKey("community.School", models.CASCADE, related_name="invitations", verbose_name=_("school"))
    email = models.EmailField(_("email"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.TEACHER)
    confirmed_by = models.CharField(_("confirmed by"), max_length=15, choices=Confirmation)
    language = models.CharField(_("language"), max_length=10, choices=interface_languages, default="en")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=default_expiry)
    used_at = models.DateTimeField(null=True, editable=False)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        indexes = [models.Index(fields=["school", "expires_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "email"],
                condition=Q(used_at=None, withdrawn_at=None),
                name="one_unused_invitation_per_school_and_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.school_id}"

    @property
    def is_open(self) -> bool:
        return self.used_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()
