"""Rate limits on writing. The limits are in ACCOUNT_RATE_LIMITS, with allauth's own."""

from allauth.core.ratelimit import consume
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .errors import RoomError


class TooOftenError(RoomError):
    """The person has exceeded a rate limit."""

    def __init__(self) -> None:
        super().__init__(_("You’ve sent a lot in a short time. Your text is safe. Wait a little, then send it again."))


def check_pace(request: HttpRequest, action: str) -> None:
    """Count one action. Raises TooOftenError above its rate limit."""
    if not consume(request, action=action):
        raise TooOftenError


def refuse(form: Form, error: RoomError, field: str | None = None) -> None:
    """Add the error to the form."""
    form.add_error(field, ValidationError(str(error), code=type(error).__name__))


def status_of(form: Form | None) -> int:
    """Return the HTTP status for a page with this form: 200, 422 with errors, 429 over the rate limit."""
    if form is None or not form.errors:
        return 200
    return 429 if form.has_error(NON_FIELD_ERRORS, TooOftenError.__name__) else 422
