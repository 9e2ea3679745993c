from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.access import READS
from community.models import Membership, Standing

from .kinds import Admits

if TYPE_CHECKING:
    from .pages import EventPage


class State(models.TextChoices):
    CONFIRMED = "confirmed", _("has a place")
    OFFERED = "offered", _("has been offered a place")
    WAITING = "waiting", _("on the waiting list")
    CANCELLED = "cancelled", _("cancelled")


# An offered place is reserved until the person answers.
SEATED = (State.CONFIRMED, State.OFFERED)


class Window(models.TextChoices):
    """State of an event's registration period, computed from its times."""

    CANCELLED = "cancelled", _("the event has been cancelled")
    NOT_YET = "not_yet", _("registration hasn’t opened yet")
    OPEN = "open", _("registration is open")
    CLOSED = "closed", _("registration is closed")
    OVER = "over", _("the event is over")


class RegistrationQuerySet(models.QuerySet):
    def confirmed(self) -> "RegistrationQuerySet":
        """Return registrations with a place."""
        return self.filter(state=State.CONFIRMED)

    def attended(self) -> "RegistrationQuerySet":
        """Return registrations of people who took part."""
        return self.confirmed().exclude(attended_at=None)

    def missed(self) -> "RegistrationQuerySet":
        """Return registrations of people who had a place but didn't come; meaningful once the event is over."""
        return self.confirmed().filter(attended_at=None)

    def earned(self) -> "RegistrationQuerySet":
        """Return registrations that earned a certificate: the person took part and gave feedback."""
        return self.attended().filter(feedback__isnull=False)

    def offered(self) -> "RegistrationQuerySet":
        """Return registrations with a place offered but not yet accepted."""
        return self.filter(state=State.OFFERED)

    def seated(self) -> "RegistrationQuerySet":
        """Return registrations that occupy a seat: confirmed and offered ones."""
        return self.filter(state__in=SEATED)

    def past_deadline(self, at: datetime | None = None) -> "RegistrationQuerySet":
        """Return offered registrations whose deadline has passed; they can no longer be accepted."""
        return self.offered().filter(offer_expires_at__lte=at or timezone.now())

    def waiting(self) -> "RegistrationQuerySet":
        """Return registrations on the waiting list, in order of turn."""
        return self.filter(state=State.WAITING).order_by("turn")

    def of_schools_standing(self, standings: Iterable[str]) -> "RegistrationQuerySet":
        """Return registrations of people still at the school they registered for, if its standing is one of these."""
        memberships = Membership.objects.active().with_standing().filter(standing__in=standings)
        own = memberships.filter(user=OuterRef("user"), school=OuterRef("school"))
        return self.filter(Exists(own), user__is_active=True)

    def of_contributors(self) -> "RegistrationQuerySet":
        """Return registrations of people who can act for their school today: `acts_for` in one query."""
        return self.of_schools_standing([Standing.LABELLED])

    def of_readers(self) -> "RegistrationQuerySet":
        """Return registrations of people who can at least read, including schools in grace."""
        return self.of_schools_standing(READS)

    def admitted_to(self, event: "EventPage") -> "RegistrationQuerySet":
        """Return registrations of people the event admits today: admission.belongings_for in one query."""
        if event.admits == Admits.LABELLED:
            return self.of_contributors()
        if event.admits == Admits.GRACE:
            return self.of_readers()
        people = event.invited_people.through.objects.filter(eventpage=event.pk).values("user")
        schools = event.invited_schools.through.objects.filter(eventpage=event.pk).values("school")
        return self.of_readers().filter(Q(user__in=people) | Q(school__in=schools))

    def untold_of_times(self, event: "EventPage") -> "RegistrationQuerySet":
        """Return registrations of people last told different times from the event's current ones."""
        return self.exclude(told_starts_at=event.starts_at, told_ends_at=event.ends_at)

    def running(self) -> "RegistrationQuerySet":
        """Return registrations that are not cancelled."""
        return self.exclude(state=State.CANCELLED)

    def of(self, user) -> "RegistrationQuerySet":
        """Return a person's registrations."""
        return self.filter(user=user)

    def coming(self, at: datetime | None = None) -> "RegistrationQuerySet":
        """Return running registrations for coming events, soonest first; selects the event."""
        return (
            self.running()
            .filter(event__ends_at__gt=at or timezone.now(), event__live=True, event__cancellation=None)
            .select_related("event")
            .order_by("event__starts_at", "pk")
        )

    def with_position(self) -> "RegistrationQuerySet":
        """Annotate `position` on the waiting list, from 1; meaningless in other states."""
        ahead = Registration.objects.waiting().filter(event=OuterRef("event"), turn__lt=OuterRef("turn"))
        return self.annotate(position=_number_per_event(ahead) + Value(1))

    def number_for_event(self) -> Coalesce:
        """Return an SQL expression for queries of events: the number of these registrations."""
        return _number_per_event(self.filter(event=OuterRef("pk")))


