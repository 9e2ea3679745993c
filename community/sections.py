"""Parts of a school's page that rooms above add: they register a section in their AppConfig.ready()."""

from collections.abc import Callable

from django.http import HttpRequest

from .models import School

# Renders the section for whoever looks; an empty string when there is nothing for them.
Section = Callable[[HttpRequest, School], str]

school_sections: list[Section] = []


def school_section(section: Section) -> Section:
    """Show the section at the end of every school's page, after those registered before."""
    school_sections.append(section)
    return section
