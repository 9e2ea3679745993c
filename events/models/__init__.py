from .pages import EventIndexPage, EventPage, Kind, Window
from .registrations import Registration, State

__all__ = ["EventIndexPage", "EventPage", "Kind", "Registration", "State", "Window"]
