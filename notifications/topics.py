"""What messages are about, as far as people choose how often they get them by mail. Rooms register their topics."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from .models import Frequency


@dataclass(frozen=True)
class Topic:
    """Messages that a person takes or leaves together.

    `messages` names their folders below templates/email/. A topic with one frequency leaves no choice.
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


# Mails one cannot do without: they keep an account or a place.
ALWAYS = (Frequency.AT_ONCE,)

_topics: dict[str, Topic] = {}
_topic_of_message: dict[str, Topic] = {}


def register_topics(topics: Iterable[Topic]) -> None:
    """Called by a room's AppConfig.ready(). A message that two topics claim is a programming error."""
    for topic in topics:
        for message in topic.messages:
            if _topic_of_message.setdefault(message, topic) is not topic:
                raise ValueError(f"{message} belongs to two topics")
        _topics[topic.key] = topic


def topic_of(message: str) -> Topic:
    """The topic of a message. KeyError when no room registered it."""
    return _topic_of_message[message]


def choosable_topics() -> list[Topic]:
    """In the order in which rooms registered them."""
    return [topic for topic in _topics.values() if topic.is_choosable]


def choosable_topic(key: str) -> Topic | None:
    """The topic, when there is one by this name that leaves a choice."""
    topic = _topics.get(key)
    return topic if topic and topic.is_choosable else None


def always_mailed() -> list[Topic]:
    """Topics that leave no choice."""
    return [topic for topic in _topics.values() if not topic.is_choosable]


def topics_of(messages: Iterable[str]) -> dict[str, Topic | None]:
    """The topic of each message, None where no room claims it."""
    return {message: _topic_of_message.get(message) for message in messages}
