"""Small answers that the components in templates/components/ ask for."""

import zlib
from datetime import datetime, tzinfo
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from django import template
from django.middleware.csrf import get_token
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString

from community.time_zones import city_of

register = template.Library()

AVATAR_TONES = 5
COVER_PALETTES = 6
# No factor of the palettes', so that every drawing comes in every palette.
COVER_DRAWINGS = 11


@register.simple_tag(takes_context=True)
def csrf_field(context: RequestContext) -> SafeString:
    """`{% csrf_token %}` for a component included with `only`, where the token is not in the context."""
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        return SafeString("")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


@register.filter
def initials(name: object) -> str:
    """The first letters of the first and the last word, as they are written (`i` stays `i`)."""
    words = str(name).split()
    return "".join(word[0] for word in dict.fromkeys([words[0], words[-1]])) if words else ""


@register.filter
def avatar_tone(name: object) -> int:
    """Always the same colour for the same name."""
    return zlib.crc32(str(name).encode()) % AVATAR_TONES


def _number(seed: object) -> int:
    return seed if isinstance(seed, int) else zlib.crc32(str(seed).encode())


@register.filter
def cover_palette(seed: object) -> int:
    return _number(seed) % COVER_PALETTES


@register.filter
def cover_drawing(seed: object) -> int:
    return _number(seed) % COVER_DRAWINGS


@register.filter
def zone_label(zone: tzinfo | str, moment: datetime) -> str:
    """`Europe/Istanbul` → `Istanbul, UTC+3`: the city people recognise and the offset at that moment."""
    name = str(zone)
    offset = moment.astimezone(ZoneInfo(name)).strftime("%z")
    sign, hours, minutes = offset[0].replace("-", "\u2212"), int(offset[1:3]), offset[3:5]
    utc = f"UTC{sign}{hours}" + (f":{minutes}" if minutes != "00" else "")
    return "UTC" if name == "UTC" else f"{city_of(name)}, {utc}"


@register.simple_tag
def own_zone() -> str:
    """The zone of the times that name none: the reader's, as it is today."""
    return zone_label(timezone.get_current_timezone_name(), timezone.now())


@register.simple_tag(takes_context=True)
def way_back(context: RequestContext) -> str:
    """Where to go on after signing in: this address, or for something sent, the page of ours that it was sent from."""
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        return "/"
    sender, back = request.headers.get("Referer", ""), request.path
    # This reads an address as leniently as browsers do, and never fails.
    if request.method == "POST" and url_has_allowed_host_and_scheme(sender, {request.get_host()}):
        parts = urlsplit(sender)
        back = urlunsplit(("", "", parts.path, parts.query, ""))
    return back if url_has_allowed_host_and_scheme(back, None) else "/"


@register.simple_tag(takes_context=True)
def typed_words(context: RequestContext) -> list[str]:
    """What a person wrote into a form that was refused: every posted value with a space in it, passwords aside.

    Only of a form of ours: a stranger's page could put its own words on this one.
    """
    request = getattr(context, "request", None) or context.get("request")
    if request is None or request.method != "POST" or not getattr(request, "csrf_processing_done", False):
        return []
    posted = [(name, value) for name, values in request.POST.lists() for value in values]
    return [value for name, value in posted if "password" not in name and len(value.split()) > 1]
