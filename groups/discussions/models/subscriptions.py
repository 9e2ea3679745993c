from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PracticeSubscription(models.Model):
    """A subscription to comments on another author's practice."""

    practice = models.ForeignKey("practices.Practice", models.CASCADE, related_name="subscriptions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="practice_subscriptions")

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [models.UniqueConstraint(fields=["practice", "user"], name="subscribed_to_practice_once")]

    def __str__(self) -> str:
        return f"{self.user_id} hears of {self.practice_id}"
