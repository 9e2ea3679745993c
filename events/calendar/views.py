from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from community.access import members_only, object_decides, signed_in

from ..models import Feed
from ..views import event_of
from .feeds import feed_for, renew_feed, revoke_feed
from .ics import CONTENT_TYPE, Entry, calendar_of


@object_decides
@require_GET
def event_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Return one event as an iCalendar file."""
    event = event_of(request, slug)
    zone = request.user.time_zone if request.user.is_authenticated else ""
    return HttpResponse(
        calendar_of([Entry(event)], zone=zone),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="event-{event.pk}.ics"'},
    )


@object_decides
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Return the person's feed to the calendar program that holds its secret URL."""
    calendar = feed_for(token)
    if calendar is None:
        raise Http404
    return HttpResponse(
        calendar,
        content_type=CONTENT_TYPE,
        headers={"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"},
    )


@signed_in
@require_GET
def feed_settings(request: HttpRequest) -> HttpResponse:
    """Show the person's feed and its controls."""
    return _settings_page(request)


@members_only
@require_POST
def feed_renew(request: HttpRequest) -> HttpResponse:
    """Create a new feed URL and show it once."""
    token = renew_feed(by=request.user)
    return _settings_page(request, settings.SITE_URL + reverse("event_feed", args=[token]))


@signed_in
def feed_revoke(request: HttpRequest) -> HttpResponse:
    """Revoke the feed URL."""
    if request.method == "POST":
        revoke_feed(by=request.user)
    return redirect("event_feed_settings")


def _settings_page(request: HttpRequest, address: str = "") -> HttpResponse:
    context = {
        "feed": Feed.objects.filter(user=request.user).first(),
        "address": address,
        "subscribe_href": "webcal://" + address.partition("://")[2] if address else "",
    }
    return render(request, "events/calendar/feed.html", context)
