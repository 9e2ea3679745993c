"""Answers to requests that are refused before they reach a view."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import bad_request

CHUNK = 64 * 1024


def refused_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Explain what to do if the request was too large. Anything else Django refuses is a bad request."""
    if not isinstance(exception, RequestDataTooBig):
        return bad_request(request, exception)
    # Read the rest of the body, because a browser that is cut off while sending shows its own error instead of this
    # page.
    while request.read(CHUNK):
        pass
    return HttpResponse(render_to_string("413.html"), status=413)


class WrongMethodMiddleware:
    """Replaces the empty 405 response with a page that offers links when somebody opens a POST-only address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "GET" and response.status_code == 405:
            response.content = render_to_string("405.html", request=request)
        return response
