from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.access import object_decides, public
from community.school_pages import visible_school
from content.models import Rendition

from ..browsing import SchoolFilters, count_by_country, school_list_page
from ..map import draw_map
from ..models import Kind, ProfileItem, profile_of
from ..presentation import page_context
from ..sizes import LOGO


@public
def school_list(request: HttpRequest) -> HttpResponse:
    """List the schools that hold the label today, with a map."""
    filters = SchoolFilters(request.GET)
    numbers = count_by_country(filters)
    country = filters.chosen.get("country", "")
    page = school_list_page(filters, request.GET)
    logos = _logos([school.pk for school in page.schools])
    return render(
        request,
        "directory/school_list.html",
        {
            "filters": filters,
            "page": page,
            "schools": [(school, logos.get(school.pk)) for school in page.schools],
            "total": numbers.get(country, 0) if country else sum(numbers.values()),
            "countries": len(numbers),
            "europe": draw_map(numbers, chosen=country, href=filters.with_country),
            "first_href": filters.with_country(country),
        },
    )


def _logos(school_ids: list[int]) -> dict[int, Rendition]:
    logos = ProfileItem.objects.shown().filter(kind=Kind.LOGO, school__in=school_ids).with_pictures()
    return {item.school_id: item.rendition(LOGO) for item in logos}


@object_decides
def school_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the school's text, pictures, label periods and the sections of other apps."""
    school = visible_school(request, slug)
    items = ProfileItem.objects.shown().filter(school=school).exclude(kind=Kind.WEBSITE).with_pictures()
    return render(request, "directory/school.html", page_context(request, school, profile_of(school), list(items)))
