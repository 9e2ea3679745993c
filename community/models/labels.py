from datetime import date, timedelta
from enum import Enum

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ..choices import Standing


class LabelState(Enum):
    """The state of a single label on a day."""

    TO_COME = "to come"
    RUNNING = "running"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


# First and last day, both inclusive.
Period = tuple[date, date]


def overlap(one: Period, other: Period) -> bool:
    """Return whether the periods share a day. `LabelQuerySet.overlapping` is the same rule in SQL."""
    return one[0] <= other[1] and other[0] <= one[1]


def day(at: date | None) -> date:
    """Return `at`, or today in UTC so that the answer is the same for everyone."""
    return at or timezone.now().date()


class LabelQuerySet(models.QuerySet):
    def covering(self, at: date | None = None) -> "LabelQuerySet":
        """Return labels whose period includes the day, withdrawn or not."""
        return self.filter(starts_on__lte=day(at), ends_on__gte=day(at))

    def overlapping(self, period: Period) -> "LabelQuerySet":
        """Return labels that share a day with the period, withdrawn or not."""
        starts_on, ends_on = period
        return self.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)

    def valid(self, at: date | None = None) -> "LabelQuerySet":
        """Return labels valid on the day."""
        return self.covering(at).exclude(revoked_on__lte=day(at))

    def revoked(self, at: date | None = None) -> "LabelQuerySet":
        """Return labels that would be valid on the day, but were withdrawn on or before it."""
        return self.covering(at).filter(revoked_on__lte=day(at))

    def in_grace(self, at: date | None = None) -> "LabelQuerySet":
        """Return labels that ended at most GRACE_DAYS before the day and were not withdrawn by then."""
        begin = day(at) - timedelta(days=settings.GRACE_DAYS)
        return self.filter(ends_on__lt=day(at), ends_on__gte=begin).exclude(revoked_on__lte=day(at))


class Label(models.Model):
    """One label period of a school. Periods of a school never overlap, which a database constraint enforces too."""

    school = ParentalKey("community.School", on_delete=models.CASCADE, related_name="labels", verbose_name=_("school"))
    edition = models.CharField(
        _("edition"), max_length=20, help_text=_("As named by the support organisation, for example 2025–2026.")
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), help_text=_("The last day of the period."))
    revoked_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    revoked_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = LabelQuerySet.as_manager()

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="label_ends_after_it_starts",
                violation_error_message=_("The end date can’t be before the start date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.edition}"

    @property
    def period(self) -> Period:
        return self.starts_on, self.ends_on

    def state_on(self, at: date | None = None) -> LabelState:
        """Return the label's state on the day. From the day of withdrawal, WITHDRAWN takes precedence."""
        if self.revoked_on and self.revoked_on <= day(at):
            return LabelState.WITHDRAWN
        if self.starts_on > day(at):
            return LabelState.TO_COME
        return LabelState.RUNNING if self.ends_on >= day(at) else LabelState.ENDED

    def clean(self) -> None:
        if not (self.school_id and self.starts_on and self.ends_on):
            return
        others = Label.objects.filter(school_id=self.school_id).exclude(pk=self.pk)
        clash = others.overlapping(self.period).first()
        if clash:
            raise ValidationError(
                _("This period overlaps with the same school’s %(edition)s label."),
                params={"edition": clash.edition},
            )

    def revoke(self, *, reason: str, at: date | None = None) -> None:
        """Withdraw the label from the day on, and save. The period stays on record."""
        self.revoked_on = day(at)
        self.revoked_reason = reason
        self.save(update_fields=["revoked_on", "revoked_reason"])


def standing_of(school_ref: str, at: date | None = None) -> Case:
    """Return a SQL expression for the Standing, on the day, of the school that `school_ref` refers to.

    A withdrawn label takes precedence over the grace period of an earlier one.
    """
    labels = Label.objects.filter(school=OuterRef(school_ref))
    return Case(
        When(Exists(labels.valid(at)), then=Value(Standing.LABELLED.value)),
        When(Exists(labels.revoked(at)), then=Value(Standing.REVOKED.value)),
        When(Exists(labels.in_grace(at)), then=Value(Standing.GRACE.value)),
        default=Value(Standing.LAPSED.value),
        output_field=models.CharField(),
    )
