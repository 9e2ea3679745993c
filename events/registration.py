"""Who gets a place, who waits, who gives a place back. Everything here holds the event's lock while it counts."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from community.access import Belonging, access_of, may_contribute, may_see
from notifications.delivery import notify

from .errors import EventsError
from .models.registrations import SEATED, Registration, State, Window

if TYPE_CHECKING:
    from .models.pages import EventPage


def refusal(*, event: "EventPage", by) -> str:
    """Why the person cannot register for the event now, in a sentence for them; '' when they can."""
    if not is_there(event, by):
        return _("There is no such event.")
    if not access_of(by).is_member:
        return _("Places are for teachers of schools that hold the eTwinning School Label.")
    if not may_contribute(by):
        return _("Your school’s label has ended: you can read about events, but not register for them.")
    return _WINDOW_REFUSALS[event.window()]()


_WINDOW_REFUSALS = {
    Window.CANCELLED: lambda: _("The event is cancelled."),
    Window.NOT_YET: lambda: _("Registration has not opened yet."),
    Window.OPEN: lambda: "",
    Window.CLOSED: lambda: _("Registration is closed."),
    Window.OVER: lambda: _("The event is over."),
}


def is_there(event: "EventPage", by) -> bool:
    """Whether the event exists for the person."""
    return event.live and may_see(by, event.audience)


def register(*, event: "EventPage", by, school_id: int | None = None) -> Registration:
    """Give the person a place, or the next turn on the waiting list; they are told which.

    Somebody who already has a place or waits keeps it: repeating is harmless. `school_id` may be left out by a
    person who acts for one school only. Raises EventsError with the reason when the person cannot register.
    """
    with transaction.atomic():
        event = event.for_update()
        queue = _queue(event, by)
        registration = Registration(event_id=event.pk, round=0)
        if queue["has_registered"]:
            registration = Registration.objects.of(by).get(event_id=event.pk)
            if not registration.is_cancelled:
                return registration
        if reason := refusal(event=event, by=by):
            raise EventsError(reason)
        belonging = _belonging_for(by, school_id)
        registration.user = by
        registration.school_id = belonging.school_id
        registration.turn = queue["last_turn"] + 1
        registration.round += 1
        registration.created_at = timezone.now()
        registration.cancelled_at = None
        registration.told_starts_at, registration.told_ends_at = event.starts_at, event.ends_at
        taken = queue["taken"]
        if queue["waiting"] and _has_room(event, taken):
            # A free place belongs to whoever waits already; who still waits afterwards may not register at present.
            taken += len(_fill(event))
        if _has_room(event, taken):
            # Seats have no gap below the last one when there are as many: the next needs no search.
            seat = taken + 1 if taken == queue["last_seat"] else _free_seats(event, taken, 1)[0]
            _confirm(registration, seat)
            _tell(registration, event, "registered", belonging.school_name)
        else:
            registration.state = State.WAITING
            registration.save()
            _tell(registration, event, "waiting", belonging.school_name)
    return registration


def cancel(*, event: "EventPage", by) -> Registration:
    """Give the person's place, or turn, back; a freed place goes to who waits longest. Repeating is harmless.

    Raises EventsError when they never registered, or when the event has started.
    """
    with transaction.atomic():
        event = event.for_update()
        registration = Registration.objects.of(by).filter(event_id=event.pk).first()
        if registration is None:
            raise EventsError(_("You are not registered for this event."))
        if registration.is_cancelled:
            return registration
        if event.has_started():
            raise EventsError(_("The event has started: a registration can no longer be cancelled."))
        registration.user = by
        registration.state = State.CANCELLED
        registration.seat = None
        registration.cancelled_at = timezone.now()
        registration.save(update_fields=["state", "seat", "cancelled_at"])
        _tell(registration, event, "cancelled")
        _fill(event)
    return registration


def fill_free_places(event: "EventPage") -> list[Registration]:
    """Give free places to who waits longest, tell them, and return their registrations. Repeating is harmless."""
    with transaction.atomic():
        return _fill(event.for_update())


def _fill(event: "EventPage") -> list[Registration]:
    if event.has_ended() or event.is_cancelled:
        return []
    taken = event.places_taken()
    if not _has_room(event, taken):
        return []
    # Who may no longer register is passed over, but keeps the turn: a label comes back.
    waiting = Registration.objects.filter(event_id=event.pk).waiting().of_contributors()
    room = None if event.capacity is None else event.capacity - taken
    seated = list(waiting.select_related("user", "school")[:room])
    for registration, seat in zip(seated, _free_seats(event, taken, len(seated)), strict=True):
        _confirm(registration, seat)
        _tell(registration, event, "place_freed", registration.school.name)
    return seated


def _queue(event: "EventPage", by) -> dict[str, int]:
    return Registration.objects.filter(event_id=event.pk).aggregate(
        taken=Count("pk", filter=Q(state__in=SEATED)),
        last_seat=Max("seat", default=0),
        has_registered=Count("pk", filter=Q(user=by)),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        last_turn=Max("turn", default=0),
    )


def _has_room(event: "EventPage", taken: int) -> bool:
    return event.capacity is None or taken < event.capacity


def _free_seats(event: "EventPage", taken: int, number: int) -> list[int]:
    """The lowest numbers of seats that nobody has."""
    if not number:
        return []
    seated = Registration.objects.filter(event_id=event.pk).seated()
    seats = set(seated.values_list("seat", flat=True))
    return [seat for seat in range(1, taken + number + 1) if seat not in seats][:number]


def _confirm(registration: Registration, seat: int) -> None:
    registration.state = State.CONFIRMED
    registration.seat = seat
    registration.confirmed_at = timezone.now()
    registration.save()


def _belonging_for(by, school_id: int | None) -> Belonging:
    own = access_of(by).contributing
    if school_id is None and len(own) == 1:
        return own[0]
    if school_id is None:
        raise EventsError(_("Choose the school that you register for."))
    for belonging in own:
        if belonging.school_id == school_id:
            return belonging
    raise EventsError(_("You cannot register for this school."))


def _tell(registration: Registration, event: "EventPage", message: str, school_name: str = "") -> None:
    """Tell the person what became of their registration, once for each time they registered."""
    with translation.override(registration.user.language):
        url = event.get_absolute_url()
    notify(
        recipients=[registration.user],
        message=f"events/{message}",
        context={"event": event, "school_name": school_name},
        url=url,
        key=f"event-{event.pk}-{registration.pk}-{message}-{registration.round}",
    )
