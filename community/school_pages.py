"""What every page of a school begins with: the school, when the person sees it, and the way to the page."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from .models import School


def visible_school(request: HttpRequest, slug: str) -> School:
    """The school, with its `standing`, when the person sees it; else 404."""
    return get_object_or_404(School.objects.visible_to(request.user), slug=slug)


def crumbs_to(school: School, page: str = "") -> list[tuple[str, str | None]]:
    """The way to the school's page, or to a page below it."""
    crumbs = [(_("Schools"), reverse("school_list")), (school.name, school.get_absolute_url() if page else None)]
    return [*crumbs, (page, None)] if page else crumbs
