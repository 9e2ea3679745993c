"""Registry of sections that higher apps add to an event's page; they register in AppConfig.ready()."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from .models import EventPage

# Renders the section for the viewer, given whether they took part in or organised the event; '' if there is none.
Section = Callable[[HttpRequest, "EventPage", bool], str]

event_sections: list[Section] = []


def event_section(section: Section) -> Section:
    """Register a section shown beside every event, after those registered earlier."""
    event_sections.append(section)
    return section
