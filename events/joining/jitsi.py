"""Rooms on a Jitsi server: unguessable names, and tokens for servers that require them."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote, urlsplit

import jwt

from .rooms import Room, Visitor

# Calls overrun, and no one should be cut off on the minute.
TOKEN_OUTLIVES_EVENT = timedelta(hours=2)


@dataclass(frozen=True)
class Jitsi:
    """A server. With a secret it admits only visitors with a signed token; without one, anyone who knows the room."""

    url: str
    app_id: str = ""
    secret: str = ""

    def address(self, room: Room, visitor: Visitor) -> str:
        """Return the visitor's URL of the room."""
        address = f"{self.url.rstrip('/')}/{quote(room.name)}"
        if not self.secret:
            return address
        claims = {
            "iss": self.app_id,
            "aud": self.app_id,
            "sub": urlsplit(self.url).hostname,
            "room": room.name,
            "exp": room.ends_at + TOKEN_OUTLIVES_EVENT,
            "context": {"user": {"id": visitor.key, "name": visitor.name, "moderator": visitor.is_host}},
        }
        return f"{address}?jwt={jwt.encode(claims, self.secret, algorithm='HS256')}"
