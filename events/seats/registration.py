"""Registering for an event and cancelling. Every verb holds the event's lock while counting."""

from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from community.access import Belonging

from ..errors import EventsError
from ..models.offers import Outcome
from ..models.pages import EventPage
from ..models.registrations import SEATED, Registration, State, Window
from .admission import WINDOW_REFUSALS, belongings_for, refusal
from .places import confirm, free_seats, has_room, release, settle, tell
from .questions import kept_answers


def register(
    *,
    event: "EventPage",
    by,
    school_id: int | None = None,
    shows_name: bool = False,
    answers: dict[str, Any] | None = None,
) -> Registration:
    """Give the person a place, or the next turn on the waiting list, and tell them which.

    Idempotent: an existing place or turn is kept. `school_id` is optional if the person acts for one school only;
    `answers` are keyed by question id. Raises EventsError with the reason if the person can't register.
    """
    with transaction.atomic():
        event = event.for_update()
        own = belongings_for(event, by)
        if school_id is None and len(own) == 1:
            school_id = own[0].school_id
        queue = _queue(event, by, school_id)
        registration = Registration(event_id=event.pk, round=0)
        if queue["has_registered"]:
            registration = Registration.objects.of(by).get(event_id=event.pk)
            if not registration.is_cancelled:
                return registration
        if reason := refusal(event=event, by=by):
            raise EventsError(reason)
        belonging = _chosen(own, school_id)
        registration.user = by
        registration.school_id = belonging.school_id
        registration.turn = queue["last_turn"] + 1
        registration.round += 1
        registration.created_at = timezone.now()
        registration.cancelled_at = None
        registration.shows_name = shows_name
        registration.answers = kept_answers(event, answers or {})
        registration.told_starts_at, registration.told_ends_at = event.starts_at, event.ends_at
        # A free place belongs to someone already waiting. Those still waiting afterwards can't have one at present.
        is_unsettled = queue["late"] or (queue["waiting"] and has_room(event, queue["taken"]))
        if is_unsettled and (settle(event, has_late=queue["late"] > 0) or queue["late"]):
            queue = _queue(event, by, school_id)
        if has_room(event, queue["taken"]) and _fits(event, queue["of_school"]):
            taken = queue["taken"]
            # If the last seat number equals the count there are no gaps, so the next seat needs no search.
            seat = taken + 1 if taken == queue["last_seat"] else free_seats(event, taken, 1)[0]
            confirm(registration, seat)
            tell(registration, event, "registered", belonging.school_name)
        else:
            registration.state = State.WAITING
            registration.save()
            tell(registration, event, "waiting", belonging.school_name)
    return registration


def cancel(*, event: "EventPage", by) -> Registration:
    """Cancel the person's place or turn; a freed place goes to those waiting longest. Idempotent.

    Raises EventsError if they never registered, or if the event has started or is cancelled.
    """
    with transaction.atomic():
        event = event.for_update()
        registration = Registration.objects.of(by).filter(event_id=event.pk).first()
        if registration is None:
            raise EventsError(_("You aren’t registered for this event."))
        if registration.is_cancelled:
            return registration
        if event.is_cancelled:
            raise EventsError(WINDOW_REFUSALS[Window.CANCELLED]())
        if event.has_started():
            raise EventsError(_("The event has started, so you can no longer cancel your registration."))
        registration.user = by
        release(registration, Outcome.DECLINED)
        tell(registration, event, "cancelled")
        settle(event)
    return registration


def answer_questions(*, event: "EventPage", by, shows_name: bool, answers: dict[str, Any]) -> Registration:
    """Change a person's answers and whether others see their name, until the event starts.

    Raises EventsError if they are not registered, if the event has started or if an answer is missing.
    """
    with transaction.atomic():
        event = event.for_update()
        registration = Registration.objects.of(by).running().filter(event_id=event.pk).first()
        if registration is None:
            raise EventsError(_("You aren’t registered for this event."))
        if event.has_started():
            raise EventsError(_("The event has started, so you can no longer change your answers."))
        registration.shows_name = shows_name
        registration.answers = kept_answers(event, answers)
        registration.save(update_fields=["shows_name", "answers"])
    return registration


def fill_free_places(event: "EventPage") -> list[Registration]:
    """Hand out free places in order of turn, tell the people, and return their registrations. Idempotent."""
    with transaction.atomic():
        return settle(event.for_update())


def _queue(event: "EventPage", by, school_id: int | None) -> dict[str, int]:
    late = Q(state=State.OFFERED, offer_expires_at__lte=timezone.now())
    return Registration.objects.filter(event_id=event.pk).aggregate(
        taken=Count("pk", filter=Q(state__in=SEATED)),
        of_school=Count("pk", filter=Q(state__in=SEATED, school_id=school_id)),
        late=Count("pk", filter=late),
        last_seat=Max("seat", default=0),
        has_registered=Count("pk", filter=Q(user=by)),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        last_turn=Max("turn", default=0),
    )


def _fits(event: "EventPage", taken_by_school: int) -> bool:
    limit = event.school_limit()
    return limit is None or taken_by_school < limit


def _chosen(own: list[Belonging], school_id: int | None) -> Belonging:
    if school_id is None:
        raise EventsError(_("Choose the school you’re registering with."))
    for belonging in own:
        if belonging.school_id == school_id:
            return belonging
    raise EventsError(_("You can’t register with this school."))
