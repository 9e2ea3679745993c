from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Feedback(models.Model):
    """Feedback from a member or visitor about a page they could not use."""

    message = models.TextField(_("what happened"), max_length=5000)
    page = models.CharField(_("where"), max_length=500, blank=True)
    email = models.EmailField(_("email for a reply"), blank=True)
    language = models.CharField(_("language"), max_length=10)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, verbose_name=_("person")
    )
    created_at = models.DateTimeField(_("received"), default=timezone.now, editable=False, db_index=True)
    answer = models.TextField(_("what was done"), blank=True, help_text=_("For the other moderators."))
    settled_at = models.DateTimeField(_("dealt with"), null=True, blank=True)

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.message[:80]
