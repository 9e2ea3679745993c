"""Registering for a whole series at once."""

from typing import Any

from django.utils.translation import gettext as _

from ..errors import EventsError
from ..models import EventPage, Registration
from ..models.querysets import EventQuerySet
from .registration import register


def coming_in_series(event: EventPage, user) -> "EventQuerySet":
    """Return coming events of the event's series that the person can see, soonest first."""
    events = EventPage.objects.visible_to(user).coming().taking_place()
    return events.filter(series_id=event.series_id) if event.series_id else events.none()


def register_for_series(*, event: EventPage, by, **registration: Any) -> list[Registration]:
    """Register the person for every coming event of the series that admits them now, as `register` does for one.

    Each event has its own transaction. Raises EventsError with the first reason if none admitted them.
    """
    registered, reasons = [], []
    for one in coming_in_series(event, by):
        try:
            registered.append(register(event=one, by=by, **registration))
        except EventsError as error:
            reasons.append(error)
    if not registered:
        raise reasons[0] if reasons else EventsError(_("There are no more upcoming events in this series."))
    return registered
