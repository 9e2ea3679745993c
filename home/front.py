"""What the home page shows. Figures are counted, never typed; all of it starts from what the person may see."""

from community.models import School
from content.taxonomy import Pillar
from events.models import EventPage
from groups.models import Practice

NEWEST = 6


def front_context(user) -> dict:
    """Live figures, the newest practices and the next events that the person may see."""
    schools = School.objects.labelled()
    practices = Practice.objects.visible_to(user).published()
    return {
        "figures": {
            "schools": schools.count(),
            "countries": schools.order_by().values("country").distinct().count(),
            "practices": Practice.objects.published().count(),
        },
        "practices": practices.for_list()[:NEWEST],
        "events": EventPage.objects.visible_to(user).coming()[:3],
        "pillars": Pillar,
    }
