"""Machine-readable metadata (Open Graph and schema.org) of pages that everyone may read."""

from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from community.access import shown_to_everyone
from community.models import School, Standing
from content.models import SitePage
from events.models import EventPage
from groups.practices.models import Practice
from learning.models import ResourcePage

from ..models import HomePage

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
    # schema.org data; empty if the page renders its own.
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return absolute(self.path)

    @property
    def picture(self) -> dict[str, Any]:
        """Return the page's own picture, or the site's social card."""
        picture = self.image or {**SOCIAL_CARD, "url": static(SOCIAL_CARD["url"]), "alt": _("eTwinning Schools")}
        return {**picture, "url": absolute(picture["url"])}


@singledispatch
def card_of(thing: Any) -> Card | None:
    """Return the card of a public object. None if it is not public or has no card."""
    return None


@card_of.register
def _of_practice(practice: Practice) -> Card | None:
    if not shown_to_everyone(practice):
        return None
    return Card(
        practice.title,
        practice.summary,
        practice.get_absolute_url(),
        "article",
        practice.language,
        practice.wide_picture(),
    )


@card_of.register
def _of_page(page: SitePage) -> Card | None:
    return _card_of_page(page)


def _card_of_page(page: SitePage, **data: Any) -> Card | None:
    if not shown_to_everyone(page):
        return None
    path = page.get_absolute_url() if hasattr(page, "get_absolute_url") else page.url
    card = Card(page.seo_title or page.title, page.search_description or page.summary, path, language=page.language)
    if data:
        data = {"name": page.title, "description": page.summary, "url": card.url, "inLanguage": page.language} | data
    kind = "website" if data.get("@type") in (None, "WebSite") else "article"
    return Card(card.title, card.description, path, kind, page.language, data=data)


@card_of.register
def _of_home(home: HomePage) -> Card | None:
    search = absolute(reverse("search")) + "?q={search_term_string}"
    action = {"@type": "SearchAction", "target": search, "query-input": "required name=search_term_string"}
    return _card_of_page(home, **{"@type": "WebSite", "potentialAction": action})


@card_of.register
def _of_resource(resource: ResourcePage) -> Card | None:
    return _card_of_page(
        resource,
        **{
            "@type": "LearningResource",
            "timeRequired": f"PT{resource.minutes}M",
            "educationalLevel": str(resource.get_level_display()),
            "isAccessibleForFree": True,
        },
    )


@card_of.register
def _of_event(event: EventPage) -> Card | None:
    url = absolute(event.get_absolute_url())
    status = "EventCancelled" if event.is_cancelled else "EventScheduled"
    return _card_of_page(
        event,
        **{
            "@type": "Event",
            "startDate": event.starts_at.isoformat(),
            "endDate": event.ends_at.isoformat(),
            "eventStatus": f"https://schema.org/{status}",
            "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
            # Never the address of the call, which only registered people get, through the page.
            "location": {"@type": "VirtualLocation", "url": url},
            "organizer": {"@type": "Organization", "name": str(_("eTwinning Schools")), "url": absolute("/")},
            "isAccessibleForFree": True,
        },
    )


@card_of.register
def _of_school(school: School) -> Card | None:
    """Needs `standing`, which every queryset that starts from `visible_to` annotates."""
    if getattr(school, "standing", None) != Standing.LABELLED:
        return None
    path = school.get_absolute_url()
    address = {"@type": "PostalAddress", "addressLocality": school.city, "addressCountry": school.country.code}
    data = {
        "@type": "School",
        "name": school.name,
        "url": absolute(path),
        "address": {key: value for key, value in address.items() if value},
        "award": "eTwinning School Label",
    }
    if school.website:
        data["sameAs"] = school.website
    if school.about:
        data["description"] = school.about
    place = ", ".join(filter(None, (school.city, str(school.country.name))))
    description = school.about or _("%(place)s: a school with the eTwinning School Label.") % {"place": place}
    return Card(school.name, description[:300], path, "profile", data=data)
