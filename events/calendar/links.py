"""Links that add an event to a web calendar. Nothing is loaded from those sites."""

from datetime import UTC
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from ..models import EventPage


def calendar_links(event: EventPage) -> list[tuple[str, str]]:
    """Return names and URLs of the web calendars' own forms, filled in from the event's page."""
    page = settings.SITE_URL + event.get_absolute_url()
    join = settings.SITE_URL + reverse("event_join", args=[event.slug])
    starts, ends = event.starts_at.astimezone(UTC), event.ends_at.astimezone(UTC)
    google = {
        "action": "TEMPLATE",
        "text": event.title,
        "dates": f"{starts:%Y%m%dT%H%M%SZ}/{ends:%Y%m%dT%H%M%SZ}",
        "details": page,
        "location": join,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": event.title,
        "startdt": f"{starts:%Y-%m-%dT%H:%M:%SZ}",
        "enddt": f"{ends:%Y-%m-%dT%H:%M:%SZ}",
        "body": page,
        "location": join,
    }
    return [
        ("Google Calendar", f"https://calendar.google.com/calendar/render?{urlencode(google)}"),
        ("Outlook", f"https://outlook.office.com/calendar/0/deeplink/compose?{urlencode(outlook)}"),
    ]
