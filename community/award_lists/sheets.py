"""Read an award list file, CSV or XLSX, into rows of cells, numbered as a spreadsheet numbers them."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO

import openpyxl
from django.utils.translation import gettext as _

from ..errors import CommunityError
from ..formulas import FORMULA_SIGNS

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000
# Limit on the unpacked size of a workbook. A full list of 20,000 rows needs about a third.
MAX_UNPACKED = 60 * 1024 * 1024
# No list has this many columns, but a malicious row can address 16,384.
MAX_COLUMNS = 100
# Empty rows and cells compress to almost nothing but still cost the parser time and memory. The limit is what a full
# list holds, empty cells included; within one row, what a spreadsheet can show.
MAX_CELLS = MAX_ROWS * MAX_COLUMNS
LAST_SHEET_COLUMN = 16_384
CHUNK = 64 * 1024
# The longest tag searched for, including its namespace prefix.
LONGEST_TAG = 256
TAG = re.compile(rb"<(?:[^\s<>/:]{0,240}:)?(row|c)[\s/>]")
# The last row a sheet can have. A malicious workbook can claim a higher number, and the parser would count up to it.
LAST_SHEET_ROW = 1_048_576

DELIMITERS = ",;\t"
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
# A damaged workbook fails wherever its first missing part is needed.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)

Cell = str | date


class AwardListError(CommunityError):
    """The file as a whole is unreadable; the message says why and what to do."""


@dataclass
class Sheet:
    """The non-blank rows, each with its spreadsheet row number. The first holds the column names."""

    rows: list[tuple[int, list[Cell]]]
    notes: list[str] = field(default_factory=list)


def read_sheet(stream: BinaryIO) -> Sheet:
    """Read a CSV or XLSX file, recognised by its content. Reads at most MAX_BYTES + 1 into memory.

    Raises AwardListError if the file is too large, of another type, damaged, password-protected or empty.
    """
    content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise AwardListError(too_large())
    sheet = _workbook(content) if content.startswith((ZIP, OLE)) else _text(content)
    if not sheet.rows:
        raise AwardListError(_("The file is empty."))
    if len(sheet.rows) == 1:
        raise AwardListError(_("The file has column names but no schools."))
    return sheet


def too_large() -> str:
    """Return the error message for a file over MAX_BYTES."""
    return _("The file is larger than %(limit)d MB. Split the list into several files.") % {
        "limit": MAX_BYTES // 1024 // 1024
    }


def _numbered(records: Iterable[list[Cell]]) -> Iterator[tuple[int, list[Cell]]]:
    """Yield non-blank records with their row numbers; blank rows count. Raises AwardListError above MAX_ROWS."""
    found = 0
    for number, record in enumerate(records, 1):
        if number > LAST_SHEET_ROW:
            break
        # Spreadsheets write trailing empty cells and empty rows.
        while record and not record[-1]:
            record.pop()
        if not record:
            continue
        found += 1
        if found > MAX_ROWS + 1:
            raise AwardListError(
                _("The list has more than %(limit)d rows. Split it into several files.") % {"limit": MAX_ROWS}
            )
        yield number, record


# -- Text ---------------------------------------------------------------------------------------


def _text(content: bytes) -> Sheet:
    text, notes = _decoded(content)
    if text.lstrip()[:1] in ("<", "{") or text.startswith("%PDF"):
        raise AwardListError(_not_a_list())
    # Spreadsheets obey this first line and don't display it.
    told = re.match(r"sep=([,;\t])\r?\n", text)
    if told:
        text = text[told.end() :]
    done = 0

    def records() -> Iterator[list[Cell]]:
        nonlocal done
        delimiter = told[1] if told else _delimiter(text)
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            done += 1
            yield [_tidy(value) for value in record]

    try:
        rows = list(_numbered(records()))
    except csv.Error as error:
        raise AwardListError(
            _("Row %(line)d can’t be read because a quotation mark in it isn’t closed or is inside a value.")
            % {"line": done + 1}
        ) from error
    return Sheet(rows, notes)


def _decoded(content: bytes) -> tuple[str, list[str]]:
    """Return the decoded text and any notes about the encoding for the report."""
    if content.startswith(UTF16):
        try:
            return content.decode("utf-16").lstrip("\ufeff"), []
        except UnicodeDecodeError as error:
            raise AwardListError(_undecodable()) from error
    if b"\0" in content:
        raise AwardListError(_not_a_list())
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("windows-1254")
    except UnicodeDecodeError as error:
        raise AwardListError(_undecodable()) from error
    if _is_damaged_utf8(content) or _is_gibberish(text):
        raise AwardListError(_undecodable())
    return text, [
        _("The file isn’t UTF-8, so we read it as Windows-1254 (Turkish). Check the letters in the names below.")
    ]


def _is_damaged_utf8(content: bytes) -> bool:
    """Return whether most non-ASCII characters are valid UTF-8; Turkish in Windows-1254 has almost none."""
    text = content.decode("utf-8", errors="replace")
    letters = sum(character > "\x7f" for character in text)
    broken = text.count("\ufffd")
    return letters - broken > broken


def _is_gibberish(text: str) -> bool:
    """Return whether the text is in another 8-bit encoding: symbols inside words, or runs of accented letters."""
    sign_in_word = r"[^\W\d_][¡-©«¬®-´¶¸¹»-¿×÷][^\W\d_]"
    return bool(re.search(sign_in_word + "|[À-ÖØ-öø-ÿĞğİıŞş]{6}", text))


def _delimiter(text: str) -> str:
    """Return the delimiter that splits the first non-blank line into the most columns; a comma on a tie."""
    header = next((line for line in text.splitlines() if line.strip()), "")

    def columns(delimiter: str) -> int:
        return len(next(csv.reader([header], delimiter=delimiter), []))

    return max(DELIMITERS, key=columns)


def _undecodable() -> str:
    return _("We can’t read the characters in this file. Save it again as “CSV UTF-8” or as an Excel workbook (.xlsx).")


def _not_a_list() -> str:
    return _("This isn’t a CSV file or an Excel workbook (.xlsx).")


# -- Workbooks ----------------------------------------------------------------------------------


def _workbook(content: bytes) -> Sheet:
    if content.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise AwardListError(_protected())
        raise AwardListError(_("This is an old Excel file (.xls). Save it as an Excel workbook (.xlsx) or as CSV."))
    try:
        _check_package(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        rows = list(_numbered(_records(sheets[0])))
    except AwardListError:
        raise
    except DAMAGED as error:
        raise AwardListError(_("The Excel workbook is damaged. Open it, save it again and try once more.")) from error
    notes = []
    if len(sheets) > 1:
        notes.append(_("We only read the first sheet, “%(sheet)s”.") % {"sheet": sheets[0].title})
    return Sheet(rows, notes)


def _protected() -> str:
    return _("The Excel workbook is password-protected. Save it without a password.")


def _check_package(content: bytes) -> None:
    """Check the package's directory before anything is unpacked."""
    package = zipfile.ZipFile(io.BytesIO(content))
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise AwardListError(_protected())
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise AwardListError(_not_a_list())
    # zipfile never unpacks more of a part than the size declared here.
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise AwardListError(
            _("The Excel workbook is too large when unpacked. Save only the sheet with the list, without pictures.")
        )
    # A workbook may name any part as its sheet, whatever its extension, so check them all.
    for part in parts:
        _check_cells(package, part)


