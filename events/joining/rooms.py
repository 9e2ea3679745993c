"""What a conference provider is told, and what it is: words that every provider shares."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Visitor:
    """Somebody who goes into a call: the name others read there, a stable key, and whether they lead the call."""

    name: str
    key: str
    is_host: bool = False


@dataclass(frozen=True)
class Room:
    """An event's call, as a provider needs to know it; `name` cannot be guessed."""

    name: str
    title: str
    ends_at: datetime


Provider = Callable[[Room, Visitor], str]
