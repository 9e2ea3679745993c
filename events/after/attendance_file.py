"""Parser for participant lists from Zoom, Teams, BigBlueButton and Jitsi. Columns are recognised by their titles."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from content.search import fold

from ..errors import EventsError

MAX_BYTES = 2 * 1024 * 1024
MAX_LINES = 5000
NAMES = (
    "name",
    "full name",
    "display name",
    "user name",
    "participant",
    "participant name",
    "name (original name)",
    "ad soyad",
    "adi soyadi",
    "tam ad",
    "kullanici adi",
)
ADDRESSES = (
    "email",
    "e-mail",
    "user email",
    "email address",
    "participant id (upn)",
    "upn",
    "e-posta",
    "eposta",
    "kullanici e-postasi",
)
DURATIONS = (
    "duration",
    "duration (minutes)",
    "total duration (minutes)",
    "in-meeting duration",
    "online time",
    "minutes",
    "sure",
    "sure (dakika)",
    "toplam sure (dakika)",
)
# Teams: `1h 2m 3s`; BigBlueButton: `01:02:03`.
UNITS = re.compile(r"(?:(\d{1,6})\s*(?:h|sa))?\s*(?:(\d{1,6})\s*(?:m|dk))?\s*(?:(\d{1,6})\s*(?:s|sn))?", re.IGNORECASE)
CLOCK = re.compile(r"(\d{1,6}):(\d{2}):(\d{2})")
ENCODINGS = ("utf-8-sig", "cp1254")


@dataclass(frozen=True)
class Participant:
    """A person on the list, all their sessions merged; `line` is their first line in the file."""

    line: int
    name: str
    email: str
    minutes: int | None


def read_participants(content: bytes) -> tuple[list[Participant], list[str]]:
    """Return the people on the list in its order, and a note for each line that could not be read.

    Raises EventsError if the file is too large, is not CSV, or has no column of names or no names in it.
    """
    if len(content) > MAX_BYTES:
        raise EventsError(_("The file is larger than 2 MB. Is it really a list of participants?"))
    text = _decoded(content)
    found: dict[tuple[str, str], Participant] = {}
    notes = []
    for line, name, email, duration in _rows(text):
        if not name:
            if email or duration:
                notes.append(_("Line %(line)d has no name, so we skipped it.") % {"line": line})
            continue
        minutes = _minutes(duration)
        earlier = found.get((fold(name), email.lower()))
        if earlier:
            line, name, email = earlier.line, earlier.name, earlier.email
            minutes = (earlier.minutes or 0) + (minutes or 0) if minutes or earlier.minutes else None
        found[fold(name), email.lower()] = Participant(line, name[:200], email[:254], minutes)
    if not found:
        raise EventsError(_("There are no names in the list."))
    return list(found.values()), notes


def _decoded(content: bytes) -> str:
    if content.startswith((b"PK\x03\x04", b"%PDF")):
        raise EventsError(_("This isn’t a CSV file. Export or save the list as CSV."))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _rows(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Yield line, name, address and duration of each row below the column titles; skip any other lines."""
    first = max(text.splitlines()[:40] or [""], key=lambda line: max(line.count(sign) for sign in ",;\t"))
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=delimiter)
    columns: dict[str, int] = {}
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if reader.line_num > MAX_LINES:
                raise EventsError(_("The list has more than %(number)d lines.") % {"number": MAX_LINES})
            if not columns:
                columns = _columns(cells)
            elif not any(cells) or _columns(cells):
                # Teams appends further tables, one row per session, after an empty line.
                return
            else:
                yield (
                    reader.line_num,
                    *(cells[columns[key]] if columns.get(key, len(cells)) < len(cells) else "" for key in COLUMNS),
                )
    except csv.Error as error:
        raise EventsError(_("The file is damaged near line %(line)d.") % {"line": reader.line_num}) from error
    if not columns:
        raise EventsError(
            _("The file has no column called Name, Full Name or Participant. Export the list as CSV again.")
        )


COLUMNS = {"name": NAMES, "email": ADDRESSES, "duration": DURATIONS}


def _columns(cells: list[str]) -> dict[str, int]:
    """Return the positions of the known columns; empty unless one of them is a name column."""
    titles = [fold(cell) for cell in cells]
    found = {
        key: min(places)
        for key, names in COLUMNS.items()
        if (places := [titles.index(name) for name in names if name in titles])
    }
    return found if "name" in found else {}


def _minutes(duration: str) -> int | None:
    if not duration:
        return None
    if duration.isdecimal():
        return int(duration[:6])
    if clock := CLOCK.fullmatch(duration):
        hours, minutes, _seconds = map(int, clock.groups())
        return hours * 60 + minutes
    if units := UNITS.fullmatch(duration):
        hours, minutes, _seconds = (int(part or 0) for part in units.groups())
        return hours * 60 + minutes
    return None
