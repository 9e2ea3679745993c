"""The banner of the demonstration and the personas beside the sign-in form.

They are rendered without the request, because its context processors would ask for the banner again.
"""

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from .personas import PERSONAS


def demo_banner(request: HttpRequest) -> str:
    """Render the warning that everything is invented, empty outside the demonstration."""
    if not settings.DEMO:
        return ""
    return render_to_string("demo/banner.html", {"second_factor_off": not settings.REQUIRE_MODERATOR_SECOND_FACTOR})


def persona_panel(request: HttpRequest) -> str:
    """Render one sign-in button per persona, empty outside the demonstration."""
    if not settings.DEMO:
        return ""
    context = {"personas": PERSONAS, "next": request.GET.get("next", ""), "csrf_token": get_token(request)}
    return render_to_string("demo/personas.html", context)
