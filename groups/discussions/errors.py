from django.core.exceptions import PermissionDenied

from community.errors import RoomError


class DiscussionsError(RoomError):
    """A verb of this room refused."""


class RefusedError(DiscussionsError, PermissionDenied):
    """The person may not do this, or no longer."""
