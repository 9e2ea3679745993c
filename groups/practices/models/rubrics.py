from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

HEAVIEST = 100


class Rubric(ClusterableModel):
    """One version of the criteria for scoring practices. A version is immutable once in use: a revision gets the next
    number, and reviews already begun keep their version."""

    number = models.PositiveIntegerField(_("version"), unique=True, editable=False)
    created_at = models.DateTimeField(_("in use since"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")
        ordering = ["-number"]

    def __str__(self) -> str:
        return gettext("Rubric, version %(number)d") % {"number": self.number}


class Criterion(Orderable):
    """A review criterion in both languages, with its relative weight."""

    rubric = ParentalKey(Rubric, on_delete=models.CASCADE, related_name="criteria")
    title_en = models.CharField(_("title in English"), max_length=80)
    title_tr = models.CharField(_("title in Turkish"), max_length=80, blank=True)
    guidance_en = models.TextField(_("guidance in English"), max_length=500)
    guidance_tr = models.TextField(_("guidance in Turkish"), max_length=500, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"),
        validators=[MinValueValidator(1), MaxValueValidator(HEAVIEST)],
        help_text=_("A criterion with weight 20 counts twice as much as one with weight 10."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weight__gte=1, weight__lte=HEAVIEST), name="criterion_weighs_something"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language, falling back to English."""
        return self._in_language("title")

    @property
    def guidance(self) -> str:
        return self._in_language("guidance")

    def _in_language(self, name: str) -> str:
        return getattr(self, f"{name}_{(get_language() or 'en')[:2]}", "") or getattr(self, f"{name}_en")
