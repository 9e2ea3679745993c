from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from community.access import public
from community.models import User

from .personas import PERSONAS


@public
@require_POST
def sign_in_as(request: HttpRequest, persona: str) -> HttpResponse:
    """Sign in as a persona without a password. Raises 404 outside the demonstration."""
    chosen = next((p for p in PERSONAS if p.key == persona), None)
    if chosen is None or not settings.DEMO:
        raise Http404
    if not chosen.email:
        logout(request)
        return redirect("wagtail_serve", "")
    # `login` keeps the anonymous session, such as an unsaved text, for whoever signs in.
    login(request, get_object_or_404(User, email=chosen.email), backend=settings.AUTHENTICATION_BACKENDS[0])
    wanted = request.POST.get("next", "")
    # `redirect` would resolve anything but a path as a view name.
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None)
    return redirect(wanted if ours else "dashboard")
