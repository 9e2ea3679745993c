"""Answering an offered place, and giving one out of turn."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from .admission import WINDOW_REFUSALS, belongings_for, refusal_to_admit
from .errors import EventsError
from .models.offers import Outcome
from .models.registrations import Registration, Window
from .organising import organises
from .places import confirm, end_offer, fill, free_seats, has_room, pass_on_late_offers, release, settle, tell
from .planning import change

if TYPE_CHECKING:
    from .models.pages import EventPage


def accept(*, event: "EventPage", by) -> Registration:
    """Take the place that is offered to the person. Repeating is harmless.

    Raises EventsError when none is offered any more: after its time an offer is passed on here, however late
    `tend_events` is; and when the event no longer takes the person.
    """
    with transaction.atomic():
        event = event.for_update()
        settle(event)
        registration = _own(event, by)
        if registration.is_confirmed:
            return registration
        if registration.is_offered:
            _still_admitted(event, by, registration)
            confirm(registration, registration.seat)
            end_offer(registration, Outcome.ACCEPTED)
            tell(registration, event, "registered", registration.school.name)
            return registration
    # After the transaction: what was passed on stays passed on.
    raise EventsError(_("This offer has ended and the place went to the next on the waiting list."))


def decline(*, event: "EventPage", by) -> Registration:
    """Pass the offered place on to the next; the person leaves the waiting list. Repeating is harmless.

    Raises EventsError when nothing is offered to the person.
    """
    with transaction.atomic():
        event = event.for_update()
        registration = _own(event, by)
        if registration.is_cancelled:
            return registration
        if not registration.is_offered:
            raise EventsError(_("No place is offered to you at the moment."))
        release(registration, Outcome.DECLINED)
        settle(event)
    return registration


def _own(event: "EventPage", by) -> Registration:
    own = Registration.objects.of(by).filter(event_id=event.pk).select_related("user", "school").first()
    if own is None:
        raise EventsError(_("You are not registered for this event."))
    return own


def _still_admitted(event: "EventPage", by, registration: Registration) -> None:
    if reason := refusal_to_admit(event, by):
        raise EventsError(reason)
    if registration.school_id not in {belonging.school_id for belonging in belongings_for(event, by)}:
        raise EventsError(_("You cannot register for this school."))


def give_place(*, event: "EventPage", by, registration_id: int, adds_place: bool = False) -> Registration:
    """An organiser gives somebody who waits a place, whatever their turn; written into the event's history.

    With `adds_place` the event gets one place more when none is free. A person who has a place keeps it: two
    organisers at once give one place. Raises EventsError with the reason when the person cannot have it.
    """
    with transaction.atomic():
        event = event.for_update()
        if not organises(by, event):
            raise EventsError(_("Only the organisers of the event give places."))
        if event.window() in (Window.CANCELLED, Window.OVER):
            raise EventsError(WINDOW_REFUSALS[event.window()]())
        rows = Registration.objects.filter(event_id=event.pk).select_related("user", "school")
        pass_on_late_offers(event)
        registration = rows.filter(pk=registration_id).first()
        if registration is None or registration.is_cancelled:
            raise EventsError(_("This person is not on the waiting list any more."))
        if registration.is_confirmed:
            return registration
        if registration.is_offered:
            seat = registration.seat
            end_offer(registration, Outcome.ACCEPTED)
        else:
            seat = _seat_out_of_turn(event, by, adds_place)
        confirm(registration, seat)
        tell(registration, event, "place_freed", registration.school.name)
        log(
            instance=event,
            action="events.give_place",
            user=by,
            data={"person": str(registration.user), "school": registration.school.name},
        )
        fill(event)
    return registration


def _seat_out_of_turn(event: "EventPage", by, adds_place: bool) -> int:
    taken = event.places_taken()
    if not has_room(event, taken):
        if not adds_place:
            raise EventsError(_("All places are taken or offered. Add a place to give one out of turn."))
        change(event, by, capacity=taken + 1)
    return free_seats(event, taken, 1)[0]
