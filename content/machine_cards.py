"""Machine-readable cards (Open Graph and schema.org) of pages that everyone may read.

Each room registers the cards of its own nouns.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext as _
from wagtail import hooks

from community.access import shown_to_everyone

from .models import SitePage

MACHINE_CARDS_HOOK = "register_machine_cards"
SOCIAL_CARD = {"url": "icons/social-card.png", "width": 1200, "height": 630}


def absolute(path: str) -> str:
    """Return the absolute URL of a path on this site."""
    return settings.SITE_URL.rstrip("/") + path


@dataclass(frozen=True)
class Card:
    """Metadata of one page. It is rendered only at `path`, the page's own address, not on a preview or a history."""

    title: str
    description: str
    path: str
    type: str = "website"
    language: str = ""
    image: dict[str, Any] | None = None
    # schema.org data; empty if there is none.
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return absolute(self.path)

    @property
    def picture(self) -> dict[str, Any]:
        """Return the page's own picture, or the site's social card."""
        picture = self.image or {**SOCIAL_CARD, "url": static(SOCIAL_CARD["url"]), "alt": _("eTwinning Schools")}
        return {**picture, "url": absolute(picture["url"])}


# Returns the card of one object, or None if it is not public.
MakeCard = Callable[[Any], Card | None]
# Returns the function for each model, which serves its subclasses too.
Cards = Callable[[], dict[type, MakeCard]]


def card_of(thing: Any) -> Card | None:
    """Return the card of a public object. None if it is not public or has no card."""
    registered: list[Cards] = hooks.get_hooks(MACHINE_CARDS_HOOK)
    makers = {model: make for cards in registered for model, make in cards().items()}
    make = next((makers[model] for model in type(thing).__mro__ if model in makers), None)
    return make(thing) if make else None


def page_card(page: SitePage, **data: Any) -> Card | None:
    """Return the card of a public page, with the schema.org data that its room knows about it."""
    if not shown_to_everyone(page):
        return None
    path = page.get_absolute_url() if hasattr(page, "get_absolute_url") else page.url
    card = Card(page.seo_title or page.title, page.search_description or page.summary, path, language=page.language)
    if data:
        data = {"name": page.title, "description": page.summary, "url": card.url, "inLanguage": page.language} | data
    kind = "website" if data.get("@type") in (None, "WebSite") else "article"
    return Card(card.title, card.description, path, kind, page.language, data=data)
