from django.urls import reverse

from content.machine_cards import Card, absolute, page_card

from ..models import HomePage


def home_card(home: HomePage) -> Card | None:
    """Return the machine-readable card of the home page, which says how to search the site."""
    search = absolute(reverse("search")) + "?q={search_term_string}"
    action = {"@type": "SearchAction", "target": search, "query-input": "required name=search_term_string"}
    return page_card(home, **{"@type": "WebSite", "potentialAction": action})
