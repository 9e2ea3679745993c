from django_tasks import task

from .models import EventPage
from .registration import fill_free_places


@task()
def give_free_places(event_id: int) -> None:
    """After a moderator published the event: there may be more places than before."""
    fill_free_places(EventPage.objects.get(pk=event_id))
