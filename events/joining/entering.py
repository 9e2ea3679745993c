"""Admission to the call, and attendance."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.models import display_name

from ..errors import EventsError
from ..models import EventPage, GuestPass, Registration
from ..organising import organises
from ..seats.admission import is_there
from .providers import address_of_call
from .rooms import Visitor


def refusal_to_enter(*, event: "EventPage", by) -> str:
    """Return why the person can't enter the call, now or later, as a sentence for them; otherwise ''."""
    if not is_there(event, by):
        return _("We can’t find this event.")
    if reason := refusal_of_door(event):
        return reason
    if organises(by, event):
        return ""
    own = Registration.objects.of(by).filter(event_id=event.pk).first()
    if own is not None and own.is_cancelled:
        return _("You cancelled your registration. To take part, register again on the event page.")
    if own is None or not own.is_confirmed:
        return _("You need a place to join. Register for the event first.")
    return ""


def refusal_of_door(event: "EventPage") -> str:
    """Return why the call is over for everyone; '' before and while the door is open."""
    if event.is_cancelled:
        return _("The event has been cancelled.")
    return _("The event is over.") if event.has_ended() else ""


def enter(*, event: "EventPage", by) -> str:
    """Return the call's URL for an organiser or a person with a place, and record the latter's attendance.

    Returns '' while the door is closed or the call has no URL yet. Raises EventsError if the person has no place, if
    the event is over or cancelled, or if the conference server does not respond.
    """
    if reason := refusal_to_enter(event=event, by=by):
        raise EventsError(reason)
    if not event.is_joinable():
        return ""
    is_host = organises(by, event)
    address = address_of_call(event, Visitor(display_name(by), f"person-{by.pk}", is_host))
    if address:
        record_attendance(event=event, by=by)
    return address


def enter_as_guest(*, guest: GuestPass) -> str:
    """Return the call's URL for a guest, as `enter` does for members."""
    if reason := refusal_to_guest(guest):
        raise EventsError(reason)
    if not guest.event.is_joinable():
        return ""
    address = address_of_call(guest.event, Visitor(guest.name, f"guest-{guest.pk}", is_host=True))
    if address:
        GuestPass.objects.filter(pk=guest.pk, joined_at=None).update(joined_at=timezone.now())
    return address


def refusal_to_guest(guest: GuestPass) -> str:
    """Return why the guest's link no longer works; '' if it does."""
    if guest.revoked_at:
        return _("This link has been withdrawn. Please ask the organiser for a new one.")
    if not guest.event.live:
        return _("The event has been removed from the site. Please ask the organiser.")
    if not guest.is_open():
        return _("This link has expired. Please ask the organiser for a new one.")
    return refusal_of_door(guest.event)


@transaction.atomic
def record_attendance(*, event: "EventPage", by) -> None:
    """Record the first time a person with a place entered the call. Idempotent."""
    own = Registration.objects.of(by).confirmed().filter(event_id=event.pk, attended_at=None)
    own.update(attended_at=timezone.now())
