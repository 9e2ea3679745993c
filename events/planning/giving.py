"""Giving a place out of turn, adding one if all are taken."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..errors import EventsError
from ..models.offers import Outcome
from ..models.pages import EventPage
from ..models.registrations import Registration, Window
from ..organising import organises
from ..seats.admission import WINDOW_REFUSALS
from ..seats.places import confirm, end_offer, fill, free_seats, has_room, pass_on_late_offers, tell
from .changes import change


def give_place(*, event: "EventPage", by, registration_id: int, adds_place: bool = False) -> Registration:
    """Give a waiting person a place out of turn, and log it in the event's history.

    `adds_place` adds a place if none is free. Idempotent: a person with a place keeps it, and two simultaneous
    organisers give only one. Raises EventsError if `by` doesn't organise the event or the person can't have a place.
    """
    with transaction.atomic():
        event = event.for_update()
        if not organises(by, event):
            raise EventsError(_("Only the event’s organisers can give out places."))
        if event.window() in (Window.CANCELLED, Window.OVER):
            raise EventsError(WINDOW_REFUSALS[event.window()]())
        rows = Registration.objects.filter(event_id=event.pk).select_related("user", "school")
        pass_on_late_offers(event)
        registration = rows.filter(pk=registration_id).first()
        if registration is None or registration.is_cancelled:
            raise EventsError(_("This person is no longer on the waiting list."))
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
            raise EventsError(_("All places are taken or on offer. Add a place to give one out of turn."))
        change(event, by, capacity=taken + 1)
    return free_seats(event, taken, 1)[0]
