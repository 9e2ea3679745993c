"""Where calls take place: behind one small interface, so that the site can change its provider by a setting.

An address that an organiser typed for an event goes before the site's provider. Nothing but the redirect of
events/joining/views.py ever tells an address.
"""

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from ..errors import EventsError
from .bigbluebutton import BigBlueButton, BigBlueButtonError
from .jitsi import Jitsi
from .rooms import Provider, Room, Visitor

if TYPE_CHECKING:
    from ..models import EventPage


def _none(room: Room, visitor: Visitor) -> str:
    return ""


def _provider() -> Provider:
    """The site's provider, as CONFERENCE in the settings names it; without one, calls are where organisers say."""
    conference = settings.CONFERENCE
    match conference["PROVIDER"]:
        case "jitsi":
            return Jitsi(conference["URL"], conference["APP_ID"], conference["SECRET"]).address
        case "bigbluebutton":
            return BigBlueButton(conference["URL"], conference["SECRET"]).address
        case _:
            return _none


def makes_rooms() -> bool:
    """Whether the site's provider makes the room of an event that has no address of its own."""
    return settings.CONFERENCE["PROVIDER"] in ("jitsi", "bigbluebutton")


def address_of_call(event: "EventPage", visitor: Visitor) -> str:
    """The https address that lets this visitor into the event's call; '' while there is none.

    May ask the provider over the network, so never inside a transaction. Raises EventsError when it does not answer.
    """
    if event.join_url:
        return event.join_url
    room = Room(
        salted_hmac("events.room", str(event.pk), algorithm="sha256").hexdigest()[:32], event.title, event.ends_at
    )
    try:
        return _provider()(room, visitor)
    except BigBlueButtonError as error:
        raise EventsError(_("The conference server does not answer. Please try again in a minute.")) from error
