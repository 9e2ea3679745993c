"""What a page shows beside its own fields. Rooms register it, so that their models need not know what shows them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

Context = Callable[[Any, HttpRequest], dict[str, Any]]

_contexts: dict[str, Context] = {}


def page_context(label: str) -> Callable[[Context], Context]:
    """Give pages of this model (`app_label.Model`) what the function returns whenever they are served or previewed."""

    def register(context: Context) -> Context:
        _contexts[label] = context
        return context

    return register


def context_for(page: Page, request: HttpRequest) -> dict[str, Any]:
    """What the page's room registered for it; nothing without that."""
    context = _contexts.get(page._meta.label)
    return context(page, request) if context else {}
