"""Types shared by all conference providers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Visitor:
    """A person entering a call: the name others see, a stable key, and whether they moderate the call."""

    name: str
    key: str
    is_host: bool = False


@dataclass(frozen=True)
class Room:
    """An event's call as a provider sees it; `name` cannot be guessed."""

    name: str
    title: str
    ends_at: datetime


Provider = Callable[[Room, Visitor], str]
