import io
import struct
import zipfile
from datetime import date, datetime

import pytest

from community.award_lists import sheets as award_file
from community.award_lists.sheets import MAX_BYTES, AwardListError, read_sheet

from .sample_lists import TURKISH, as_csv, as_xlsx, zipped

ROWS = [["school_code", "school_name", "note"], ["TR-1", "Işık, Çağdaş; Öğütçü İlkokulu", "ŞĞÜ şğü"]]


def read(content: bytes):
    return read_sheet(io.BytesIO(content))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1254"])
def test_delimiters_and_encodings(delimiter, encoding):
    sheet = read(as_csv(ROWS, delimiter=delimiter, encoding=encoding))
    assert sheet.rows == [(1, ROWS[0]), (2, ROWS[1])]
    assert bool(sheet.notes) == (encoding == "windows-1254")


def test_windows_1254_is_said():
    (note,) = read(as_csv(ROWS, encoding="windows-1254")).notes
    assert note == (
        "The file isn’t UTF-8, so we read it as Windows-1254 (Turkish). Check the letters in the names below."
    )


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        (["Szkoła Podstawowa w Małopolsce", "Wałęsa"], "windows-1250"),
        (["Γυμνάσιο Αθηνών"], "windows-1253"),
        (["Основно училище"], "windows-1251"),
    ],
)
def test_other_encodings_are_refused_rather_than_guessed(names, encoding):
    with pytest.raises(AwardListError, match="We can’t read the characters in this file"):
        read(as_csv([["school_name"], *([name] for name in names)], encoding=encoding))


def test_damaged_utf8_is_not_taken_for_turkish():
    content = as_csv(ROWS).replace("ı".encode(), "ı".encode()[:1], 1)
    with pytest.raises(AwardListError, match="We can’t read the characters in this file"):
        read(content)


def test_rows_are_numbered_as_a_spreadsheet_numbers_them():
    content = b'\r\n"school\ncode",name\r\n\r\nTR-1,"Two\nlines  of\r\ntext"\r\n,\r\nTR-2,b\r\n'
    assert read(content).rows == [
        (2, ["school code", "name"]),
        (4, ["TR-1", "Two lines of text"]),
        (6, ["TR-2", "b"]),
    ]


def test_the_line_that_names_the_delimiter_is_not_a_row():
    assert read(b"sep=;\r\na,b;c\r\n1;2\r\n").rows == [(1, ["a,b", "c"]), (2, ["1", "2"])]


def test_a_quotation_mark_left_open_does_not_swallow_the_rest():
    with pytest.raises(AwardListError, match=r"^Row 3 can’t be read"):
        read(b'a,b\r\n1,2\r\n3,"4\r\n5,6\r\n')


def test_a_workbook_is_read_as_the_person_sees_it():
    rows = [
        TURKISH,
        [123, " a\nb ", date(2025, 1, 31), datetime(2025, 2, 1), 4.0, 4.5, None, True],
        [None] * 8,
        ["x", "", "", "", "", "", "", "01.02.2025"],
    ]
    sheet = read(as_xlsx(rows, formats={"A2": "00000"}, more_sheets=("Notlar",)))
    assert sheet.rows == [
        (1, TURKISH),
        (2, ["00123", "a b", date(2025, 1, 31), date(2025, 2, 1), "4", "4.5", "", "True"]),
        (4, ["x", "", "", "", "", "", "", "01.02.2025"]),
    ]
    assert sheet.notes == ["We only read the first sheet, “Sheet”."]


