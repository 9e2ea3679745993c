from django_tasks import task

from .models import EventPage
from .planning.announcing import announce_changes
from .seats.renewing import keep_up


@task()
def keep_up_with_event(event_id: int) -> None:
    """Settle seats and announce changes after an event was published."""
    event = EventPage.objects.get(pk=event_id)
    keep_up(event)
    announce_changes(event)


@task()
def tell_changes(event_id: int) -> None:
    """Announce a cancellation."""
    announce_changes(EventPage.objects.get(pk=event_id))