def _number_per_event(rows: RegistrationQuerySet) -> Coalesce:
    counted = rows.order_by().values("event").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


class Registration(models.Model):
    """A person's registration for an event on behalf of a school; one per person and event, kept after cancellation."""

    event = models.ForeignKey("events.EventPage", models.PROTECT, related_name="registrations", verbose_name=_("event"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="registrations", verbose_name=_("person")
    )
    school = models.ForeignKey("community.School", models.PROTECT, related_name="+", verbose_name=_("school"))
    state = models.CharField(_("status"), max_length=10, choices=State)
    # Seat number. Unique, so the database never assigns a seat twice, even if code forgets to lock the event.
    seat = models.PositiveIntegerField(null=True, editable=False)
    # Order of registration within the event; re-registering after cancelling takes a new turn.
    turn = models.PositiveIntegerField(editable=False)
    # How many times the person registered; part of message keys, so that each time is announced.
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("registered"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("place given"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    # Deadline for accepting the offered place.
    offer_expires_at = models.DateTimeField(_("offer valid until"), null=True, blank=True, editable=False)
    # Times last announced to the person, and how many changes were announced.
    told_starts_at = models.DateTimeField(editable=False)
    told_ends_at = models.DateTimeField(editable=False)
    times_moved = models.PositiveSmallIntegerField(default=0, editable=False)
    shows_name = models.BooleanField(_("Other participants can see my name"), default=False)
    # [{"id": the question's block, "label": the question as it was asked, "answer": text}]
    answers = models.JSONField(_("answers"), default=list, blank=True)
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
                condition=Q(state__in=SEATED, seat__isnull=False) | (~Q(state__in=SEATED) & Q(seat=None)),
                name="a_seat_for_the_confirmed_and_the_offered",
            ),
            models.CheckConstraint(
                condition=Q(state=State.OFFERED, offer_expires_at__isnull=False)
                | (~Q(state=State.OFFERED) & Q(offer_expires_at=None)),
                name="an_offer_has_a_deadline",
            ),
        ]
        indexes = [models.Index(fields=["event", "state", "turn"], name="registration_queue")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.state} {self.event_id}"

    @property
    def is_confirmed(self) -> bool:
        return self.state == State.CONFIRMED

    @property
    def has_attended(self) -> bool:
        """True if the person took part; `attended` for one row."""
        return self.is_confirmed and self.attended_at is not None

    @property
    def has_earned(self) -> bool:
        """True if the person earned a certificate; `earned` for one row. A query unless `feedback` was selected."""
        return self.has_attended and hasattr(self, "feedback")

    @property
    def is_offered(self) -> bool:
        return self.state == State.OFFERED

    @property
    def is_waiting(self) -> bool:
        return self.state == State.WAITING

    @property
    def is_cancelled(self) -> bool:
        return self.state == State.CANCELLED