NOT_A_LIST = "This isn’t a CSV file or an Excel workbook (.xlsx)."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf\r\n \r\n", "The file is empty."),
        (b"school_code,name\r\n", "The file has column names but no schools."),
        (as_xlsx([["school_code", "name"]]), "The file has column names but no schools."),
        (as_xlsx([]), "The file is empty."),
        (b"%PDF-1.7\n1 0 obj", NOT_A_LIST),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", NOT_A_LIST),
        (b"<!doctype html><table>", NOT_A_LIST),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), NOT_A_LIST),
        (
            b"\xff\xfea",
            "We can’t read the characters in this file. Save it again as “CSV UTF-8” or as an Excel workbook",
        ),
        (b"a,b\r\n\x81\x8d,\x90\r\n", "We can’t read the characters in this file."),
        (b"a,b\r\n" + b"1,2\r\n" * 20_001, "The list has more than 20000 rows. Split it into several files."),
        (b"a" * (MAX_BYTES + 1), "The file is larger than 10 MB. Split the list into several files."),
        (b"PK\x03\x04 and nothing", "The Excel workbook is damaged."),
        (zipped({"xl/workbook.xml": b"<workbook"}), "The Excel workbook is damaged."),
        (as_xlsx([["a"], ["b"]])[:-200], "The Excel workbook is damaged."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "The Excel workbook is password-protected. Save it without a password.",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Workbook", "This is an old Excel file (.xls)."),
        (
            zipped({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b"0" * (61 * 1024 * 1024)}),
            "The Excel workbook is too large when unpacked.",
        ),
        (b'"' + b"a" * 200_000, "Row 1 can’t be read"),
    ],
    ids=range(20),
)
def test_files_that_are_refused_as_a_whole(content, message):
    with pytest.raises(AwardListError) as refusal:
        read(content)
    assert str(refusal.value).startswith(message)


def test_a_package_locked_by_its_archive_is_called_protected():
    content = bytearray(as_xlsx([["a"], ["b"]]))
    # Set the “encrypted” bit in each entry of the central directory.
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        (flags,) = struct.unpack_from("<H", content, at + 8)
        struct.pack_into("<H", content, at + 8, flags | 1)
        at = content.find(b"PK\x01\x02", at + 1)
    with pytest.raises(AwardListError, match="is password-protected"):
        read(bytes(content))


def test_only_as_much_as_allowed_is_read():
    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size=-1):
            assert size >= 0
            self.taken += size
            return b"a" * size

    stream = Endless()
    with pytest.raises(AwardListError, match="larger than 10 MB"):
        read_sheet(stream)
    assert stream.taken == MAX_BYTES + 1


def test_a_sheet_that_claims_a_row_beyond_the_last_one_ends(monkeypatch):
    monkeypatch.setattr(award_file, "LAST_SHEET_ROW", 1_000)
    package = {}
    with zipfile.ZipFile(io.BytesIO(as_xlsx([["a", "b"], ["1", "2"]]))) as book:
        for name in book.namelist():
            package[name] = book.read(name).replace(b'<row r="2"', b'<row r="1000000000"').replace(b'r="A2"', b"")
    with pytest.raises(AwardListError, match="has column names but no schools"):
        read(zipped(package))


def with_sheet(sheet: bytes) -> bytes:
    """Return a workbook with this sheet only."""
    with zipfile.ZipFile(io.BytesIO(as_xlsx([["a"], ["b"]]))) as book:
        package = {name: book.read(name) for name in book.namelist()}
    return zipped(package | {"xl/worksheets/sheet1.xml": sheet})


NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.mark.parametrize(
    "rows",
    [
        "<row>" + "<c/>" * 16_385 + "</row>",
        "<row/>" * 2_000_001,
        ("<row>" + "<c/>" * 10_000 + "</row>") * 200,
    ],
    ids=["one row", "rows", "cells"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_sheet_of_millions_of_empty_cells_is_not_parsed(monkeypatch, rows, encoding):
    sheet = f'<?xml version="1.0"?><worksheet xmlns="{NAMESPACE}"><sheetData>{rows}</sheetData></worksheet>'
    content = with_sheet(sheet.encode(encoding))
    assert len(content) < 200_000
    monkeypatch.setattr("openpyxl.load_workbook", lambda *args, **options: pytest.fail("parsed"))
    with pytest.raises(AwardListError, match="too many rows or cells, including empty ones"):
        read(content)


def test_a_prefix_hides_no_cell():
    cells = "<x:c/>" * 16_385
    sheet = f'<x:worksheet xmlns:x="{NAMESPACE}"><x:sheetData><x:row>{cells}</x:row></x:sheetData></x:worksheet>'
    with pytest.raises(AwardListError, match="too many rows or cells"):
        read(with_sheet(sheet.encode()))


def test_a_tag_between_two_chunks_is_counted_once(monkeypatch):
    monkeypatch.setattr(award_file, "CHUNK", 3)
    monkeypatch.setattr(award_file, "MAX_CELLS", 6)
    assert len(read(as_xlsx([["a", "b"], ["1", "2"]])).rows) == 2
    monkeypatch.setattr(award_file, "MAX_CELLS", 5)
    with pytest.raises(AwardListError, match="too many rows or cells"):
        read(as_xlsx([["a", "b"], ["1", "2"]]))
