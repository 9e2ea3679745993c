from community.errors import RoomError


class ModerationError(RoomError):
    """An action in this room was refused."""
