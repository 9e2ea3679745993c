from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from .placed import PlacedQuerySet


class Subscription(models.Model):
    """A subscription to the comments in a place."""

    place_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", db_index=False)
    place_id = models.PositiveBigIntegerField()
    place = GenericForeignKey("place_type", "place_id")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="discussion_subscriptions")

    objects = PlacedQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [models.UniqueConstraint(fields=["place_type", "place_id", "user"], name="subscribed_once")]

    def __str__(self) -> str:
        return f"{self.user_id} hears of {self.place_type_id} {self.place_id}"
