from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedPractice(models.Model):
    """A practice saved by a person. Others see only the number of saves."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_practices")
    practice = models.ForeignKey("practices.Practice", models.CASCADE, related_name="saves")
    created_at = models.DateTimeField(_("saved"), auto_now_add=True)

    class Meta:
        verbose_name = _("saved practice")
        verbose_name_plural = _("saved practices")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "practice"], name="saved_once_per_person")]

    def __str__(self) -> str:
        return f"{self.user_id} saved {self.practice_id}"
