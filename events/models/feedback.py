from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Avg, Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# With fewer answers an organiser could tell who wrote what.
SHOWN_FROM = 5
STARS = (MinValueValidator(1), MaxValueValidator(5))


class FeedbackQuerySet(models.QuerySet):
    def for_event(self, event_id: int) -> "FeedbackQuerySet":
        """Return the feedback on one event."""
        return self.filter(registration__event=event_id)

    def averages(self) -> dict[str, float | int | None]:
        """Return the number of answers, and the mean of each question from 1 to 5."""
        return self.aggregate(
            number=Count("pk"), overall=Avg("overall"), useful=Avg("useful"), technique=Avg("technique")
        )

    def counts_of_overall(self) -> list[tuple[int, int]]:
        """Count the answers per overall star rating, five stars first."""
        counted = dict(self.order_by().values_list("overall").annotate(number=Count("pk")))
        return [(stars, counted.get(stars, 0)) for stars in range(5, 0, -1)]


class Feedback(models.Model):
    """A participant's feedback. Its author is shown only to themselves."""

    registration = models.OneToOneField("events.Registration", models.CASCADE, related_name="feedback")
    overall = models.PositiveSmallIntegerField(_("How was the event overall?"), validators=STARS)
    useful = models.PositiveSmallIntegerField(_("Can you use it at your school?"), validators=STARS)
    technique = models.PositiveSmallIntegerField(_("Did the call, sound and video work?"), validators=STARS)
    liked = models.TextField(_("What will you try at your school?"), max_length=1000, blank=True)
    better = models.TextField(_("What could be better next time?"), max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        constraints = [
            models.CheckConstraint(
                condition=Q(overall__range=(1, 5), useful__range=(1, 5), technique__range=(1, 5)),
                name="feedback_has_one_to_five_stars",
            )
        ]

    def __str__(self) -> str:
        return f"{self.overall}/5"
