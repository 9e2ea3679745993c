from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import Role
from .labels import standing_of


class Confirmation(models.TextChoices):
    """The party that confirmed the membership; practice differs between countries."""

    LEAD = "lead", _("school lead")
    ORGANISATION = "organisation", _("support organisation")
    IMPORT = "import", _("award list")


class MembershipQuerySet(models.QuerySet):
    def active(self) -> "MembershipQuerySet":
        """Return memberships that have begun and not ended, whatever the school's standing."""
        return self.filter(began_at__lte=timezone.now()).exclude(ended_at__lte=timezone.now())

    def with_standing(self, at: date | None = None) -> "MembershipQuerySet":
        """Annotate `standing`, the school's standing on the day."""
        return self.annotate(standing=standing_of("school_id", at))


class Membership(models.Model):
    """A person's membership of a school. Ended memberships are kept as history."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    school = models.ForeignKey("community.School", models.CASCADE, related_name="memberships", verbose_name=_("school"))
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.TEACHER)
    confirmed_by = models.CharField(_("confirmed by"), max_length=15, choices=Confirmation)
    began_at = models.DateTimeField(_("began"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "school"], condition=Q(ended_at=None), name="one_running_membership_per_school"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")), name="membership_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.get_role_display()} {self.school_id}"
