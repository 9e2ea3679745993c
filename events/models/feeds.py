from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models.invitations import hashed


class FeedQuerySet(models.QuerySet):
    def for_token(self, token: str) -> "FeedQuerySet":
        """Return the feed with this token."""
        return self.filter(token_hash=hashed(token))


class Feed(models.Model):
    """A private URL from which calendar programs fetch a person's events; anyone who has it can read them.

    Only the URL contains the token; the database stores its hash. Renewing the token invalidates a leaked URL.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="event_feed")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return f"{self.user_id}"
