from django.utils.translation import gettext_lazy as _

from notifications.models import Frequency
from notifications.topics import ALWAYS, Topic

TOPICS = [
    Topic(
        "event_reminders",
        _("Event reminders"),
        _("A day before and an hour before an event you have a place at."),
        ("events/reminder",),
        choices=(Frequency.AT_ONCE, Frequency.NEVER),
    ),
    Topic(
        "event_announcements",
        _("Messages from organisers"),
        _("Messages from event organisers to everyone with a place."),
        ("events/announcement",),
        choices=(Frequency.AT_ONCE, Frequency.NEVER),
    ),
    Topic(
        "event_places",
        _("Your places at events"),
        _("News about your place, or your position on the waiting list."),
        (
            *("events/registered", "events/waiting", "events/cancelled", "events/place_freed", "events/guest"),
            *("events/offered", "events/offer_expired", "events/moved", "events/event_cancelled"),
        ),
        choices=ALWAYS,
    ),
    Topic(
        "event_proposals",
        _("Proposed events"),
        _("Decisions on events you’ve proposed. For moderators, new proposals to review."),
        ("events/proposal_made", "events/proposal_accepted", "events/proposal_declined"),
    ),
]
