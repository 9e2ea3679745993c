"""Template tags and filters for the components in templates/components/."""

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
# Coprime to the number of palettes, so that every drawing occurs in every palette.
COVER_DRAWINGS = 11


@register.simple_tag(takes_context=True)
def csrf_field(context: RequestContext) -> SafeString:
    """Render `{% csrf_token %}` in a component included with `only`, where the token is not in the context."""
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        return SafeString("")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


@register.filter
def initials(name: object) -> str:
    """Return the first letters of the first and last word in their original case (`i` stays `i`)."""
    words = str(name).split()
    return "".join(word[0] for word in dict.fromkeys([words[0], words[-1]])) if words else ""


@register.filter
def avatar_tone(name: object) -> int:
    """Return a colour number that is always the same for the same name."""
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
    """Format `Europe/Istanbul` as `Istanbul, UTC+3`: a familiar city and its offset at that moment."""
    name = str(zone)
    offset = moment.astimezone(ZoneInfo(name)).strftime("%z")
    sign, hours, minutes = offset[0].replace("-", "\u2212"), int(offset[1:3]), offset[3:5]
    utc = f"UTC{sign}{hours}" + (f":{minutes}" if minutes != "00" else "")
    return "UTC" if name == "UTC" else f"{city_of(name)}, {utc}"


@register.simple_tag
def own_zone() -> str:
    """Return the reader's current time zone, in which times without a zone are given."""
    return zone_label(timezone.get_current_timezone_name(), timezone.now())


@register.simple_tag(takes_context=True)
def way_back(context: RequestContext) -> str:
    """Return where to go after signing in: this address or, for a POST, the page of this site that sent it."""
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        return "/"
    sender, back = request.headers.get("Referer", ""), request.path
    # It parses addresses as leniently as browsers do, and never raises.
    if request.method == "POST" and url_has_allowed_host_and_scheme(sender, {request.get_host()}):
        parts = urlsplit(sender)
        back = urlunsplit(("", "", parts.path, parts.query, ""))
    return back if url_has_allowed_host_and_scheme(back, None) else "/"


@register.simple_tag(takes_context=True)
def typed_words(context: RequestContext) -> list[str]:
    """Return the texts of a refused form: every posted value containing a space, passwords excluded.

    Only for our own forms, because a foreign page could otherwise place its text here.
    """
    request = getattr(context, "request", None) or context.get("request")
    if request is None or request.method != "POST" or not getattr(request, "csrf_processing_done", False):
        return []
    posted = [(name, value) for name, values in request.POST.lists() for value in values]
    return [value for name, value in posted if "password" not in name and len(value.split()) > 1]
