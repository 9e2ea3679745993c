class RoomError(Exception):
    """A verb refused. Each room has an error of its own; the message is a sentence for the person who asked."""


class CommunityError(RoomError):
    """A verb of this room refused."""
