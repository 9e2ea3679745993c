"""The template tag for machine-readable metadata."""

from typing import Any

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.utils.translation import get_language

from ..json_ld import as_json_ld
from ..machine_cards import card_of

register = template.Library()


@register.inclusion_tag("components/machine_card.html", takes_context=True)
def machine_card(context: RequestContext, thing: Any) -> dict[str, Any]:
    """Render the canonical address, Open Graph and schema.org of the object on this page, or nothing if it is not
    public or this is not its own page."""
    request = getattr(context, "request", None) or context.get("request")
    card = card_of(thing) if request else None
    if card is None or request.path != card.path:
        return {}
    code = card.language or get_language()
    locale = settings.OPEN_GRAPH_LOCALES.get(code, code)
    return {"card": card, "locale": locale, "data": as_json_ld(card.data) if card.data else ""}
