from community.errors import RoomError


class DeskError(RoomError):
    """A verb of this room refused."""
