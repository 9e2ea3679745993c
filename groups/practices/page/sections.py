"""Sections that other rooms add to the page of a practice, registered in their wagtail_hooks.py."""

from collections.abc import Callable

from django.http import HttpRequest
from wagtail import hooks

from ..models import Practice

PRACTICE_SECTIONS_HOOK = "register_practice_section"
# Renders the section for the reader; empty if there is nothing to show.
Section = Callable[[HttpRequest, Practice], str]


def practice_sections(request: HttpRequest, practice: Practice) -> list[str]:
    """Return the rendered sections for the end of the page, in order of registration, without empty ones."""
    sections: list[Section] = hooks.get_hooks(PRACTICE_SECTIONS_HOOK)
    return [html for section in sections if (html := section(request, practice))]
