from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control


class TimeZoneMiddleware:
    """Activates the person's own time zone for the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The session check costs no query; the zone is read with the user.
        if request.session.session_key and request.user.is_authenticated:
            with timezone.override(ZoneInfo(request.user.time_zone)):
                return self.get_response(request)
        return self.get_response(request)


class AccessMiddleware:
    """Caches the person's access per request, rejects undeclared views, and keeps personal responses out of caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            # PostgreSQL rejects NUL in text, and no URL of ours contains one.
            raise Http404
        if request.user.is_authenticated:
            request.user.access_memory = {}
        response = self.get_response(request)
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        if hasattr(view, "audience"):
            return
        if settings.DEBUG or settings.TESTING:
            raise ImproperlyConfigured(
                f"{view.__module__}.{view.__qualname__} declares no audience (community/access/decorators.py)"
            )
        raise Http404
