from django.utils.translation import gettext_lazy as _

from notifications.models import Frequency
from notifications.topics import ALWAYS, Topic

TOPICS = [
    Topic(
        "event_reminders",
        _("Reminders of events"),
        _("A day and an hour before an event in which you have a place."),
        ("events/reminder",),
        choices=(Frequency.AT_ONCE, Frequency.NEVER),
    ),
    Topic(
        "event_announcements",
        _("Messages from organisers"),
        _("What the organisers of an event write to everybody with a place."),
        ("events/announcement",),
        choices=(Frequency.AT_ONCE, Frequency.NEVER),
    ),
    Topic(
        "event_places",
        _("Your places at events"),
        _("A place, a turn on the waiting list, and what changes about them."),
        (
            *("events/registered", "events/waiting", "events/cancelled", "events/place_freed", "events/guest"),
            *("events/offered", "events/offer_expired", "events/moved", "events/event_cancelled"),
        ),
        choices=ALWAYS,
    ),
    Topic(
        "event_proposals",
        _("Proposed events"),
        _("What became of an event that you proposed; for moderators, that one waits."),
        ("events/proposal_made", "events/proposal_accepted", "events/proposal_declined"),
    ),
]
