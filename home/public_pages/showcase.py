"""Data for the public pages. Figures are counted, and every query starts from what the reader may see."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Count, Q
from django.utils.translation import get_language

from community.models import School
from content.taxonomy import Pillar
from events.models import EventPage
from events.page_context import prepare_cards
from groups.practices.models import Practice

NEWEST = 6
NEXT = 3


@dataclass(frozen=True)
class PillarCard:
    """A pillar, its page if there is one, and the number of practices the reader may see in it."""

    key: str
    label: str
    page: object | None
    practices: int


def next_events(user, number: int = NEXT) -> list[EventPage]:
    """Return the next events the person may see, prepared for their cards."""
    events = list(EventPage.objects.visible_to(user).coming().for_cards(user)[:number])
    prepare_cards(events, user)
    return events


def newest_practices(user, pillar: str = "") -> list[Practice]:
    """Return the newest published practices the person may see, optionally of one pillar."""
    practices = Practice.objects.visible_to(user).published()
    if pillar:
        practices = practices.filter(pillars__includes=pillar)
    return list(practices.for_list()[:NEWEST])


def figures_context(user) -> dict:
    """Return the current size of the group and its next event."""
    schools = School.objects.labelled()
    return {
        "figures": {
            "schools": schools.count(),
            "countries": schools.order_by().values("country").distinct().count(),
            "practices": Practice.objects.visible_to(user).published().count(),
        },
        "next_event": next(iter(next_events(user, 1)), None),
    }


def practices_by_pillar(user) -> dict[str, int]:
    """Return the number of published practices the person may see in each pillar. One query."""
    return (
        Practice.objects.visible_to(user)
        .published()
        .order_by()
        .aggregate(**{pillar.value: Count("pk", filter=Q(pillars__includes=pillar.value)) for pillar in Pillar})
    )


def pillars(user) -> list[PillarCard]:
    """Return the five pillars, with pages in the reader's language."""
    found = apps.get_model("home", "PillarPage").objects.visible_to(user).for_language(get_language())
    pages = {page.pillar: page for page in found.defer("body", "search_text")}
    numbers = practices_by_pillar(user)
    return [PillarCard(p.value, p.label, pages.get(p.value), numbers[p.value]) for p in Pillar]


def pillar_context(user, pillar: Pillar) -> dict:
    """Return the practices of one pillar, and the other four pillars."""
    cards = pillars(user)
    here = next(card for card in cards if card.key == pillar.value)
    return {
        "card": here,
        "others": [card for card in cards if card.key != pillar.value],
        "practices": newest_practices(user, pillar.value),
    }
