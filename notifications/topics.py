"""Topics group messages for email preferences. Each room adds its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from wagtail import hooks

from .models import Frequency

TOPICS_HOOK = "register_message_topics"


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

Topics = Callable[[], Iterable[Topic]]


@lru_cache(maxsize=1)
def _indexed(registered: tuple[Topics, ...]) -> tuple[dict[str, Topic], dict[str, Topic]]:
    """Return the topics by key and by message. Raises ValueError if two topics claim the same message."""
    by_key: dict[str, Topic] = {}
    by_message: dict[str, Topic] = {}
    for topic in (topic for topics in registered for topic in topics()):
        for message in topic.messages:
            if by_message.setdefault(message, topic) is not topic:
                raise ValueError(f"{message} belongs to two topics")
        by_key[topic.key] = topic
    return by_key, by_message


def _topics() -> dict[str, Topic]:
    """Return every topic by key, in the order of the rooms."""
    return _indexed(tuple(hooks.get_hooks(TOPICS_HOOK)))[0]


def _topic_of_message() -> dict[str, Topic]:
    return _indexed(tuple(hooks.get_hooks(TOPICS_HOOK)))[1]


def topic_of(message: str) -> Topic:
    """Return the topic of a message. Raises KeyError if no topic has it."""
    return _topic_of_message()[message]


def choosable_topics() -> list[Topic]:
    """Return the choosable topics, in the order of the rooms."""
    return [topic for topic in _topics().values() if topic.is_choosable]


def choosable_topic(key: str) -> Topic | None:
    """Return the topic with this key if it is choosable, else None."""
    topic = _topics().get(key)
    return topic if topic and topic.is_choosable else None


def always_mailed() -> list[Topic]:
    """Return the topics without a choice."""
    return [topic for topic in _topics().values() if not topic.is_choosable]


def topics_of(messages: Iterable[str]) -> dict[str, Topic | None]:
    """Map each message to its topic, or None if no topic has it."""
    known = _topic_of_message()
    return {message: known.get(message) for message in messages}
