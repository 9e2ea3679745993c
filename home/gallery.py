from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from community.access import public


@public
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with its states; only while developing."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "gallery.html")
