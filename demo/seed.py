"""The demonstration data. It is created through the same verbs that people use, so seeding also tests them."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from home.public_pages.planting import plant_pages
from home.site_setup import set_up_site
from notifications.models import Message

from .after_events import seed_after_events
from .co_authors import seed_co_authors
from .desk import seed_desk
from .discussions import seed_discussions
from .events import seed_events
from .finding import seed_finding
from .learning import seed_learning
from .people import access_read_once, revoke_labels, seed_people
from .places import seed_places
from .practices import seed_practices
from .reuse import seed_reuse
from .school_pages import seed_school_pages


@transaction.atomic
def seed(report: Callable[[str], None]) -> None:
    """Fill an empty site in one transaction."""
    now = timezone.now()
    set_up_site()
    report("schools and people …")
    seed_people(now.date())
    report("public pages …")
    plant_pages()
    seed_practices(now, report)
    seed_co_authors()
    report("saved and collected …")
    seed_finding()
    seed_reuse(now)
    report("discussions …")
    seed_discussions(now)
    report("pages of schools …")
    seed_school_pages(now.date())
    report("events …")
    with access_read_once():
        seed_events(now)
        seed_places(now)
    seed_after_events()
    report("professional development …")
    seed_learning(now)
    report("moderators’ desk …")
    seed_desk(now)
    revoke_labels()
    # The addresses are invented, so nothing may be emailed.
    Message.objects.filter(emailed_at=None).update(emailed_at=now)
    report("pictures in every size …")
