from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ReadCountQuerySet(models.QuerySet):
    def add_one(self, *, practice_id: int, day: date, country: str) -> None:
        """Count one more reader for the practice, day and country."""
        row = {"practice_id": practice_id, "day": day, "country": country}
        if not self.filter(**row).update(number=F("number") + 1):
            # In a race, the loser increments the row that the winner created.
            row, new = self.get_or_create(**row, defaults={"number": 1})
            if not new:
                self.filter(pk=row.pk).update(number=F("number") + 1)


class ReadCount(models.Model):
    """Readers of a practice per day and country of their school; nothing identifies a reader."""

    practice = models.ForeignKey("practices.Practice", models.CASCADE, related_name="reads")
    day = models.DateField(_("day"))
    # Empty for visitors, whose country is unknown.
    country = models.CharField(_("country"), max_length=2, blank=True)
    number = models.PositiveIntegerField(_("readers"), default=0)

    objects = ReadCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader count")
        verbose_name_plural = _("reader counts")
        constraints = [
            models.UniqueConstraint(fields=["practice", "day", "country"], name="one_read_count_per_day_and_country"),
            models.CheckConstraint(condition=Q(number__gt=0), name="a_read_count_counts_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.day} {self.number}"
