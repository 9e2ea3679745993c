from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.signals import page_published

from .models import EventPage
from .tasks import give_free_places


@receiver(page_published, sender=EventPage)
def places_may_have_been_added(sender: type, instance: EventPage, **kwargs: Any) -> None:
    """Publishing is how the number of places changes."""
    transaction.on_commit(partial(give_free_places.enqueue, instance.pk))
