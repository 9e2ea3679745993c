"""Access to the Wagtail admin: the site's login, and a second factor for moderators."""

from collections.abc import Callable
from functools import wraps

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_POST

from ..access import View, access_of, public

# Wagtail's editor needs inline styles and scripts. Nothing members write is rendered as HTML on these pages.
ADMIN_CSP = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
}


@public
def to_site_login(request: HttpRequest) -> HttpResponse:
    """Redirect Wagtail's login to the site's own."""
    if request.user.is_authenticated:
        return redirect("dashboard")
    return redirect_to_login(request.GET.get("next", reverse("wagtailadmin_home")), reverse(settings.LOGIN_URL))


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out from the admin's sign-out button."""
    logout(request)
    return redirect("wagtail_serve", "")


def moderators_admin(view: Callable) -> View:
    """Admit moderators with a second factor, send the others to set one up, and answer 404 to everyone else."""

    @csp_replace(ADMIN_CSP)
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse(settings.LOGIN_URL))
        access = access_of(request.user)
        if access.lacks_second_factor:
            return redirect("second_factor")
        if not access.is_moderator:
            raise Http404
        # Admin URLs carry no language prefix.
        translation.activate(request.user.language)
        return view(request, *args, **kwargs)

    guarded.audience = "moderators"
    return guarded


@moderators_admin
def closed(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer 404 for Wagtail views the site does not use."""
    raise Http404
