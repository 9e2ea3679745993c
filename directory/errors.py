from community.errors import RoomError


class DirectoryError(RoomError):
    """An action in this room was refused."""
