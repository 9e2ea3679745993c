"""Check whether people may still see what a message is about, when an email is sent and when the inbox is opened."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps

from .models import Message


def hidden_from(person, messages: Iterable[Message]) -> set[int]:
    """Return the keys of messages about something the person may not see now. One query per model."""
    by_model: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for message in messages:
        if message.about_model:
            by_model[message.about_model][message.about_id].append(message.pk)
    hidden: set[int] = set()
    for name, told in by_model.items():
        seen = apps.get_model(name).objects.visible_to(person).filter(pk__in=list(told)).values_list("pk", flat=True)
        for about in told.keys() - set(seen):
            hidden.update(told[about])
    return hidden
