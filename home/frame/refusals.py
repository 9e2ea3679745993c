"""Requests that are refused before any view sees them."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import bad_request

CHUNK = 64 * 1024


def refused_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say what to do when a text is too long to be read; anything else that Django refuses is a bad request."""
    if not isinstance(exception, RequestDataTooBig):
        return bad_request(request, exception)
    # A browser that is cut off while it sends shows an error of its own instead of this page.
    while request.read(CHUNK):
        pass
    return HttpResponse(render_to_string("413.html"), status=413)


class WrongMethodMiddleware:
    """Gives who opens the address of a button a page with ways on, where Django's answer is empty."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "GET" and response.status_code == 405:
            response.content = render_to_string("405.html", request=request)
        return response
