from .pages import EventIndexPage, EventPage, Kind
from .registrations import Registration, State, Window

__all__ = ["EventIndexPage", "EventPage", "Kind", "Registration", "State", "Window"]
