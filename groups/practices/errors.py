from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from community.errors import RoomError


class PracticesError(RoomError):
    """An action in this room was refused."""


class IncompleteError(PracticesError):
    """A practice cannot be submitted yet; `missing` maps each incomplete field to a sentence."""

    def __init__(self, message: str, missing: dict[str, str]) -> None:
        super().__init__(message)
        self.missing = missing


class RefusedError(PracticesError, PermissionDenied):
    """The person may not do this. A PermissionDenied, so that the Wagtail admin answers 403."""


class TakenError(PracticesError):
    """Another person holds the edit lock, given as `edit_lock`."""

    def __init__(self, edit_lock) -> None:
        super().__init__(_("%(name)s is editing this now.") % {"name": edit_lock.holder})
        self.edit_lock = edit_lock


class StaleError(PracticesError):
    """The practice has been saved elsewhere since this form was opened."""

    def __init__(self) -> None:
        super().__init__(_("Someone has changed this since you opened it."))
