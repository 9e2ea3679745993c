"""Topics group messages for email preferences. Apps register their own."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from .models import Frequency


@dataclass(frozen=True)
class Topic:
    """A group of messages with one email preference.

    `messages` lists their folders below templates/email/. A topic with a single frequency cannot be changed by the
    person.
    """

    key: str
    label: Promise
    explanation: Promise
    messages: tuple[str, ...]
    usual: Frequency = Frequency.AT_ONCE
    choices: tuple[Frequency, ...] = tuple(Frequency)

    @property
    def is_choosable(self) -> bool:
        return len(self.choices) > 1


# Essential emails: losing one could cost a person their account or seat.
ALWAYS = (Frequency.AT_ONCE,)

_topics: dict[str, Topic] = {}
_topic_of_message: dict[str, Topic] = {}


def register_topics(topics: Iterable[Topic]) -> None:
    """Register topics, from AppConfig.ready(). Raises ValueError if two topics claim the same message."""
    for topic in topics:
        for message in topic.messages:
            if _topic_of_message.setdefault(message, topic) is not topic:
                raise ValueError(f"{message} belongs to two topics")
        _topics[topic.key] = topic


def topic_of(message: str) -> Topic:
    """Return the topic of a message. Raises KeyError if none is registered."""
    return _topic_of_message[message]


def choosable_topics() -> list[Topic]:
    """Return the choosable topics in order of registration."""
    return [topic for topic in _topics.values() if topic.is_choosable]


def choosable_topic(key: str) -> Topic | None:
    """Return the topic with this key if it is choosable, else None."""
    topic = _topics.get(key)
    return topic if topic and topic.is_choosable else None


def always_mailed() -> list[Topic]:
    """Return the topics without a choice."""
    return [topic for topic in _topics.values() if not topic.is_choosable]


def topics_of(messages: Iterable[str]) -> dict[str, Topic | None]:
    """Map each message to its topic, or None if unregistered."""
    return {message: _topic_of_message.get(message) for message in messages}
