"""Email preferences, and the unsubscribe link in emails."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import override

from .models import Frequency, Preference
from .topics import Topic, choosable_topics

_SALT = "notifications.unsubscribe"


def frequency_of(person, topic: Topic) -> Frequency:
    """Return how often the person gets emails about the topic."""
    if not topic.is_choosable:
        return topic.usual
    chosen = Preference.objects.filter(person=person, topic=topic.key).values_list("frequency", flat=True).first()
    return Frequency(chosen) if chosen in topic.choices else topic.usual


def frequencies_of(person) -> dict[str, Frequency]:
    """Return the person's frequency for every choosable topic, by key, in one query."""
    chosen = dict(Preference.objects.filter(person=person).values_list("topic", "frequency"))
    return {
        topic.key: Frequency(chosen[topic.key]) if chosen.get(topic.key) in topic.choices else topic.usual
        for topic in choosable_topics()
    }


def choose(*, by, frequencies: Mapping[str, Frequency]) -> None:
    """Save the person's choices by topic. Confirming an unchanged choice renews its date."""
    possible = [topic for topic in choosable_topics() if frequencies.get(topic.key) in topic.choices]
    _keep(by.pk, {topic.key: frequencies[topic.key] for topic in possible}, timezone.now())


@transaction.atomic
def unsubscribe(*, person_id: int, topics: list[str], issued_at: datetime) -> None:
    """Stop emails about these topics, unless the person has chosen again since the link was issued. Idempotent."""
    if not get_user_model().objects.filter(pk=person_id).exists():
        return
    chosen = Preference.objects.select_for_update().filter(person=person_id, topic__in=topics)
    later = {row.topic for row in chosen if row.chosen_at > issued_at}
    ending = [topic.key for topic in choosable_topics() if topic.key in topics and topic.key not in later]
    _keep(person_id, dict.fromkeys(ending, Frequency.NEVER), issued_at)


def _keep(person_id: int, frequencies: Mapping[str, Frequency], chosen_at: datetime) -> None:
    Preference.objects.bulk_create(
        [
            Preference(person_id=person_id, topic=topic, frequency=frequency, chosen_at=chosen_at)
            for topic, frequency in frequencies.items()
        ],
        update_conflicts=True,
        unique_fields=["person", "topic"],
        update_fields=["frequency", "chosen_at"],
    )


def unsubscribe_url(person, topics: list[str], at: datetime) -> str:
    """Return the URL where the person can unsubscribe from the topics without signing in."""
    token = signing.dumps([person.pk, topics, at.isoformat()], salt=_SALT, compress=True)
    with override(person.language):
        return settings.SITE_URL + reverse("unsubscribe", args=[token])


def read_token(token: str) -> dict:
    """Decode an unsubscribe token into keyword arguments of `unsubscribe`. Raises BadSignature if it is not ours."""
    person_id, topics, issued_at = signing.loads(token, salt=_SALT)
    return {"person_id": person_id, "topics": topics, "issued_at": parse_datetime(issued_at)}
