"""Who took part, after the click has noted it: corrected by hand, or from a conference provider's list."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content.search import fold

from ..errors import EventsError
from ..models import AttendanceLine, Registration
from .attendance_file import Participant, read_participants

if TYPE_CHECKING:
    from ..models import EventPage


@transaction.atomic
def correct_attendance(*, event: "EventPage", shown: set[int], attended: set[int]) -> int:
    """Of the registrations that the organiser was shown, these took part and the others did not; return the changes.

    Who is not among `shown` stays as they are: somebody may have joined since the page was loaded. Raises EventsError
    before the door has opened.
    """
    _only_once_open(event)
    rows = Registration.objects.confirmed().filter(event_id=event.pk, pk__in=shown)
    came = rows.filter(pk__in=attended, attended_at=None).update(attended_at=event.starts_at)
    return came + rows.exclude(pk__in=attended).exclude(attended_at=None).update(attended_at=None)


@dataclass(frozen=True)
class ImportReport:
    """What became of each line of a list."""

    known: int
    unknown: list[AttendanceLine]
    notes: list[str]


@transaction.atomic
def import_attendance(*, event: "EventPage", content: bytes) -> ImportReport:
    """Note who took part from a provider's list; lines that name nobody are kept until an organiser says who they are.

    People are known by their address, or by a name that only one registration has. Importing again changes nothing
    twice. Raises EventsError when the file cannot be read or the door has not opened yet.
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
    """Say whose line it is; they took part. Repeating is harmless. Raises EventsError for another event's people."""
    if registration.event_id != line.event_id or not registration.is_confirmed:
        raise EventsError(_("This person has no place at the event."))
    line.registration = registration
    line.dismissed_at = None
    line.save(update_fields=["registration", "dismissed_at"])
    _note(line.event, {registration.pk})


def dismiss_line(*, line: AttendanceLine) -> None:
    """Set a line aside that belongs to nobody registered, such as a guest's. It stays on record."""
    AttendanceLine.objects.filter(pk=line.pk, dismissed_at=None).update(dismissed_at=timezone.now())


def _only_once_open(event: "EventPage") -> None:
    if event.door_opens_at > timezone.now():
        raise EventsError(_("Nobody can have taken part yet: the door opens 15 minutes before the start."))


def _note(event: "EventPage", registrations: set[int]) -> None:
    rows = Registration.objects.confirmed().filter(event_id=event.pk, pk__in=registrations, attended_at=None)
    rows.update(attended_at=event.starts_at)


def _keep(line: AttendanceLine, participant: Participant, registration: int | None) -> None:
    """Write what the list says now; whom somebody assigned or set aside earlier stays so."""
    if line.registration_id is None and registration is not None:
        line.registration_id = registration
        line.dismissed_at = None
    line.line, line.minutes, line.imported_at = participant.line, participant.minutes, timezone.now()
    line.save()


class _Recogniser:
    """Finds the registration of somebody on a provider's list."""

    def __init__(self, event: "EventPage") -> None:
        rows = Registration.objects.confirmed().filter(event_id=event.pk).values_list("pk", "user__email", "user__name")
        self.by_address = {email.lower(): pk for pk, email, _name in rows}
        self.by_name: dict[str, int | None] = {}
        for pk, _email, name in rows:
            key = _name_key(name)
            # Two people of one name are told apart by an organiser.
            self.by_name[key] = None if key in self.by_name else pk

    def is_(self, participant: Participant) -> int | None:
        known = self.by_address.get(participant.email.lower()) if participant.email else None
        return known or self.by_name.get(_name_key(participant.name))


def _name_key(name: str) -> str:
    """The words of a name in any order, without marks: `IŞIK, Ayşe` is `ayse isik`."""
    return " ".join(sorted("".join(c if c.isalnum() else " " for c in fold(name)).split()))
