"""An award list read row by row: which school, which period, who leads; or what is wrong with the row."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import BinaryIO

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django_countries import countries
from openpyxl.cell.cell import ERROR_CODES

from .award_file import AwardListError, Cell, read_sheet
from .models import Invitation, Label, School

# The names a column may have, beside each other what the documentation calls it in English and Turkish.
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
REQUIRED = ("code", "name", "country", "edition", "lead_email")
DATES = ("starts_on", "ends_on")
LIMITS = {
    column: model._meta.get_field(name).max_length
    for column, model, name in [
        ("code", School, "code"),
        ("name", School, "name"),
        ("city", School, "city"),
        ("website", School, "website"),
        ("edition", Label, "edition"),
        ("lead_name", Invitation, "name"),
        ("lead_email", Invitation, "email"),
    ]
}
# What lists write and the standard's names, in either language, do not say.
OTHER_COUNTRY_NAMES = {
    "turkey": "TR",
    "turkiye": "TR",
    "el": "GR",
    "uk": "GB",
    "czechrepublic": "CZ",
    "republicofmoldova": "MD",
    "macedonia": "MK",
    "makedonya": "MK",
    "bosnahersek": "BA",
    "ingiltere": "GB",
    "kosova": "XK",
}
# Control characters, those that turn the direction of the text around them, and what damaged letters leave behind.
UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd-\uffff]")
YEARS = range(2000, 2100)


@dataclass(frozen=True)
class Entry:
    """A row that makes sense by itself."""

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


@dataclass
class Row:
    """One row of the list: its cells by column, and what they mean or why they mean nothing."""

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
    """The list's rows in order, and notes on the file for the person who sent it."""

    rows: list[Row]
    notes: list[str] = field(default_factory=list)


class RowError(Exception):
    """One thing that is wrong with a row; the message is a sentence."""


def read_award_list(stream: BinaryIO) -> AwardList:
    """Read a CSV or XLSX award list; no database is asked.

    Raises AwardListError when the file as a whole cannot be read or lacks a required column. What is wrong with single
    rows, also compared with earlier rows of the file, is said in the rows.
    """
    sheet = read_sheet(stream)
    (_line, names), *records = sheet.rows
    header = [quoted(name) for name in names]
    columns, unknown = _recognised(header)
    titles = {column: header[index] for column, index in columns.items()}
    rows = [_row(line, record, columns, titles, len(header)) for line, record in records]
    _compare(rows)
    if unknown:
        sheet.notes.append(_("Columns that were ignored: %(names)s.") % {"names": ", ".join(unknown)})
    return AwardList(rows, sheet.notes)


# -- Columns ------------------------------------------------------------------------------------


def folded(text: str) -> str:
    """Letters and digits alone, in small ASCII: `Okul Adı`, `okul_adi` and `OKULADI` are the same."""
    return re.sub("[^a-z0-9]", "", anyascii(text).lower())


ALIASES = {folded(alias): column for column, aliases in COLUMNS.items() for alias in aliases}


def _recognised(header: list[str]) -> tuple[dict[str, int], list[str]]:
    """Where each known column stands, and the names of the others. Raises AwardListError."""
    columns: dict[str, int] = {}
    unknown = []
    for index, title in enumerate(header):
        column = ALIASES.get(folded(title))
        if column is None:
            if title:
                unknown.append(title)
        elif column in columns:
            raise AwardListError(
                _("The columns “%(first)s” and “%(second)s” mean the same. Keep one of them.")
                % {"first": header[columns[column]], "second": title}
            )
        else:
            columns[column] = index
    missing = [column for column in REQUIRED if column not in columns]
    if missing:
        names = ", ".join(" / ".join(COLUMNS[column][:2]) for column in missing)
        raise AwardListError(_("The first row must name the columns. Missing: %(names)s.") % {"names": names})
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
        problems.append(_("The row has more values than there are columns."))
    texts = {column: checked(column, lambda value, title, c=column: _text(c, value, title)) for column in LIMITS}
    country = checked("country", _country)
    given = {column: checked(column, _date) for column in DATES}
    if texts["code"] and not folded(texts["code"]):
        problems.append(_("“%(value)s” is not a school code.") % {"value": texts["code"]})
    if texts["lead_email"]:
        texts["lead_email"] = checked("lead_email", _email)
    if texts["website"]:
        texts["website"] = checked("website", _website)
    try:
        period = _period(texts["edition"], given["starts_on"], given["ends_on"]) if not problems else None
    except RowError as problem:
        problems.append(str(problem))
    if problems:
        row.error = " ".join(problems)
        return row
    edition, starts_on, ends_on = period
    row.entry = Entry(line=line, country=country, **{**texts, "edition": edition}, starts_on=starts_on, ends_on=ends_on)
    return row


def quoted(value: Cell) -> str:
    """A value as reports quote it: one short line that every screen and database takes."""
    text = "".join(c if c.isprintable() else "\ufffd" for c in str(value))
    return text if len(text) <= 60 else text[:59] + "…"


