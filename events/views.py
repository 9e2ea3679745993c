from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from community.access import object_decides
from content.serving import serve_page

from .models import EventIndexPage, EventPage


@object_decides
def index(request: HttpRequest) -> HttpResponse:
    """Serve the page Wagtail would serve here, found in one query."""
    page = EventIndexPage.objects.visible_to(request.user).first()
    if page is None:
        raise Http404
    return serve_page(page, request)


@object_decides
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Serve the page Wagtail would serve here, found in one query."""
    return serve_page(event_of(request, slug), request)


def event_of(request: HttpRequest, slug: str) -> EventPage:
    """Return the event with this slug if the person can see it; raise Http404 otherwise."""
    return get_object_or_404(EventPage.objects.visible_to(request.user).select_related("cancellation"), slug=slug)
