"""Month view of events, by day in the reader's time zone."""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from ..models.pages import EventPage
from ..models.querysets import EventQuerySet

# Visitors have no time zone on record; most of Europe shares this one.
VISITORS_ZONE = "Europe/Brussels"
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass
class Day:
    """A cell of the calendar. Days of adjacent months only complete the weeks and carry no events."""

    date: date
    is_inside: bool
    is_today: bool
    events: list["EventPage"] = field(default_factory=list)


def month_context(events: "EventQuerySet", request: HttpRequest, filters: dict[str, str]) -> dict[str, Any]:
    """Return the context for `?month=2027-03`, or for this month plus the value that could not be parsed."""
    zone = ZoneInfo(request.user.time_zone if request.user.is_authenticated else VISITORS_ZONE)
    today = timezone.localtime(timezone=zone).date()
    asked = request.GET.get("month", "")
    found = MONTH.fullmatch(asked)
    first = date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    begins, ends = (datetime.combine(day, time(), zone) for day in (first, following))
    days = {
        day: Day(day, day.month == first.month, day == today)
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
        for day in week
    }
    shown = events.filter(starts_at__gte=begins, starts_at__lt=ends).for_cards(request.user)
    for event in shown.order_by("starts_at", "pk"):
        event.is_past = event.has_ended()
        days[event.starts_at.astimezone(zone).date()].events.append(event)
    return {
        "month": first,
        "month_begins": begins,
        "month_zone": str(zone),
        "month_days": list(days.values()),
        "month_is_empty": not any(day.events for day in days.values()),
        "weekdays": [day.date for day in list(days.values())[:7]],
        "unknown_month": "" if found or asked in ("", "now") else asked[:20],
        "previous_href": _address(first - timedelta(days=1), filters),
        "this_href": "" if first == today.replace(day=1) else _address(today, filters),
        "next_href": _address(following, filters),
    }


def _address(day: date, filters: dict[str, str]) -> str:
    """Return the URL of the month containing this day; '' outside the supported years."""
    month = f"{day:%Y-%m}"
    return f"{reverse('events')}?{urlencode({**filters, 'month': month})}" if MONTH.fullmatch(month) else ""
