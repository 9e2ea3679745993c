"""HTTP caching of machine-readable answers."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag


def kept(request: HttpRequest, response: HttpResponse, *, seconds: int) -> HttpResponse:
    """Make the response cacheable for `seconds`, and return 304 if the client already has this text.

    It sends no Last-Modified: withdrawing something moves that date back, so a client asking by date would keep the
    text that still contains it.
    """
    patch_cache_control(response, public=True, max_age=seconds)
    del response["Last-Modified"]
    set_response_etag(response)
    return get_conditional_response(request, response["ETag"], response=response)
