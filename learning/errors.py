from community.errors import RoomError


class LearningError(RoomError):
    """A verb of this room refused."""
