"""Pages that show practices."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from community.access import is_moderator, may_contribute, object_decides, signed_in
from content.taxonomy import Language, Pillar

from ..browsing import Filters, counted, countries_of_schools, page_of
from ..models import Practice
from ..presentation import embedded, reading_context, structured_data, way_of

MINE_PER_PAGE = 20


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
    practice = get_object_or_404(Practice.objects.visible_to(request.user).for_reading(), pk=pk)
    if slug != practice.slug:
        return redirect(practice, permanent=False)
    own = practice.author_id == request.user.pk
    context = reading_context(practice, request) | {
        "structured": structured_data(practice, request),
        "own": own,
        "refusal": practice.refusal_to_edit(request.user) if own else "",
        "reason": practice.return_reason() if own and practice.status == "returned" else "",
    }
    return render(request, "groups/practice.html", context)


@signed_in
def practice_mine(request: HttpRequest) -> HttpResponse:
    """The person's own practices with what comes next; also for those whose school has no label now."""
    own = (
        Practice.objects.authored_by(request.user)
        .for_list()
        .order_by(F("latest_revision").desc(nulls_last=True), "-pk")
    )
    page = Paginator(own, MINE_PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "groups/practice_mine.html",
        {
            "page": page,
            "editable": {practice.pk for practice in page if not practice.refusal_to_edit(request.user)},
            "may_contribute": may_contribute(request.user),
        },
    )


@signed_in
def practice_history(request: HttpRequest, pk: int) -> HttpResponse:
    """The way of a practice, for its author and for moderators who may open it."""
    practices = Practice.objects.authored_by(request.user)
    if is_moderator(request.user):
        practices = practices | Practice.objects.moderated_by(request.user)
    practice = get_object_or_404(practices.select_related("school"), pk=pk)
    return render(request, "groups/practice_history.html", {"practice": practice, "way": way_of(practice)})


@signed_in
def practice_export(request: HttpRequest, pk: int) -> HttpResponse:
    """The author's latest text as one file that opens anywhere, pictures included."""
    practice = own_draft(request, pk)
    context = reading_context(practice, request)
    context["figures"] = [{"data": embedded(image.image), "alt": image.alt} for image in context["images"]]
    response = render(request, "groups/practice_export.html", context)
    response["Content-Disposition"] = f'attachment; filename="{practice.slug[:80]}.html"'
    return response


@signed_in
def practice_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """How the author's latest text will look to readers."""
    practice = own_draft(request, pk)
    return render(
        request,
        "groups/practice.html",
        reading_context(practice, request)
        | {"own": True, "previewing": True, "refusal": practice.refusal_to_edit(request.user)},
    )


def own_draft(request: HttpRequest, pk: int) -> Practice:
    """The latest text of a practice of the person's own; else 404."""
    practice = get_object_or_404(Practice.objects.authored_by(request.user).select_related("school", "author"), pk=pk)
    return practice.get_latest_revision_as_object()
