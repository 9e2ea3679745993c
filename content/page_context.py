"""Extra template context for pages. Apps register it, so that models don't depend on what renders them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

Context = Callable[[Any, HttpRequest], dict[str, Any]]

_contexts: dict[str, Context] = {}


def page_context(label: str) -> Callable[[Context], Context]:
    """Register a function that adds context to this model's pages (`app_label.Model`), previews included."""

    def register(context: Context) -> Context:
        _contexts[label] = context
        return context

    return register


def context_for(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Return the context registered for the page; empty if there is none."""
    context = _contexts.get(page._meta.label)
    return context(page, request) if context else {}
