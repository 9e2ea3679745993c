"""Extra template context for pages. Rooms add it with a hook, so that models don't depend on what renders them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

PAGE_CONTEXTS_HOOK = "register_page_contexts"
Context = Callable[[Any, HttpRequest], dict[str, Any]]
# Returns the function that adds context to the pages of each model, previews included.
Contexts = Callable[[], dict[type[Page], Context]]


def context_for(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Return the context that rooms add to the page; empty if there is none."""
    registered: list[Contexts] = hooks.get_hooks(PAGE_CONTEXTS_HOOK)
    found: dict[str, Any] = {}
    for contexts in registered:
        if context := contexts().get(type(page)):
            found |= context(page, request)
    return found