def _text(column: str, value: Cell, title: str) -> str:
    text = str(value)
    if not text and column in REQUIRED:
        raise RowError(_("“%(column)s” is empty.") % {"column": title})
    if text in ERROR_CODES:
        raise RowError(_("“%(column)s” shows a formula’s error: %(value)s.") % {"column": title, "value": text})
    if UNSHOWABLE.search(text):
        raise RowError(_("“%(column)s” holds a character that cannot be shown.") % {"column": title})
    if len(text) > LIMITS[column]:
        raise RowError(
            _("“%(column)s” is longer than %(limit)d characters.") % {"column": title, "limit": LIMITS[column]}
        )
    return text


def _email(value: Cell, title: str) -> str:
    address = str(value).lower()
    try:
        validate_email(address)
    except ValidationError:
        raise RowError(_("“%(value)s” is not an e-mail address.") % {"value": quoted(value)}) from None
    return address


def _website(value: Cell, title: str) -> str:
    address = str(value)
    if "://" not in address:
        address = f"https://{address}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        raise RowError(_("“%(value)s” is not a web address.") % {"value": quoted(value)}) from None
    if len(address) > LIMITS["website"]:
        raise RowError(
            _("“%(column)s” is longer than %(limit)d characters.") % {"column": title, "limit": LIMITS["website"]}
        )
    return address


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Codes by folded code and folded name in every language of the site."""
    names = {folded(name): code for name, code in OTHER_COUNTRY_NAMES.items()}
    for language in ("en", "tr"):
        with translation.override(language):
            names.update({folded(str(name)): code for code, name in countries})
    return names | {code.lower(): code for code, _name in countries}


def _country(value: Cell, title: str) -> str:
    if not value:
        raise RowError(_("“%(column)s” is empty.") % {"column": title})
    code = _countries().get(folded(str(value)))
    if code is None:
        raise RowError(
            _("“%(value)s” is not a country. Write its two-letter code or its name.") % {"value": quoted(value)}
        )
    return code


def _date(value: Cell, title: str) -> date | None:
    """The day, or None when the cell is empty."""
    if not value:
        return None
    try:
        found = value if isinstance(value, date) else _parsed_date(value)
    except ValueError:
        raise RowError(
            _("“%(value)s” in “%(column)s” is not a date. Write it like 2025-01-31 or 31.01.2025.")
            % {"value": quoted(value), "column": title}
        ) from None
    if found.year not in YEARS:
        raise RowError(
            _("“%(value)s” in “%(column)s” is not a date of our time.") % {"value": quoted(value), "column": title}
        )
    return found


def _parsed_date(text: str) -> date:
    """Read 2025-01-31 (also with a midnight behind it), 31.01.2025 or 31/01/2025. Raises ValueError."""
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?", text, re.ASCII)
    if iso:
        year, month, day = iso.groups()
    else:
        parts = re.fullmatch(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})", text, re.ASCII)
        if parts is None:
            raise ValueError(text)
        day, _separator, month, year = parts.groups()
    return date(int(year), int(month), int(day))


def _period(edition: str, starts_on: date | None, ends_on: date | None) -> tuple[str, date, date]:
    """The edition as the site writes it, the first and the last day. Raises RowError."""
    years = re.fullmatch(r"(20\d\d) ?[-‐‑‒–—/] ?(20\d\d)", edition, re.ASCII)
    if years and int(years[2]) == int(years[1]) + 1:
        edition = f"{years[1]}–{years[2]}"
        starts_on = starts_on or date(int(years[1]), 1, 1)
        ends_on = ends_on or date(int(years[2]), 12, 31)
    if not (starts_on and ends_on):
        raise RowError(
            _("“%(value)s” is not an edition such as 2025–2026. Write one, or give the first and the last day.")
            % {"value": quoted(edition)}
        )
    if ends_on <= starts_on:
        raise RowError(
            _("The period ends before it starts: %(period)s.") % {"period": shown_period(starts_on, ends_on)}
        )
    return edition, starts_on, ends_on


def shown_period(starts_on: date, ends_on: date) -> str:
    """A period as messages write it."""
    return " – ".join(formats.date_format(day, "DATE_FORMAT") for day in (starts_on, ends_on))


# -- Rows beside each other ---------------------------------------------------------------------


def _compare(rows: list[Row]) -> None:
    """Refuse rows that contradict or repeat an earlier row of the same school; two periods of one school are fine."""
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
        return _("The code differs from “%(code)s” in row %(line)d only in capital letters.") % line
    if entry.name != other.name:
        return _("Row %(line)d gives the same code to a school of another name.") % line
    if entry.country != other.country:
        return _("Row %(line)d gives the same code to a school of another country.") % line
    if (entry.starts_on, entry.ends_on) == (other.starts_on, other.ends_on):
        return _("The row repeats row %(line)d.") % line
    if entry.starts_on <= other.ends_on and entry.ends_on >= other.starts_on:
        return _("The period overlaps with the one in row %(line)d.") % line
    return ""
