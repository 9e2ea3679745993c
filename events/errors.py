from community.errors import RoomError


class EventsError(RoomError):
    """A verb of this room refused."""
