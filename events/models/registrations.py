from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import Membership, Standing


class State(models.TextChoices):
    CONFIRMED = "confirmed", _("has a place")
    WAITING = "waiting", _("on the waiting list")
    CANCELLED = "cancelled", _("cancelled")


class Window(models.TextChoices):
    """Whether an event takes registrations, computed from its times."""

    NOT_YET = "not_yet", _("registration has not opened yet")
    OPEN = "open", _("registration is open")
    CLOSED = "closed", _("registration is closed")
    OVER = "over", _("the event is over")


class RegistrationQuerySet(models.QuerySet):
    def confirmed(self) -> "RegistrationQuerySet":
        """Registrations that hold a place."""
        return self.filter(state=State.CONFIRMED)

    def waiting(self) -> "RegistrationQuerySet":
        """Registrations that wait for a place, the next one first."""
        return self.filter(state=State.WAITING).order_by("turn")

    def of_contributors(self) -> "RegistrationQuerySet":
        """Registrations of people who act today for the school they registered for: `acts_for` in one query."""
        memberships = Membership.objects.active().with_standing().filter(standing=Standing.LABELLED)
        own = memberships.filter(user=OuterRef("user"), school=OuterRef("school"))
        return self.filter(Exists(own), user__is_active=True)

    def running(self) -> "RegistrationQuerySet":
        """Registrations that hold a place or wait for one."""
        return self.exclude(state=State.CANCELLED)

    def of(self, user) -> "RegistrationQuerySet":
        """A person's registrations."""
        return self.filter(user=user)

    def coming(self, at: datetime | None = None) -> "RegistrationQuerySet":
        """Running registrations for events that have not ended, the next event first; with the event."""
        return (
            self.running()
            .filter(event__ends_at__gt=at or timezone.now(), event__live=True)
            .select_related("event")
            .order_by("event__starts_at", "pk")
        )

    def with_position(self) -> "RegistrationQuerySet":
        """Annotate `position`: the place on the waiting list, counted from 1; meaningless in other states."""
        ahead = Registration.objects.waiting().filter(event=OuterRef("event"), turn__lt=OuterRef("turn"))
        return self.annotate(position=_number_per_event(ahead) + Value(1))

    def number_for_event(self) -> Coalesce:
        """SQL expression, in a query of events, for how many of these registrations each event has."""
        return _number_per_event(self.filter(event=OuterRef("pk")))


def _number_per_event(rows: RegistrationQuerySet) -> Coalesce:
    counted = rows.order_by().values("event").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


class Registration(models.Model):
    """A person's registration for an event, in a school's name. One per person and event, whatever becomes of it."""

    event = models.ForeignKey("events.EventPage", models.PROTECT, related_name="registrations", verbose_name=_("event"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="registrations", verbose_name=_("person")
    )
    school = models.ForeignKey("community.School", models.PROTECT, related_name="+", verbose_name=_("school"))
    state = models.CharField(_("state"), max_length=10, choices=State)
    # Which chair: the database gives none away twice, even to code that forgot to lock the event.
    seat = models.PositiveIntegerField(null=True, editable=False)
    # The order of registering within the event; who comes back after cancelling takes a new turn.
    turn = models.PositiveIntegerField(editable=False)
    # How often the person registered; each time they are told afresh.
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("registered"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("place given"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    attended_at = models.DateTimeField(_("joined"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.UniqueConstraint(fields=["event", "user"], name="one_registration_per_person"),
            models.UniqueConstraint(fields=["event", "seat"], name="one_person_per_seat"),
            models.UniqueConstraint(fields=["event", "turn"], name="one_registration_per_turn"),
            models.CheckConstraint(
                condition=Q(state=State.CONFIRMED, seat__isnull=False) | (~Q(state=State.CONFIRMED) & Q(seat=None)),
                name="a_seat_for_the_confirmed_and_nobody_else",
            ),
        ]
        indexes = [models.Index(fields=["event", "state", "turn"], name="registration_queue")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.state} {self.event_id}"

    @property
    def is_confirmed(self) -> bool:
        return self.state == State.CONFIRMED

    @property
    def is_waiting(self) -> bool:
        return self.state == State.WAITING

    @property
    def is_cancelled(self) -> bool:
        return self.state == State.CANCELLED
