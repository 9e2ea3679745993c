"""Parts of an event's page that rooms above add: they register a section in their AppConfig.ready()."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from .models import EventPage

# Renders the section for whoever looks, told whether they took part in the event or ran it; an empty string when there
# is nothing for them.
Section = Callable[[HttpRequest, "EventPage", bool], str]

event_sections: list[Section] = []


def event_section(section: Section) -> Section:
    """Show the section beside every event, after those registered before."""
    event_sections.append(section)
    return section
