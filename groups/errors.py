from django.core.exceptions import PermissionDenied


class GroupsError(Exception):
    """A verb of this room refused; the message is a sentence for the person who asked."""


class IncompleteError(GroupsError):
    """A practice cannot be submitted yet: `missing` says per field what is still needed."""

    def __init__(self, message: str, missing: dict[str, str]) -> None:
        super().__init__(message)
        self.missing = missing


class RefusedError(GroupsError, PermissionDenied):
    """The person may not do this, or no longer: the admin, which knows no errors of ours, answers 403."""
