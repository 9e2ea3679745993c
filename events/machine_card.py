from django.utils.translation import gettext as _

from content.machine_cards import Card, absolute, page_card

from .models import EventPage


def event_card(event: EventPage) -> Card | None:
    """Return the machine-readable card of a public event."""
    url = absolute(event.get_absolute_url())
    status = "EventCancelled" if event.is_cancelled else "EventScheduled"
    return page_card(
        event,
        **{
            "@type": "Event",
            "startDate": event.starts_at.isoformat(),
            "endDate": event.ends_at.isoformat(),
            "eventStatus": f"https://schema.org/{status}",
            "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
            # Never the address of the call, which only registered people get, through the page.
            "location": {"@type": "VirtualLocation", "url": url},
            "organizer": {"@type": "Organization", "name": str(_("eTwinning Schools")), "url": absolute("/")},
            "isAccessibleForFree": True,
        },
    )
