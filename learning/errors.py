from community.errors import RoomError


class LearningError(RoomError):
    """An action in this room was refused."""
