from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from content.models.pages import SitePageQuerySet

from .planning import Cancellation
from .registrations import Registration, State


class EventQuerySet(SitePageQuerySet):
    def coming(self, at: datetime | None = None) -> "EventQuerySet":
        """Events that have not ended, the next one first."""
        return self.filter(ends_at__gt=at or timezone.now()).order_by("starts_at", "pk")

    def past(self, at: datetime | None = None) -> "EventQuerySet":
        """Events that have ended, the latest first."""
        return self.filter(ends_at__lte=at or timezone.now()).order_by("-starts_at", "-pk")

    def starting(self, after: datetime, until: datetime) -> "EventQuerySet":
        """Published events that take place and start later than the one moment and not later than the other."""
        return self.live().taking_place().filter(starts_at__gt=after, starts_at__lte=until).order_by("starts_at", "pk")

    def taking_place(self) -> "EventQuerySet":
        """Events that are not cancelled."""
        return self.filter(cancellation=None)

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> "EventQuerySet":
        """Published events that take place at some moment between these, the first one first."""
        return self.taking_place().filter(live=True, starts_at__lt=ends_at, ends_at__gt=starts_at).order_by("starts_at")

    def about(self, pillar: str) -> "EventQuerySet":
        """Events on this pillar of the mission."""
        return self.filter(pillars__includes=pillar)

    def spoken_in(self, language: str) -> "EventQuerySet":
        """Events in which this language is spoken, the text's or another."""
        return self.filter(Q(language=language) | Q(other_languages__includes=language))

    def organised_by(self, user) -> "EventQuerySet":
        """Events on which the person is named as an organiser."""
        return self.filter(organisers=user)

    def with_figures_for(self, user) -> "EventQuerySet":
        """Annotate what the page of one event counts: `taken`, `waiting`, and whether the person `is_named` on it."""
        named = self.model.organisers.through.objects.filter(eventpage=OuterRef("pk"), user=user.pk)
        waiting = Registration.objects.filter(state=State.WAITING).number_for_event()
        return self.with_places_taken().annotate(waiting=waiting, is_named=Exists(named))

    def with_places_taken(self) -> "EventQuerySet":
        """Annotate `taken`: how many people have a place or are offered one."""
        return self.annotate(taken=Registration.objects.seated().number_for_event())

    def with_registration_of(self, user) -> "EventQuerySet":
        """Annotate `own_state` and `own_attended_at` of the person's registration; None without one."""
        own = Registration.objects.of(user).filter(event=OuterRef("pk"))
        return self.annotate(
            own_state=Subquery(own.values("state")), own_attended_at=Subquery(own.values("attended_at"))
        )

    def without_texts(self) -> "EventQuerySet":
        """Leave the long texts in the database."""
        return self.defer("body", "speakers", "agenda", "search_text")

    def for_cards(self, user) -> "EventQuerySet":
        """What the cards of a list show to the person, without the long texts.

        Annotates `called_off`: whether the event is cancelled.
        """
        cancelled = Exists(Cancellation.objects.filter(event=OuterRef("pk")))
        events = self.with_places_taken().annotate(called_off=cancelled).without_texts()
        return events.with_registration_of(user) if user.is_authenticated else events