def _check_cells(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Count a part's rows and cells while unpacking, before any parser builds objects from them."""
    found = in_row = 0
    rest = b""
    with package.open(part) as stream:
        while chunk := stream.read(CHUNK):
            # Without its NUL bytes, UTF-16 matches the same pattern.
            text = rest + chunk.replace(b"\0", b"")
            # A chunk may end inside a tag, so carry the remainder over to the next chunk.
            cut = text.rfind(b"<", max(0, len(text) - LONGEST_TAG))
            text, rest = (text[:cut], text[cut:]) if cut >= 0 else (text, b"")
            for tag in TAG.finditer(text):
                found += 1
                in_row = 0 if tag[1] == b"row" else in_row + 1
                if found > MAX_CELLS or in_row > LAST_SHEET_COLUMN:
                    raise AwardListError(
                        _(
                            "The Excel workbook has too many rows or cells, including empty ones. Copy just the "
                            "list into a new workbook."
                        )
                    )


def _records(sheet) -> Iterator[list[Cell]]:
    # The dimensions a workbook declares for its sheet are often wrong.
    sheet.reset_dimensions()
    for row in sheet.iter_rows(max_col=MAX_COLUMNS):
        yield [_shown(cell) for cell in row]


def _shown(cell) -> Cell:
    """Return a cell's value as displayed: dates as dates, a code such as 00123 with its leading zeros."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and re.fullmatch("0+", cell.number_format or ""):
        return str(value).zfill(len(cell.number_format))
    return _tidy(str(value))


def _tidy(value: str) -> str:
    """Collapse whitespace to single spaces, strip the ends, and undo the apostrophe that `defused` adds."""
    text = re.sub(r"[ \t\r\n\xa0\u200b\ufeff]+", " ", value).strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS) else text
