"""Sections that other apps add to a school's page, registered in their AppConfig.ready()."""

from collections.abc import Callable

from django.http import HttpRequest

from .models import School

# Renders the section for the visitor; empty if there is nothing to show.
Section = Callable[[HttpRequest, School], str]

school_sections: list[Section] = []


def school_section(section: Section) -> Section:
    """Register a section at the end of every school's page, in order of registration."""
    school_sections.append(section)
    return section
