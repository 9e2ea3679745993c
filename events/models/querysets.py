from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from content.models.pages import SitePageQuerySet

from .planning import Cancellation
from .registrations import Registration, State


class EventQuerySet(SitePageQuerySet):
    def coming(self, at: datetime | None = None) -> "EventQuerySet":
        """Return events that have not ended, soonest first."""
        return self.filter(ends_at__gt=at or timezone.now()).order_by("starts_at", "pk")

    def past(self, at: datetime | None = None) -> "EventQuerySet":
        """Return events that have ended, latest first."""
        return self.filter(ends_at__lte=at or timezone.now()).order_by("-starts_at", "-pk")

    def starting(self, after: datetime, until: datetime) -> "EventQuerySet":
        """Return published, uncancelled events that start after `after` and no later than `until`."""
        return self.live().taking_place().filter(starts_at__gt=after, starts_at__lte=until).order_by("starts_at", "pk")

    def taking_place(self) -> "EventQuerySet":
        """Exclude cancelled events."""
        return self.filter(cancellation=None)

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> "EventQuerySet":
        """Return published, uncancelled events that overlap this period, earliest first."""
        return self.taking_place().filter(live=True, starts_at__lt=ends_at, ends_at__gt=starts_at).order_by("starts_at")

    def about(self, pillar: str) -> "EventQuerySet":
        """Return events on this pillar of the mission."""
        return self.filter(pillars__includes=pillar)

    def spoken_in(self, language: str) -> "EventQuerySet":
        """Return events held in this language, as main or additional language."""
        return self.filter(Q(language=language) | Q(other_languages__includes=language))

    def organised_by(self, user) -> "EventQuerySet":
        """Return events that name the person as an organiser."""
        return self.filter(organisers=user)

    def with_figures_for(self, user) -> "EventQuerySet":
        """Annotate `taken`, `waiting` and `is_named` (a named organiser) for the page of one event."""
        named = self.model.organisers.through.objects.filter(eventpage=OuterRef("pk"), user=user.pk)
        waiting = Registration.objects.filter(state=State.WAITING).number_for_event()
        return self.with_places_taken().annotate(waiting=waiting, is_named=Exists(named))

    def with_places_taken(self) -> "EventQuerySet":
        """Annotate `taken`: the number of people who hold a place or an offer."""
        return self.annotate(taken=Registration.objects.seated().number_for_event())

    def with_registration_of(self, user) -> "EventQuerySet":
        """Annotate `own_state` and `own_attended_at` of the person's registration; None without one."""
        own = Registration.objects.of(user).filter(event=OuterRef("pk"))
        return self.annotate(
            own_state=Subquery(own.values("state")), own_attended_at=Subquery(own.values("attended_at"))
        )

    def without_texts(self) -> "EventQuerySet":
        """Defer the long texts."""
        return self.defer("body", "speakers", "agenda", "search_text")

    def for_cards(self, user) -> "EventQuerySet":
        """Annotate the data of list cards for the person, and defer the long texts.

        Adds `called_off`: whether the event is cancelled.
        """
        cancelled = Exists(Cancellation.objects.filter(event=OuterRef("pk")))
        events = self.with_places_taken().annotate(called_off=cancelled).without_texts()
        return events.with_registration_of(user) if user.is_authenticated else events
