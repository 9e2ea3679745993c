"""Parse an award list row by row into school, period and lead, or into the row's errors."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

from django.utils.translation import gettext as _

from ..models.labels import Period, overlap
from .cells import (
    LIMITS,
    REQUIRED,
    RowError,
    folded,
    quoted,
    read_country,
    read_date,
    read_email,
    read_period,
    read_text,
    read_website,
)
from .sheets import AwardListError, Cell, read_sheet

# Accepted column names. The first two are the documented English and Turkish names.
COLUMNS = {
    "code": ["school_code", "okul_kodu", "code", "kod", "kurum kodu"],
    "name": ["school_name", "okul_adı", "name", "school", "okul", "kurum adı"],
    "country": ["country", "ülke", "country code", "ülke kodu"],
    "city": ["city", "şehir", "il", "town", "kent"],
    "website": ["website", "web sitesi", "web site", "web", "url", "web adresi", "internet sitesi"],
    "edition": ["edition", "dönem", "label edition", "etiket dönemi"],
    "starts_on": ["starts_on", "başlangıç", "starts", "start date", "valid from", "başlangıç tarihi"],
    "ends_on": ["ends_on", "bitiş", "ends", "end date", "valid until", "bitiş tarihi"],
    "lead_name": ["lead_name", "okul sorumlusu", "lead", "school lead", "okul sorumlusu adı", "sorumlu"],
    "lead_email": ["lead_email", "e-posta", "email", "lead e-mail", "okul sorumlusu e-posta", "e-posta adresi"],
}
DATES = ("starts_on", "ends_on")


@dataclass(frozen=True)
class Entry:
    """A row that is valid on its own."""

    line: int
    code: str
    name: str
    country: str
    city: str
    website: str
    edition: str
    starts_on: date
    ends_on: date
    lead_name: str
    lead_email: str

    @property
    def period(self) -> Period:
        return self.starts_on, self.ends_on


@dataclass
class Row:
    """One row of the list: its cells by column, and either the parsed entry or the error."""

    line: int
    cells: dict[str, Cell]
    entry: Entry | None = None
    error: str = ""

    @property
    def code(self) -> str:
        return str(self.cells.get("code", ""))

    @property
    def name(self) -> str:
        return str(self.cells.get("name", ""))


@dataclass
class AwardList:
    """The list's rows in order, and notes about the file for the uploader."""

    rows: list[Row]
    notes: list[str] = field(default_factory=list)


def read_award_list(stream: BinaryIO) -> AwardList:
    """Parse a CSV or XLSX award list, without any database query.

    Raises AwardListError if the file as a whole is unreadable or lacks a required column. Errors in single rows,
    including conflicts with earlier rows, are recorded on the rows.
    """
    sheet = read_sheet(stream)
    (_line, names), *records = sheet.rows
    header = [quoted(name) for name in names]
    columns, unknown = _recognised(header)
    titles = {column: header[index] for column, index in columns.items()}
    rows = [_row(line, record, columns, titles, len(header)) for line, record in records]
    _compare(rows)
    if unknown:
        sheet.notes.append(_("Columns ignored: %(names)s.") % {"names": ", ".join(unknown)})
    return AwardList(rows, sheet.notes)


# -- Columns ------------------------------------------------------------------------------------


ALIASES = {folded(alias): column for column, aliases in COLUMNS.items() for alias in aliases}


def _recognised(header: list[str]) -> tuple[dict[str, int], list[str]]:
    """Return the index of each known column, and the unknown names. Raises AwardListError."""
    columns: dict[str, int] = {}
    unknown = []
    for index, title in enumerate(header):
        column = ALIASES.get(folded(title))
        if column is None:
            if title:
                unknown.append(title)
        elif column in columns:
            raise AwardListError(
                _("The columns “%(first)s” and “%(second)s” mean the same thing. Keep one of them.")
                % {"first": header[columns[column]], "second": title}
            )
        else:
            columns[column] = index
    missing = [column for column in REQUIRED if column not in columns]
    if missing:
        names = ", ".join(" / ".join(COLUMNS[column][:2]) for column in missing)
        raise AwardListError(_("The first row must contain the column names. Missing: %(names)s.") % {"names": names})
    return columns, unknown


# -- Rows ---------------------------------------------------------------------------------------


def _row(line: int, record: list[Cell], columns: dict[str, int], titles: dict[str, str], width: int) -> Row:
    cells = {column: record[index] if index < len(record) else "" for column, index in columns.items()}
    row = Row(line, cells)
    problems: list[str] = []

    def checked(column: str, check: Callable[[Cell, str], object]) -> object:
        try:
            return check(cells.get(column, ""), titles.get(column, column))
        except RowError as problem:
            problems.append(str(problem))
            return ""

    if any(record[width:]):
        problems.append(_("The row has more values than columns."))
    texts = {column: checked(column, lambda value, title, c=column: read_text(c, value, title)) for column in LIMITS}
    country = checked("country", read_country)
    given = {column: checked(column, read_date) for column in DATES}
    if texts["code"] and not folded(texts["code"]):
        problems.append(_("“%(value)s” isn’t a valid school code.") % {"value": texts["code"]})
    if texts["lead_email"]:
        texts["lead_email"] = checked("lead_email", read_email)
    if texts["website"]:
        texts["website"] = checked("website", read_website)
    try:
        period = read_period(texts["edition"], given["starts_on"], given["ends_on"]) if not problems else None
    except RowError as problem:
        problems.append(str(problem))
    if problems:
        row.error = " ".join(problems)
        return row
    edition, starts_on, ends_on = period
    row.entry = Entry(line=line, country=country, **{**texts, "edition": edition}, starts_on=starts_on, ends_on=ends_on)
    return row


# -- Comparing rows -----------------------------------------------------------------------------


def _compare(rows: list[Row]) -> None:
    """Reject rows that contradict or repeat an earlier row of the same school. Different periods are fine."""
    earlier: dict[str, list[Entry]] = {}
    for row in rows:
        if row.entry is None:
            continue
        same_school = earlier.setdefault(row.entry.code.casefold(), [])
        problem = next(filter(None, (_contradiction(row.entry, other) for other in same_school)), "")
        if problem:
            row.entry, row.error = None, problem
        else:
            same_school.append(row.entry)


def _contradiction(entry: Entry, other: Entry) -> str:
    line = {"line": other.line, "code": other.code}
    if entry.code != other.code:
        return _("The code in row %(line)d, “%(code)s”, is the same apart from capital letters.") % line
    if entry.name != other.name:
        return _("Row %(line)d has the same code for a school with a different name.") % line
    if entry.country != other.country:
        return _("Row %(line)d has the same code for a school in a different country.") % line
    if entry.period == other.period:
        return _("This row is a duplicate of row %(line)d.") % line
    if overlap(entry.period, other.period):
        return _("The period overlaps with the one in row %(line)d.") % line
    return ""
