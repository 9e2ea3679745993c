from django_tasks import task

from .models import EventPage
from .planning.announcing import announce_changes
from .seats.renewing import keep_up


@task()
def keep_up_with_event(event_id: int) -> None:
    """After an event was published: there may be more places than before, or another time."""
    event = EventPage.objects.get(pk=event_id)
    keep_up(event)
    announce_changes(event)


@task()
def tell_changes(event_id: int) -> None:
    """After an event was cancelled."""
    announce_changes(EventPage.objects.get(pk=event_id))
