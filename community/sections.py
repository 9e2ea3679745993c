"""Sections that higher rooms add to a school's page."""

from collections.abc import Callable

from django.http import HttpRequest
from wagtail import hooks

from .models import School

SCHOOL_SECTIONS_HOOK = "register_school_section"
# Renders the section for the visitor; empty if there is nothing to show.
Section = Callable[[HttpRequest, School], str]


def school_sections(request: HttpRequest, school: School) -> list[str]:
    """Return the sections for the end of the school's page, rendered, in the order of the rooms."""
    renderers: list[Section] = hooks.get_hooks(SCHOOL_SECTIONS_HOOK)
    return [html for render in renderers if (html := render(request, school))]
