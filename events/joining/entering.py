"""Who goes through the door of an event, and that somebody did."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.models import display_name

from ..errors import EventsError
from ..models import GuestPass, Registration
from ..organising import organises
from ..seats.admission import is_there
from .providers import address_of_call
from .rooms import Visitor

if TYPE_CHECKING:
    from ..models import EventPage


def refusal_to_enter(*, event: "EventPage", by) -> str:
    """Why the person does not get into the call, now or later, in a sentence for them; '' when the door will do."""
    if not is_there(event, by):
        return _("There is no such event.")
    if reason := refusal_of_door(event):
        return reason
    if organises(by, event):
        return ""
    own = Registration.objects.of(by).filter(event_id=event.pk).first()
    if own is not None and own.is_cancelled:
        return _("You cancelled your registration. To take part, register again on the event’s page.")
    if own is None or not own.is_confirmed:
        return _("Only people with a place can join. Register for the event first.")
    return ""


def refusal_of_door(event: "EventPage") -> str:
    """Why nobody gets into the call any more; '' before and while the door is open."""
    if event.is_cancelled:
        return _("The event is cancelled.")
    return _("The event is over.") if event.has_ended() else ""


def enter(*, event: "EventPage", by) -> str:
    """The address of the call, for a person with a place, whose attendance is noted, and for organisers.

    '' while the door is closed and while the call has no address yet. Raises EventsError with the reason when the
    person has no place, when the event is over, or when the conference server does not answer.
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
    """The same for a guest with a link of their own."""
    if reason := refusal_to_guest(guest):
        raise EventsError(reason)
    if not guest.event.is_joinable():
        return ""
    address = address_of_call(guest.event, Visitor(guest.name, f"guest-{guest.pk}", is_host=True))
    if address:
        GuestPass.objects.filter(pk=guest.pk, joined_at=None).update(joined_at=timezone.now())
    return address


def refusal_to_guest(guest: GuestPass) -> str:
    """Why the link lets nobody in any more; '' when it does."""
    if guest.revoked_at:
        return _("This link was withdrawn. Please ask the organiser for a new one.")
    if not guest.event.live:
        return _("The event was taken off the site. Please ask the organiser.")
    if not guest.is_open():
        return _("This link has expired. Please ask the organiser for a new one.")
    return refusal_of_door(guest.event)


@transaction.atomic
def record_attendance(*, event: "EventPage", by) -> None:
    """Note the first time that the person with a place went through to the call; later times change nothing."""
    own = Registration.objects.of(by).confirmed().filter(event_id=event.pk, attended_at=None)
    own.update(attended_at=timezone.now())
