"""Requests that are refused before any view sees them."""

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
