"""Sections that higher rooms add to an event's page."""

from collections.abc import Callable

from django.http import HttpRequest
from wagtail import hooks

from .models import EventPage

EVENT_SECTIONS_HOOK = "register_event_section"
# Renders the section for the viewer, given whether they took part in or organised the event; empty if there is none.
Section = Callable[[HttpRequest, EventPage, bool], str]


def event_sections(request: HttpRequest, event: EventPage, was_there: bool) -> list[str]:
    """Return the sections to show beside the event, rendered, in the order of the rooms."""
    renderers: list[Section] = hooks.get_hooks(EVENT_SECTIONS_HOOK)
    return [html for render in renderers if (html := render(request, event, was_there))]
