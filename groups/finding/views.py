"""The list of practices and the page of one."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from community.access import may_contribute, object_decides
from community.models import School
from content.taxonomy import Language, Pillar

from ..models import Practice
from .browsing import Filters, counted, countries_of_schools, page_of
from .structured_data import structured_data


@object_decides
def practice_list(request: HttpRequest) -> HttpResponse:
    """Published practices that the person may read, newest first, narrowed by what the address asks."""
    filters = Filters.of(request.GET)
    for value in filters.unknown:
        messages.info(request, _("We know no “%(value)s”, so it was left out.") % {"value": value})
    visible = Practice.objects.visible_to(request.user).published()
    found = filters.narrow(visible)
    page = page_of(found.for_list(), request.GET, filters.chosen)
    return render(
        request,
        "groups/practice_list.html",
        {
            "page": page,
            "number": counted(found),
            "filters": filters,
            "pillars": Pillar.choices,
            "countries": countries_of_schools(),
            "languages": Language.choices,
            "may_contribute": may_contribute(request.user),
            "past_the_end": "before" in request.GET or "after" in request.GET,
        },
    )


@object_decides
def practice_detail(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """A practice, for whoever may see it; a wrong title in the address leads to the right one."""
    shown = School.objects.visible_to(request.user).filter(pk=OuterRef("school"))
    practices = Practice.objects.visible_to(request.user).for_reading().annotate(school_link=Exists(shown))
    practice = get_object_or_404(practices, pk=pk)
    if slug != practice.slug:
        return redirect(practice, permanent=False)
    own = practice.written_for(request.user) is not None
    context = {
        "practice": practice,
        "school_link": practice.school_link,
        "original": original_of(practice, request),
        "structured": structured_data(practice, request),
        "own": own,
        "refusal": practice.refusal_to_edit(request.user) if own else "",
        "reason": practice.return_reason() if own and practice.status == "returned" else "",
    }
    return render(request, "groups/practice.html", context)


def original_of(practice: Practice, request: HttpRequest) -> Practice | None:
    """The practice this one adapts, when the reader may see it."""
    if practice.adapted_from_id is None:
        return None
    originals = Practice.objects.visible_to(request.user).select_related("school")
    return originals.filter(pk=practice.adapted_from_id).first()
