from .announcements import Announcement, Recipients
from .attendance import AttendanceLine
from .feedback import Feedback
from .feeds import Feed
from .guests import GuestPass
from .kinds import Admits, Kind
from .materials import Material, Readers
from .offers import Offer, Outcome
from .pages import EventIndexPage, EventPage
from .planning import Cancellation, Decision, Proposal, Series
from .registrations import SEATED, Registration, State, Window

__all__ = [
    "SEATED",
    "Admits",
    "Announcement",
    "AttendanceLine",
    "Cancellation",
    "Decision",
    "EventIndexPage",
    "EventPage",
    "Feed",
    "Feedback",
    "GuestPass",
    "Kind",
    "Material",
    "Offer",
    "Outcome",
    "Proposal",
    "Readers",
    "Recipients",
    "Registration",
    "Series",
    "State",
    "Window",
]
