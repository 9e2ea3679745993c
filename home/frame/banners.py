"""Banners above every page, which higher rooms add."""

from collections.abc import Callable

from django.http import HttpRequest
from wagtail import hooks

BANNERS_HOOK = "register_banner"
# Renders the banner; empty if there is nothing to say.
Banner = Callable[[HttpRequest], str]


def banners(request: HttpRequest) -> list[str]:
    """Return the banners of this page, rendered."""
    renderers: list[Banner] = hooks.get_hooks(BANNERS_HOOK)
    return [html for render in renderers if (html := render(request))]
