from django.core.exceptions import PermissionDenied

from community.errors import RoomError


class DiscussionsError(RoomError):
    """An action in this room was refused."""


class RefusedError(DiscussionsError, PermissionDenied):
    """The person may not do this."""
