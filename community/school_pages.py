"""Shared beginning of every school page: the visible school and its breadcrumbs."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from .models import School


def visible_school(request: HttpRequest, slug: str) -> School:
    """Return the school with its `standing`, or 404 if the person may not see it."""
    return get_object_or_404(School.objects.visible_to(request.user), slug=slug)


def crumbs_to(school: School, page: str = "") -> list[tuple[str, str | None]]:
    """Return the breadcrumbs of the school's page, or of a page below it."""
    crumbs = [(_("Schools"), reverse("school_list")), (school.name, school.get_absolute_url() if page else None)]
    return [*crumbs, (page, None)] if page else crumbs
