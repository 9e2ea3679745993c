from django.core.exceptions import PermissionDenied

from community.errors import RoomError


class ModerationError(RoomError):
    """An action in this room was refused."""


class RefusedError(ModerationError, PermissionDenied):
    """The person may not do this."""
