"""What stands around an event on its page: ways into a calendar, and what comes after it."""

from django import template

from ..calendar.links import calendar_links
from ..models import EventPage

register = template.Library()


@register.inclusion_tag("events/calendar/add.html")
def add_to_calendar(event: EventPage) -> dict:
    """Ways to keep the event in a calendar; nothing once it is over or called off."""
    return {"event": event, "is_kept": not event.has_ended() and not event.is_cancelled, "links": calendar_links(event)}
