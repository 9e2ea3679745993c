"""Corrections to recorded attendance, by hand or from a conference provider's list."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content.search import fold

from ..errors import EventsError
from ..models import AttendanceLine, EventPage, Registration
from .attendance_file import Participant, read_participants


@transaction.atomic
def correct_attendance(*, event: "EventPage", shown: set[int], attended: set[int]) -> int:
    """Record which of the registrations shown to the organiser took part; return the number of changes.

    Registrations outside `shown` are left alone, because someone may have joined since the page was loaded. Raises
    EventsError before the door has opened.
    """
    _only_once_open(event)
    rows = Registration.objects.confirmed().filter(event_id=event.pk, pk__in=shown)
    came = rows.filter(pk__in=attended, attended_at=None).update(attended_at=event.starts_at)
    return came + rows.exclude(pk__in=attended).exclude(attended_at=None).update(attended_at=None)


@dataclass(frozen=True)
class ImportReport:
    """The result of an import."""

    known: int
    unknown: list[AttendanceLine]
    notes: list[str]


@transaction.atomic
def import_attendance(*, event: "EventPage", content: bytes) -> ImportReport:
    """Record attendance from a provider's list; keep unmatched lines until an organiser identifies them.

    People are matched by email address, or by a name that only one registration has. Idempotent. Raises EventsError if
    the file can't be read or the door hasn't opened yet.
    """
    _only_once_open(event)
    participants, notes = read_participants(content)
    who = _Recogniser(event)
    earlier = {(line.name, line.email): line for line in AttendanceLine.objects.filter(event=event)}
    unknown, known = [], set()
    for participant in participants:
        name, email = participant.name, participant.email
        line = earlier.get((name, email)) or AttendanceLine(event=event, name=name, email=email)
        _keep(line, participant, who.is_(participant))
        if line.registration_id:
            known.add(line.registration_id)
        elif line.dismissed_at is None:
            unknown.append(line)
    _note(event, known)
    return ImportReport(len(known), unknown, notes)


@transaction.atomic
def assign_line(*, line: AttendanceLine, registration: Registration) -> None:
    """Match the line to a registration and record attendance. Idempotent.

    Raises EventsError if the registration belongs to another event or isn't confirmed.
    """
    if registration.event_id != line.event_id or not registration.is_confirmed:
        raise EventsError(_("This person doesn’t have a place at the event."))
    line.registration = registration
    line.dismissed_at = None
    line.save(update_fields=["registration", "dismissed_at"])
    _note(line.event, {registration.pk})


def dismiss_line(*, line: AttendanceLine) -> None:
    """Dismiss a line that matches no registration, such as a guest's; it is kept on record. Idempotent."""
    AttendanceLine.objects.filter(pk=line.pk, dismissed_at=None).update(dismissed_at=timezone.now())


def _only_once_open(event: "EventPage") -> None:
    if event.door_opens_at > timezone.now():
        raise EventsError(_("It’s too early to record attendance. People can join from 15 minutes before the start."))


def _note(event: "EventPage", registrations: set[int]) -> None:
    rows = Registration.objects.confirmed().filter(event_id=event.pk, pk__in=registrations, attended_at=None)
    rows.update(attended_at=event.starts_at)


def _keep(line: AttendanceLine, participant: Participant, registration: int | None) -> None:
    """Update the line from the list, keeping any earlier assignment or dismissal."""
    if line.registration_id is None and registration is not None:
        line.registration_id = registration
        line.dismissed_at = None
    line.line, line.minutes, line.imported_at = participant.line, participant.minutes, timezone.now()
    line.save()


class _Recogniser:
    """Matches participants of a provider's list to registrations."""

    def __init__(self, event: "EventPage") -> None:
        rows = Registration.objects.confirmed().filter(event_id=event.pk).values_list("pk", "user__email", "user__name")
        self.by_address = {email.lower(): pk for pk, email, _name in rows}
        self.by_name: dict[str, int | None] = {}
        for pk, _email, name in rows:
            key = _name_key(name)
            # Two people share this name, so an organiser must tell them apart.
            self.by_name[key] = None if key in self.by_name else pk

    def is_(self, participant: Participant) -> int | None:
        known = self.by_address.get(participant.email.lower()) if participant.email else None
        return known or self.by_name.get(_name_key(participant.name))


def _name_key(name: str) -> str:
    """Normalise a name to its folded words in sorted order: `IŞIK, Ayşe` becomes `ayse isik`."""
    return " ".join(sorted("".join(c if c.isalnum() else " " for c in fold(name)).split()))
