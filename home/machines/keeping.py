"""How long machines may keep an answer, and how they ask whether it is still the same."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.http import parse_http_date_safe


def kept(request: HttpRequest, response: HttpResponse, *, seconds: int) -> HttpResponse:
    """The answer with leave to keep it; 304 without its text for whoever has this very text already."""
    patch_cache_control(response, public=True, max_age=seconds)
    set_response_etag(response)
    changed = response.get("Last-Modified")
    return get_conditional_response(
        request, response["ETag"], changed and parse_http_date_safe(changed), response=response
    )
