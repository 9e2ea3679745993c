"""The way into the Wagtail admin: the site's own login, and the second factor for whoever moderates."""

from collections.abc import Callable
from functools import wraps

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from .access import View, is_moderator, public

# Wagtail's editor writes inline styles and scripts; nothing a member wrote runs on these pages as HTML.
ADMIN_CSP = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
}


@public
def to_site_login(request: HttpRequest) -> HttpResponse:
    """Send whoever asks for Wagtail's own login to the site's."""
    if request.user.is_authenticated:
        return redirect("dashboard")
    return redirect_to_login(request.GET.get("next", reverse("wagtailadmin_home")), reverse(settings.LOGIN_URL))


def has_second_factor(user) -> bool:
    """Whether an app or a key confirms the person's sign-ins; recovery codes alone do not count."""
    return is_mfa_enabled(user, types=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])


def lacks_second_factor(user) -> bool:
    """Whether a moderator still has to set up a second factor before moderating."""
    return settings.REQUIRE_MODERATOR_SECOND_FACTOR and not has_second_factor(user)


def moderators_admin(view: Callable) -> View:
    """Admit moderators with a second factor; send those without to set one up; hide the admin from everyone else."""

    @csp_replace(ADMIN_CSP)
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse(settings.LOGIN_URL))
        if not is_moderator(request.user):
            raise Http404
        if lacks_second_factor(request.user):
            return redirect("second_factor")
        return view(request, *args, **kwargs)

    guarded.audience = "moderators"
    return guarded
