"""How much one person writes in a short time. The numbers stand in ACCOUNT_RATE_LIMITS, beside allauth's own."""

from allauth.core.ratelimit import consume
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .errors import RoomError


class TooOftenError(RoomError):
    """The person has done this very often just now."""

    def __init__(self) -> None:
        super().__init__(_("That was a lot in a short time. Nothing is lost: wait a little, then send it again."))


def check_pace(request: HttpRequest, action: str) -> None:
    """Count this one. Raises TooOftenError beyond what a person does in the time."""
    if not consume(request, action=action):
        raise TooOftenError


def refuse(form: Form, error: RoomError, field: str | None = None) -> None:
    """Say in the form why it was not taken."""
    form.add_error(field, ValidationError(str(error), code=type(error).__name__))


def status_of(form: Form | None) -> int:
    """The status of a page with this form on it: 200, 422 with errors, 429 when it came too soon."""
    if form is None or not form.errors:
        return 200
    return 429 if form.has_error(NON_FIELD_ERRORS, TooOftenError.__name__) else 422
