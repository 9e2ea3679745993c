"""Pages where authors list, preview and export their practices."""

import base64

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.access import access_of, may_contribute, signed_in

from ..models import CoAuthor, Practice
from ..picture_sizes import EXPORTED
from ..review.progress import progress_of
from ..writing.own_drafts import own_draft

MINE_PER_PAGE = 20


@signed_in
def practice_mine(request: HttpRequest) -> HttpResponse:
    """List the practices the person writes or co-authors, with the next step; open to schools without a label too."""
    own = (
        Practice.objects.written_by(request.user)
        .for_list()
        .with_co_authors()
        .order_by(F("latest_revision").desc(nulls_last=True), "-pk")
    )
    page = Paginator(own, MINE_PER_PAGE).get_page(request.GET.get("page"))
    where = progress_of(page)
    for practice in page:
        practice.where = where[practice.pk]
    return render(
        request,
        "practices/practice_mine.html",
        {
            "page": page,
            "editable": {practice.pk for practice in page if not practice.refusal_to_edit(request.user)},
            "may_contribute": may_contribute(request.user),
            "schools": access_of(request.user).contributing,
            "invitations": CoAuthor.objects.waiting_for(request.user).select_related("practice__school", "invited_by"),
        },
    )


@signed_in
def practice_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the latest draft as a self-contained HTML file, pictures included."""
    practice = own_draft(request, pk)
    figures = [{"data": embedded(image.image), "alt": image.alt} for image in practice.images.all()]
    response = render(request, "practices/practice_export.html", {"practice": practice, "figures": figures})
    response["Content-Disposition"] = f'attachment; filename="{practice.slug[:80]}.html"'
    return response


@signed_in
def practice_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview the latest draft as readers will see it."""
    practice = own_draft(request, pk)
    return render(
        request,
        "practices/practice.html",
        {
            "practice": practice,
            "own": True,
            "previewing": True,
            "refusal": practice.refusal_to_edit(request.user),
        },
    )


def embedded(image) -> str:
    """Return an image as a data URI, for a self-contained page."""
    rendition = image.get_rendition(EXPORTED)
    with rendition.file.open("rb") as file:
        return "data:image/jpeg;base64," + base64.b64encode(file.read()).decode()
