"""Rooms on a Jitsi server: a name that cannot be guessed, and a token for servers that ask for one."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote, urlsplit

import jwt

from .rooms import Room, Visitor

# Calls run over; nobody should be thrown out at the minute.
TOKEN_OUTLIVES_EVENT = timedelta(hours=2)


@dataclass(frozen=True)
class Jitsi:
    """A server; with a secret it lets in only who brings a token signed with it, without one whoever knows a room."""

    url: str
    app_id: str = ""
    secret: str = ""

    def address(self, room: Room, visitor: Visitor) -> str:
        """The visitor's way into the room."""
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
