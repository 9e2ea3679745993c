from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control


class TimeZoneMiddleware:
    """Shows times in the person's own zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The session decides without a query; the zone is read with the user once there is one.
        if request.session.session_key and request.user.is_authenticated:
            with timezone.override(ZoneInfo(request.user.time_zone)):
                return self.get_response(request)
        return self.get_response(request)


class AccessMiddleware:
    """Remembers the person's access for this request, refuses undeclared views, keeps personal answers from caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            # PostgreSQL refuses to look such a text up; nothing of ours has it in its address.
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
                f"{view.__module__}.{view.__qualname__} declares no audience (community/access/__init__.py)"
            )
        raise Http404
