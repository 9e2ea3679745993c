"""Figures of all events and schools, for moderators."""

from io import BytesIO
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_countries import countries
from openpyxl import Workbook

from community.access import moderated_rows

from ..models import EventPage, Registration, State
from .figures import add_sheet, moment_in_cell


def rows_of_events() -> list[tuple[Any, ...]]:
    """Return each published event with its registration and attendance counts, latest first."""
    confirmed = Q(registrations__state=State.CONFIRMED)
    came = confirmed & Q(registrations__attended_at__isnull=False)
    over = Q(ends_at__lte=timezone.now())
    counted = EventPage.objects.live().annotate(
        registered=Count("registrations"),
        confirmed=Count("registrations", filter=confirmed),
        attended=Count("registrations", filter=came),
        missed=Count("registrations", filter=confirmed & Q(registrations__attended_at=None) & over),
        cancelled=Count("registrations", filter=Q(registrations__state=State.CANCELLED)),
    )
    names = ("title", "starts_at", "capacity", "registered", "confirmed", "attended", "missed", "cancelled")
    return list(counted.order_by("-starts_at", "-pk").values_list(*names))


def rows_of_schools(*, by) -> list[tuple[Any, ...]]:
    """Return each school the moderator oversees that ever had a place, by name.

    Gives the numbers of events, places, participants and no-shows.
    """
    places = Registration.objects.confirmed().filter(moderated_rows(by), event__live=True)
    counted = places.values_list("school__name", "school__country").annotate(
        events=Count("event", distinct=True),
        places=Count("pk"),
        attended=Count("attended_at"),
        missed=Count("pk", filter=Q(attended_at=None, event__ends_at__lte=timezone.now())),
    )
    return list(counted.order_by("school__name", "school"))


def overview(*, by) -> bytes:
    """Return figures of events and schools as an XLSX file, in the active language."""
    book = Workbook(write_only=True)
    came = (_("Took part"), _("Didn’t attend"))
    events = [(title, moment_in_cell(starts_at), *rest) for title, starts_at, *rest in rows_of_events()]
    header = (_("Event"), _("Starts (UTC)"), _("Places"), _("Registered"), _("Had a place"), *came, _("Cancelled"))
    add_sheet(book, _("Events"), [header, *events])
    schools = [(name, countries.name(country), *rest) for name, country, *rest in rows_of_schools(by=by)]
    add_sheet(book, _("Schools"), [(_("School"), _("Country"), _("Events"), _("Places"), *came), *schools])
    out = BytesIO()
    book.save(out)
    return out.getvalue()
