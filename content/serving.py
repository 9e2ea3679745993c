from django.http import HttpRequest, HttpResponse
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail.views import serve


def serve_page(page: Page, request: HttpRequest) -> HttpResponse:
    """Serve a page that a view has found by itself, through the same hooks as when Wagtail walks the path to it.

    Wagtail spends two queries on every step of the path and remembers the outcome on the request, which is set here.
    """
    request._wagtail_route_for_request = RouteResult(page)
    return serve(request, request.path)
