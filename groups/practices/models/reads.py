from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ReadCountQuerySet(models.QuerySet):
    def add_one(self, *, practice_id: int, day: date, country: str) -> None:
        """Count one reader more."""
        row = {"practice_id": practice_id, "day": day, "country": country}
        if not self.filter(**row).update(number=F("number") + 1):
            # Whoever comes second at the same moment counts on the first one's row.
            row, new = self.get_or_create(**row, defaults={"number": 1})
            if not new:
                self.filter(pk=row.pk).update(number=F("number") + 1)


class ReadCount(models.Model):
    """How many people read a practice on a day, by the country of their school; nothing about who they were."""

    practice = models.ForeignKey("practices.Practice", models.CASCADE, related_name="reads")
    day = models.DateField(_("day"))
    # Empty for visitors, of whom no country is known.
    country = models.CharField(_("country"), max_length=2, blank=True)
    number = models.PositiveIntegerField(_("readers"), default=0)

    objects = ReadCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("number of readers")
        verbose_name_plural = _("numbers of readers")
        constraints = [
            models.UniqueConstraint(fields=["practice", "day", "country"], name="one_read_count_per_day_and_country"),
            models.CheckConstraint(condition=Q(number__gt=0), name="a_read_count_counts_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.day} {self.number}"
