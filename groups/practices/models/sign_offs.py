from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SignOffWish(models.Model):
    """A school's choice to have a lead sign off practices before review; without a row there is no sign-off."""

    school = models.OneToOneField("community.School", models.CASCADE, related_name="+", verbose_name=_("school"))
    wanted = models.BooleanField(_("a school lead signs off first"), default=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("school sign-off setting")
        verbose_name_plural = _("school sign-off settings")

    def __str__(self) -> str:
        return f"{self.school_id}: {self.wanted}"
