"""iCalendar export (RFC 5545): times in UTC, and our join page instead of the call's address."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vUri

from ..models import EventPage, State

# Refresh interval suggested to calendar programs.
LOOK_AGAIN_AFTER = timedelta(hours=4)
# Sequence numbers count seconds from here, to stay below 2³¹.
FIRST_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
CONTENT_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Entry:
    """An event in a calendar, with the state of the person's registration if they have one."""

    event: EventPage
    state: str = ""


def calendar_of(entries: Iterable[Entry], *, zone: str = "", name: str = "") -> bytes:
    """Return an iCalendar file, with texts in the active language.

    Descriptions give times in `zone`, by default each event's own. Select `cancellation` on the events.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.WAGTAIL_SITE_NAME}//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", LOOK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT4H")
    for entry in entries:
        calendar.add_component(_component(entry, zone or entry.event.time_zone))
    return calendar.to_ical()


def _component(entry: Entry, zone: str) -> Event:
    event = entry.event
    changed = _changed_at(event)
    join_url = settings.SITE_URL + reverse("event_join", args=[event.slug])
    component = Event()
    component.add("uid", f"event-{event.pk}@{urlsplit(settings.SITE_URL).hostname}")
    component.add("dtstamp", timezone.now().astimezone(UTC))
    component.add("last-modified", changed)
    component.add("sequence", sequence_of(event))
    component.add("dtstart", event.starts_at.astimezone(UTC))
    component.add("dtend", event.ends_at.astimezone(UTC))
    component.add("summary", _summary(entry))
    component.add("status", _status(entry))
    component.add("url", vUri(settings.SITE_URL + event.get_absolute_url()))
    component.add("location", join_url)
    component.add("class", "PRIVATE")
    context = {"event": event, "zone": zone, "join_url": join_url}
    component.add("description", render_to_string("events/calendar/description.txt", context).strip())
    return component


def sequence_of(event: EventPage) -> int:
    """Return a number that rises with every change: seconds from FIRST_YEAR to the last one."""
    return int((_changed_at(event) - FIRST_YEAR).total_seconds())


def _changed_at(event: EventPage) -> datetime:
    cancelled_at = event.cancellation.cancelled_at if event.is_cancelled else None
    moments = (event.last_published_at, event.latest_revision_created_at, event.first_published_at, cancelled_at)
    return max(filter(None, moments), default=FIRST_YEAR).astimezone(UTC).replace(microsecond=0)


def _summary(entry: Entry) -> str:
    if entry.event.is_cancelled:
        return _("Cancelled: %(title)s") % {"title": entry.event.title}
    if entry.state == State.WAITING:
        return _("On the waiting list: %(title)s") % {"title": entry.event.title}
    if entry.state == State.OFFERED:
        return _("You’ve been offered a place: %(title)s") % {"title": entry.event.title}
    return entry.event.title


def _status(entry: Entry) -> str:
    if entry.event.is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if entry.state in (State.WAITING, State.OFFERED) else "CONFIRMED"
