from community.errors import RoomError


class DirectoryError(RoomError):
    """A verb of this room refused."""
