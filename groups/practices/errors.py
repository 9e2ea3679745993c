from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from community.errors import RoomError


class PracticesError(RoomError):
    """A verb of this room refused."""


class IncompleteError(PracticesError):
    """A practice cannot be submitted yet: `missing` says per field what is still needed."""

    def __init__(self, message: str, missing: dict[str, str]) -> None:
        super().__init__(message)
        self.missing = missing


class RefusedError(PracticesError, PermissionDenied):
    """The person may not do this, or no longer: the admin, which knows no errors of ours, answers 403."""


class TakenError(PracticesError):
    """Somebody else writes on the practice now: `lease` says who."""

    def __init__(self, lease) -> None:
        super().__init__(_("%(name)s is writing on it now.") % {"name": lease.holder})
        self.lease = lease


class StaleError(PracticesError):
    """The practice was saved elsewhere since this form was opened."""

    def __init__(self) -> None:
        super().__init__(_("It was changed elsewhere since you opened it here."))
