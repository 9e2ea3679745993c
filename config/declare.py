"""Declare audiences for the views of third-party packages, because undeclared views are rejected."""

from collections.abc import Callable

from django.urls import URLPattern, URLResolver, include, path


def declared(route: str, module, decorate: Callable) -> URLResolver:
    """Include a package's URLs, each view wrapped in one of the decorators of community/access/decorators.py."""
    included = path(route, include(module))
    _decorate(included.url_patterns, decorate)
    return included


def _decorate(patterns: list, decorate: Callable) -> None:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = decorate(pattern.callback)
        else:
            _decorate(pattern.url_patterns, decorate)
