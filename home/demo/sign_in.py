from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from community.access import public
from community.models import User

from .personas import PERSONAS


@public
@require_POST
def sign_in_as(request: HttpRequest, persona: str) -> HttpResponse:
    """Sign in as a persona of the demonstration, without a password; nowhere else than in the demonstration."""
    chosen = next((p for p in PERSONAS if p.key == persona), None)
    if chosen is None or not settings.DEMO:
        raise Http404
    logout(request)
    if not chosen.email:
        return redirect("wagtail_serve", "")
    login(request, get_object_or_404(User, email=chosen.email), backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("dashboard")
