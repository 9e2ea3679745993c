class RoomError(Exception):
    """An action was refused. Each room subclasses it; the message is a sentence for the user."""


class CommunityError(RoomError):
    """An action in this room was refused."""
