from django.http import HttpRequest, HttpResponse
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail.views import serve


def serve_page(page: Page, request: HttpRequest) -> HttpResponse:
    """Serve a page that a view has already found, through the same hooks as Wagtail's routing.

    Wagtail spends two queries per path segment and caches the route on the request; set that cache here.
    """
    request._wagtail_route_for_request = RouteResult(page)
    return serve(request, request.path)
