"""Accepting and declining an offered place."""

from django.db import transaction
from django.utils.translation import gettext as _

from ..errors import EventsError
from ..models.offers import Outcome
from ..models.pages import EventPage
from ..models.registrations import Registration
from .admission import belongings_for, refusal_to_admit
from .places import confirm, end_offer, release, settle, tell


def accept(*, event: "EventPage", by) -> Registration:
    """Accept the place offered to the person. Idempotent.

    Raises EventsError if they are not registered, if the offer has ended, or if the event no longer admits them. An
    expired offer is passed on here, even if `tend_events` runs late.
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
    # After the transaction, so that passing on the expired offer is committed.
    raise EventsError(_("This offer has expired and the place has gone to the next person on the waiting list."))


def decline(*, event: "EventPage", by) -> Registration:
    """Decline the offer, which passes to the next in turn; the person leaves the waiting list. Idempotent.

    Raises EventsError if no place is offered to them.
    """
    with transaction.atomic():
        event = event.for_update()
        registration = _own(event, by)
        if registration.is_cancelled:
            return registration
        if not registration.is_offered:
            raise EventsError(_("You don’t have an offer of a place at the moment."))
        release(registration, Outcome.DECLINED)
        settle(event)
    return registration


def _own(event: "EventPage", by) -> Registration:
    own = Registration.objects.of(by).filter(event_id=event.pk).select_related("user", "school").first()
    if own is None:
        raise EventsError(_("You aren’t registered for this event."))
    return own


def _still_admitted(event: "EventPage", by, registration: Registration) -> None:
    if reason := refusal_to_admit(event, by):
        raise EventsError(reason)
    if registration.school_id not in {belonging.school_id for belonging in belongings_for(event, by)}:
        raise EventsError(_("You can’t register with this school."))
