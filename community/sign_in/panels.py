"""Panels beside the sign-in form, which higher rooms add."""

from collections.abc import Callable

from django.http import HttpRequest
from wagtail import hooks

SIGN_IN_PANELS_HOOK = "register_sign_in_panel"
# Renders the panel; empty if there is nothing to show.
Panel = Callable[[HttpRequest], str]


def sign_in_panels(request: HttpRequest) -> list[str]:
    """Return the panels, rendered."""
    renderers: list[Panel] = hooks.get_hooks(SIGN_IN_PANELS_HOOK)
    return [html for render in renderers if (html := render(request))]
