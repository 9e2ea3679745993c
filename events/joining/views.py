"""The foyer, and the redirects into the call."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django_permissions_policy.decorators import permissions_policy_override

from community.access import members_only, object_decides

from ..errors import EventsError
from ..models import EventPage, GuestPass
from ..page_context import reader_zone
from ..views import event_of
from .entering import enter, enter_as_guest, refusal_to_enter, refusal_to_guest

# Our page tests camera and microphone; no other origin may request them.
DEVICES = {**settings.PERMISSIONS_POLICY, "camera": ["self"], "microphone": ["self"]}


@members_only
@require_GET
def foyer(request: HttpRequest, slug: str) -> HttpResponse:
    """Show people with a place the countdown and a test of camera and microphone."""
    event = event_of(request, slug)
    if reason := refusal_to_enter(event=event, by=request.user):
        raise PermissionDenied(reason)
    return _foyer(request, event, reverse("event_enter", args=[slug]), reader_zone(event, request.user))


@members_only
@require_GET
def go(request: HttpRequest, slug: str) -> HttpResponse:
    """Redirect a person with a place to the call while the door is open; members learn its URL nowhere else."""
    event = event_of(request, slug)
    if is_only_looking_ahead(request):
        return HttpResponse(status=204)
    if reason := refusal_to_enter(event=event, by=request.user):
        raise PermissionDenied(reason)
    if not event.is_joinable():
        return redirect("event_join", slug)
    return _through(request, partial(enter, event=event, by=request.user)) or redirect("event_join", slug)


@object_decides
@require_GET
def guest_foyer(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Show the foyer to a guest, whose link is their ticket."""
    guest = _guest(slug, token)
    if reason := refusal_to_guest(guest):
        raise PermissionDenied(reason)
    go_url = reverse("event_guest_enter", args=[slug, token])
    return _private(_foyer(request, guest.event, go_url, guest.event.time_zone, guest=guest))


@object_decides
@require_GET
def guest_go(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Redirect a guest to the call while the door is open."""
    guest = _guest(slug, token)
    if is_only_looking_ahead(request):
        return HttpResponse(status=204)
    if reason := refusal_to_guest(guest):
        raise PermissionDenied(reason)
    back = _private(redirect("event_guest", slug, token))
    if not guest.event.is_joinable():
        return back
    return _through(request, partial(enter_as_guest, guest=guest)) or back


def is_only_looking_ahead(request: HttpRequest) -> bool:
    """Return whether the browser is only prefetching the page, which must not count as attendance."""
    return "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))


def _guest(slug: str, token: str) -> GuestPass:
    guest = GuestPass.objects.for_token(token).filter(event__slug=slug).select_related("event__cancellation").first()
    if guest is None:
        raise Http404
    return guest


@permissions_policy_override(DEVICES)
def _foyer(
    request: HttpRequest, event: EventPage, go_url: str, zone: str, guest: GuestPass | None = None
) -> HttpResponse:
    now = timezone.now()
    context = {
        "event": event,
        "go_url": go_url,
        "guest": guest,
        "is_open": event.is_joinable(now),
        "has_started": event.has_started(now),
        "now": now,
        "reader_zone": zone,
    }
    return render(request, "events/foyer.html", context)


def _through(request: HttpRequest, enter_call: Callable[[], str]) -> HttpResponse | None:
    """Redirect to the call; return None, with a message for the next page, if that isn't possible now."""
    try:
        address = enter_call()
    except EventsError as error:
        messages.error(request, str(error))
        return None
    if not address:
        messages.warning(
            request, _("The organisers haven’t added the link to the call yet. Please try again in a minute.")
        )
        return None
    # The next site must not learn the referrer, and no cache may keep the URL.
    return HttpResponseRedirect(
        address, headers={"Referrer-Policy": "no-referrer", "Cache-Control": "private, no-store"}
    )


def _private(response: HttpResponse) -> HttpResponse:
    """Keep the page's secret URL out of caches and referrers."""
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
