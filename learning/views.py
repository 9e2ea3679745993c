from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from community.access import is_member, members_only, object_decides, signed_in
from content.serving import serve_page

from .completion import mark_done, mark_undone
from .errors import LearningError
from .models import Completion, LearningIndexPage, ResourcePage

PAGE_SIZE = 30


@object_decides
def index(request: HttpRequest) -> HttpResponse:
    """Serve the page Wagtail would serve here, found in one query."""
    page = LearningIndexPage.objects.visible_to(request.user).first()
    if page is None:
        raise Http404
    return serve_page(page, request)


@object_decides
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Serve the page Wagtail would serve here, found in one query."""
    return serve_page(get_object_or_404(ResourcePage.objects.visible_to(request.user), slug=slug), request)


@members_only
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a resource as done."""
    page = get_object_or_404(ResourcePage.objects.visible_to(request.user), id=pk)
    if request.method != "POST":
        # GET arrives here after signing in again, if the session expired before the POST.
        return redirect(page)
    try:
        mark_done(page=page, by=request.user)
    except LearningError as error:
        raise PermissionDenied(str(error)) from error
    messages.success(request, _("Marked as done. You’ll find it in your learning record."))
    return redirect(page)


@members_only
def undone(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the mark."""
    page = get_object_or_404(ResourcePage.objects.visible_to(request.user), id=pk)
    if request.method != "POST":
        return redirect(page)
    mark_undone(page=page, by=request.user)
    messages.success(request, _("No longer marked as done."))
    return redirect(page)


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Show the person's record, even after their label has ended; link only resources they can still read."""
    completions = Completion.objects.of(request.user)
    page = Paginator(completions, PAGE_SIZE).get_page(request.GET.get("page"))
    readable = ResourcePage.objects.visible_to(request.user).filter(pk__in=[row.page_id for row in page.object_list])
    addresses = {resource.pk: resource.get_absolute_url() for resource in readable.only("slug")}
    for row in page.object_list:
        row.href = addresses.get(row.page_id)
    context = {
        "completions_page": page,
        "total_minutes": completions.total_minutes(),
        "reads_catalogue": is_member(request.user),
    }
    return render(request, "learning/mine.html", context)
