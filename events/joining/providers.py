"""Conference providers behind one small interface, selected by a setting.

A URL an organiser entered for an event overrides the site's provider. URLs are revealed only by the redirects in
events/joining/views.py.
"""

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from ..errors import EventsError
from ..models import EventPage
from .bigbluebutton import BigBlueButton, BigBlueButtonError
from .jitsi import Jitsi
from .rooms import Provider, Room, Visitor


def _none(room: Room, visitor: Visitor) -> str:
    return ""


def _provider() -> Provider:
    """Return the provider named by the CONFERENCE setting, or one that has no rooms."""
    conference = settings.CONFERENCE
    match conference["PROVIDER"]:
        case "jitsi":
            return Jitsi(conference["URL"], conference["APP_ID"], conference["SECRET"]).address
        case "bigbluebutton":
            return BigBlueButton(conference["URL"], conference["SECRET"]).address
        case _:
            return _none


def makes_rooms() -> bool:
    """Return whether the site's provider creates rooms for events without a URL of their own."""
    return settings.CONFERENCE["PROVIDER"] in ("jitsi", "bigbluebutton")


def address_of_call(event: "EventPage", visitor: Visitor) -> str:
    """Return the https URL that admits this visitor to the event's call; '' if there is none.

    May call the provider over the network, so never use it inside a transaction. Raises EventsError if it does not
    respond.
    """
    if event.join_url:
        return event.join_url
    room = Room(
        salted_hmac("events.room", str(event.pk), algorithm="sha256").hexdigest()[:32], event.title, event.ends_at
    )
    try:
        return _provider()(room, visitor)
    except BigBlueButtonError as error:
        raise EventsError(_("The conference server isn’t responding. Please try again in a minute.")) from error
