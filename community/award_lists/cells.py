"""Parse single cells of an award list, raising a readable error for each invalid value."""

import re
from datetime import date
from functools import lru_cache

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django_countries import countries
from openpyxl.cell.cell import ERROR_CODES

from ..models import Invitation, Label, School
from .sheets import Cell

REQUIRED = ("code", "name", "country", "edition", "lead_email")
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
# Country names used in award lists but missing from the standard's names in either language.
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
# Control characters, bidirectional overrides, and code points left behind by broken encodings.
UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd-\uffff]")
YEARS = range(2000, 2100)


class RowError(Exception):
    """One problem with a row; the message is a sentence."""


def folded(text: str) -> str:
    """Reduce to lower-case ASCII letters and digits: `Okul Adı`, `okul_adi` and `OKULADI` are equal."""
    return re.sub("[^a-z0-9]", "", anyascii(text).lower())


def quoted(value: Cell) -> str:
    """Return a value as quoted in reports: one short printable line."""
    text = "".join(c if c.isprintable() else "\ufffd" for c in str(value))
    return text if len(text) <= 60 else text[:59] + "…"


def read_text(column: str, value: Cell, title: str) -> str:
    text = str(value)
    if not text and column in REQUIRED:
        raise RowError(_("“%(column)s” is empty.") % {"column": title})
    if text in ERROR_CODES:
        raise RowError(_("“%(column)s” contains a formula error: %(value)s.") % {"column": title, "value": text})
    if UNSHOWABLE.search(text):
        raise RowError(_("“%(column)s” contains a character we can’t display.") % {"column": title})
    if len(text) > LIMITS[column]:
        raise RowError(
            _("“%(column)s” is longer than %(limit)d characters.") % {"column": title, "limit": LIMITS[column]}
        )
    return text


def read_email(value: Cell, title: str) -> str:
    address = str(value).lower()
    try:
        validate_email(address)
    except ValidationError:
        raise RowError(_("“%(value)s” isn’t a valid email address.") % {"value": quoted(value)}) from None
    return address


def read_website(value: Cell, title: str) -> str:
    address = str(value)
    if "://" not in address:
        address = f"https://{address}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        raise RowError(_("“%(value)s” isn’t a valid web address.") % {"value": quoted(value)}) from None
    if len(address) > LIMITS["website"]:
        raise RowError(
            _("“%(column)s” is longer than %(limit)d characters.") % {"column": title, "limit": LIMITS["website"]}
        )
    return address


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Map folded country codes, and folded names in every site language, to codes."""
    names = {folded(name): code for name, code in OTHER_COUNTRY_NAMES.items()}
    for language in ("en", "tr"):
        with translation.override(language):
            names.update({folded(str(name)): code for code, name in countries})
    return names | {code.lower(): code for code, _name in countries}


def read_country(value: Cell, title: str) -> str:
    if not value:
        raise RowError(_("“%(column)s” is empty.") % {"column": title})
    code = _countries().get(folded(str(value)))
    if code is None:
        raise RowError(
            _("“%(value)s” isn’t a country we recognise. Enter its two-letter code or name.") % {"value": quoted(value)}
        )
    return code


def read_date(value: Cell, title: str) -> date | None:
    """Return the date, or None if the cell is empty."""
    if not value:
        return None
    try:
        found = value if isinstance(value, date) else _parsed_date(value)
    except ValueError:
        raise RowError(
            _("“%(value)s” in “%(column)s” isn’t a date we recognise. Enter it as 2025-01-31 or 31.01.2025.")
            % {"value": quoted(value), "column": title}
        ) from None
    if found.year not in YEARS:
        raise RowError(
            _("“%(value)s” in “%(column)s” is outside the dates we accept.") % {"value": quoted(value), "column": title}
        )
    return found


def _parsed_date(text: str) -> date:
    """Parse 2025-01-31 (optionally with a midnight time), 31.01.2025 or 31/01/2025. Raises ValueError."""
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?", text, re.ASCII)
    if iso:
        year, month, day = iso.groups()
    else:
        parts = re.fullmatch(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})", text, re.ASCII)
        if parts is None:
            raise ValueError(text)
        day, _separator, month, year = parts.groups()
    return date(int(year), int(month), int(day))


def read_period(edition: str, starts_on: date | None, ends_on: date | None) -> tuple[str, date, date]:
    """Return the edition in the site's notation, with the first and the last day. Raises RowError."""
    years = re.fullmatch(r"(20\d\d) ?[-‐‑‒–—/] ?(20\d\d)", edition, re.ASCII)
    if years and int(years[2]) == int(years[1]) + 1:
        edition = f"{years[1]}–{years[2]}"
        starts_on = starts_on or date(int(years[1]), 1, 1)
        ends_on = ends_on or date(int(years[2]), 12, 31)
    if not (starts_on and ends_on):
        raise RowError(
            _("“%(value)s” isn’t an edition such as 2025–2026. Enter an edition, or the first and last day.")
            % {"value": quoted(edition)}
        )
    if ends_on <= starts_on:
        raise RowError(
            _("The period ends before it starts: %(period)s.") % {"period": shown_period(starts_on, ends_on)}
        )
    return edition, starts_on, ends_on


def shown_period(starts_on: date, ends_on: date) -> str:
    """Format a period for messages."""
    return " – ".join(formats.date_format(day, "DATE_FORMAT") for day in (starts_on, ends_on))
