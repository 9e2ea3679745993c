from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Frequency(models.TextChoices):
    AT_ONCE = "at_once", _("straight away")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NEVER = "never", _("never")

    @property
    def is_digest(self) -> bool:
        return self in {Frequency.DAILY, Frequency.WEEKLY}


class Preference(models.Model):
    """A person's email frequency for a topic. Without a row, the topic's default applies."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preferences")
    topic = models.CharField(max_length=40)
    frequency = models.CharField(max_length=10, choices=Frequency)
    # An unsubscribe link issued before this choice does not override it.
    chosen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("email preference")
        verbose_name_plural = _("email preferences")
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="one_choice_per_topic")]

    def __str__(self) -> str:
        return f"{self.topic} {self.frequency}"
