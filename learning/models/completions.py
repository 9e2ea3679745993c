from django.conf import settings
from django.db import models
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CompletionQuerySet(models.QuerySet):
    def of(self, user) -> "CompletionQuerySet":
        """Return a person's completions, latest first."""
        return self.filter(user=user).order_by("-completed_at", "-pk")

    def total_minutes(self) -> int:
        """Return the sum of the minutes."""
        return self.aggregate(total=Sum("minutes"))["total"] or 0


class Completion(models.Model):
    """A resource that a person completed. Title and minutes are snapshots, so later edits don't change the record."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="completions", verbose_name=_("person")
    )
    page = models.ForeignKey(
        "learning.ResourcePage", models.SET_NULL, null=True, related_name="completions", verbose_name=_("resource")
    )
    title = models.CharField(_("title"), max_length=255)
    language = models.CharField(_("language of the title"), max_length=5)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    completed_at = models.DateTimeField(_("done"), default=timezone.now)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="done_once_per_person")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.title}"
