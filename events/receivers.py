from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.signals import page_published

from .models import EventPage
from .tasks import keep_up_with_event


@receiver(page_published, sender=EventPage)
def event_may_have_changed(sender: type, instance: EventPage, **kwargs: Any) -> None:
    """Queue the follow-up to publishing, which may change capacity or time."""
    transaction.on_commit(partial(keep_up_with_event.enqueue, instance.pk))
