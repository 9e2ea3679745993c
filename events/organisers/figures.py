"""Figures of one event: attendance and participating schools."""

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django_countries import countries
from openpyxl import Workbook

from community.formulas import in_cell

from ..after.feedback import results
from ..models import EventPage, Registration, State

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Figures:
    """Registration and attendance counts; `rate` is the share of places used, in percent."""

    registered: int
    confirmed: int
    waiting: int
    cancelled: int
    attended: int
    missed: int

    @property
    def rate(self) -> int | None:
        return round(100 * self.attended / self.confirmed) if self.confirmed else None


def figures_of(event: "EventPage") -> Figures:
    """Count in one query; `missed` is 0 until the event is over."""
    confirmed = Q(state=State.CONFIRMED)
    counted = Registration.objects.filter(event_id=event.pk).aggregate(
        registered=Count("pk"),
        confirmed=Count("pk", filter=confirmed),
        waiting=Count("pk", filter=Q(state__in=[State.WAITING, State.OFFERED])),
        cancelled=Count("pk", filter=Q(state=State.CANCELLED)),
        attended=Count("pk", filter=confirmed & Q(attended_at__isnull=False)),
    )
    missed = counted["confirmed"] - counted["attended"] if event.has_ended() else 0
    return Figures(**counted, missed=missed)


def by_school(event: "EventPage") -> list[dict[str, Any]]:
    """Return each school with a place: name, country, places and attendance; most places first."""
    return list(
        Registration.objects.filter(event_id=event.pk)
        .confirmed()
        .values("school__name", "school__country")
        .annotate(confirmed=Count("pk"), attended=Count("attended_at"))
        .order_by("-confirmed", "school__name")
    )


def workbook(event: "EventPage") -> bytes:
    """Return the event's figures, registrations, schools and feedback as an XLSX file, in the active language."""
    book = Workbook(write_only=True)
    numbers = figures_of(event)
    add_sheet(
        book,
        _("Figures"),
        [
            (_("Event"), event.title),
            (_("Starts (UTC)"), moment_in_cell(event.starts_at)),
            (_("Registered"), numbers.registered),
            (_("Had a place"), numbers.confirmed),
            (_("On the waiting list"), numbers.waiting),
            (_("Cancelled"), numbers.cancelled),
            (_("Took part"), numbers.attended),
            (_("Didn’t attend"), numbers.missed),
        ],
    )
    rows = (
        Registration.objects.filter(event_id=event.pk).select_related("user", "school").order_by("school__name", "pk")
    )
    header = (_("Name"), _("Email"), _("School"), _("Country"), _("Status"), _("Joined (UTC)"), _("Answers"))
    add_sheet(
        book,
        _("Registrations"),
        [
            header,
            *(
                (
                    row.user.name,
                    row.user.email,
                    row.school.name,
                    row.school.country.name,
                    row.get_state_display(),
                    moment_in_cell(row.attended_at),
                    " · ".join(f"{answer['label']}: {answer['answer']}" for answer in row.answers),
                )
                for row in rows
            ),
        ],
    )
    schools = [
        (row["school__name"], countries.name(row["school__country"]), row["confirmed"], row["attended"])
        for row in by_school(event)
    ]
    add_sheet(book, _("Schools"), [(_("School"), _("Country"), _("Had a place"), _("Took part")), *schools])
    if said := results(event):
        add_sheet(
            book,
            _("Feedback"),
            [
                (_("Answers"), said["number"]),
                (_("Worth the time"), round(said["overall"], 2)),
                (_("Useful at school"), round(said["useful"], 2)),
                (_("Call, sound and video"), round(said["technique"], 2)),
                *((_("Will try"), text) for text in said["liked"]),
                *((_("Could be better"), text) for text in said["better"]),
            ],
        )
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def add_sheet(book: Workbook, title: str, rows: list[tuple]) -> None:
    """Add a sheet, escaping cells that would run as formulas."""
    sheet = book.create_sheet(title[:31])
    for row in rows:
        sheet.append([in_cell(value) for value in row])


def moment_in_cell(moment: datetime | None) -> datetime | None:
    """Return the moment in UTC without a time zone, because spreadsheets have none."""
    return moment and moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
