"""What the home page shows. Figures are counted, never typed; all of it starts from what the person may see."""

from community.models import School
from content.taxonomy import Pillar
from events.front import prepare_cards
from events.models import EventPage
from groups.models import Practice

NEWEST = 6
NEXT = 3


def next_events(user) -> list[EventPage]:
    """The next events that the person may see, ready for their cards."""
    events = list(EventPage.objects.visible_to(user).coming().for_cards(user)[:NEXT])
    prepare_cards(events, user)
    return events


def front_context(user) -> dict:
    """Live figures, the newest practices and the next events that the person may see."""
    schools = School.objects.labelled()
    practices = Practice.objects.visible_to(user).published()
    return {
        "figures": {
            "schools": schools.count(),
            "countries": schools.order_by().values("country").distinct().count(),
            "practices": practices.count(),
        },
        "practices": practices.for_list()[:NEWEST],
        "events": next_events(user),
        "pillars": Pillar,
    }
