"""How long machines may keep an answer, and how they ask whether it is still the same."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag


def kept(request: HttpRequest, response: HttpResponse, *, seconds: int) -> HttpResponse:
    """The answer with leave to keep it; 304 without its text for whoever has this very text already.

    It names no day of its last change: taking something off the site moves that day back, and whoever asked by it
    would be told to keep the text in which the thing still stands.
    """
    patch_cache_control(response, public=True, max_age=seconds)
    del response["Last-Modified"]
    set_response_etag(response)
    return get_conditional_response(request, response["ETag"], response=response)
