from community.errors import RoomError


class EventsError(RoomError):
    """An action in this room was refused."""
