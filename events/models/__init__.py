from .kinds import Admits, Kind
from .offers import Offer, Outcome
from .pages import EventIndexPage, EventPage
from .planning import Cancellation, Decision, Proposal, Series
from .registrations import SEATED, Registration, State, Window

__all__ = [
    "SEATED",
    "Admits",
    "Cancellation",
    "Decision",
    "EventIndexPage",
    "EventPage",
    "Kind",
    "Offer",
    "Outcome",
    "Proposal",
    "Registration",
    "Series",
    "State",
    "Window",
]
