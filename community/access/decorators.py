"""View decorators. Every view declares its audience with one of them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from .facts import access_of
from .rules import may_contribute, refusal_to_contribute

View = Callable[..., HttpResponse]


def _declared(audience: str, admits: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    """Return a decorator that declares a view's audience and answers 404 to everyone else."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not admits(request):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.audience = audience
        return guarded

    return decorate


public = _declared("public", lambda request: True)
members_only = _declared("members", lambda request: access_of(request.user).reads_members_content)
# The view looks the object up with `visible_to`: pages, files, feeds.
object_decides = _declared("object", lambda request: True)


def signed_in(view: View) -> View:
    """Redirect signed-out visitors to the sign-in page and back, whether or not the target exists.

    A POST gets a 404 instead, because a redirect would lose its data; the 404 page shows what was typed.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            if request.method == "POST":
                raise Http404
            return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    guarded.audience = "signed_in"
    return guarded


def contributors_only(view: View) -> View:
    """Hide the view from non-members. Raise PermissionDenied, with the reason, for members in grace or suspended."""

    @members_only
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_contribute(request.user):
            raise PermissionDenied(refusal_to_contribute(request.user))
        return view(request, *args, **kwargs)

    guarded.audience = "contributors"
    return guarded
