"""Award lists as support organisations send them, and malformed ones."""

import csv
import io
import zipfile

import openpyxl

ENGLISH = ["school_code", "school_name", "country", "city", "website", "edition", "lead_name", "lead_email"]
TURKISH = ["Okul Kodu", "OKUL ADI", "Ülke", "Şehir", "Web Sitesi", "Dönem", "Okul Sorumlusu", "E-posta"]


def entry(number: int = 1, **changes) -> dict:
    """Return a valid row for the English columns, with changes."""
    return {
        "school_code": f"TR-{number:05d}",
        "school_name": f"Işık Çağdaş Ortaokulu {number}",
        "country": "TR",
        "city": "Diyarbakır",
        "website": f"https://okul{number}.example",
        "edition": "2025-2026",
        "lead_name": "Şule Öğüt",
        "lead_email": f"lead{number}@okul.example",
    } | changes


def table(*entries: dict) -> list[list]:
    """Return a header with every column of the entries, and the entries."""
    columns = list(dict.fromkeys([*ENGLISH, *(column for row in entries for column in row)]))
    return [columns, *([row.get(column, "") for column in columns] for row in entries)]


def as_csv(rows: list[list], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(rows: list[list], *, formats: dict[str, str] | None = None, more_sheets: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell, number_format in (formats or {}).items():
        book.active[cell].number_format = number_format
    for title in more_sheets:
        book.create_sheet(title)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def award_csv(*entries: dict) -> bytes:
    return as_csv(table(*entries))


def zipped(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return content.getvalue()


# Ways to break a row, each with part of the message in the report.
BREAKAGES = [
    ({"school_code": ""}, "“school_code” is empty."),
    ({"school_name": ""}, "“school_name” is empty."),
    ({"country": ""}, "“country” is empty."),
    ({"edition": ""}, "“edition” is empty."),
    ({"lead_email": ""}, "“lead_email” is empty."),
    ({"school_code": "---"}, "“---” isn’t a valid school code."),
    ({"school_code": "X" * 41}, "“school_code” is longer than 40 characters."),
    ({"school_name": "Ö" * 201}, "“school_name” is longer than 200 characters."),
    ({"city": "Ş" * 121}, "“city” is longer than 120 characters."),
    ({"lead_name": "Ğ" * 151}, "“lead_name” is longer than 150 characters."),
    ({"website": f"https://okul.example/{'x' * 190}"}, "“website” is longer than 200 characters."),
    ({"lead_email": f"{'x' * 250}@okul.example"}, "“lead_email” is longer than 254 characters."),
    ({"country": "Atlantis"}, "“Atlantis” isn’t a country we recognise."),
    ({"lead_email": "lead at okul.example"}, "“lead at okul.example” isn’t a valid email address."),
    ({"website": "javascript:alert(1)"}, "“javascript:alert(1)” isn’t a valid web address."),
    ({"website": "ftp://okul.example"}, "“ftp://okul.example” isn’t a valid web address."),
    ({"edition": "gelecek yıl"}, "“gelecek yıl” isn’t an edition such as 2025–2026."),
    ({"edition": "2026-2025"}, "“2026-2025” isn’t an edition such as 2025–2026."),
    ({"starts_on": "31.02.2025"}, "“31.02.2025” in “starts_on” isn’t a date we recognise."),
    ({"ends_on": "soon"}, "“soon” in “ends_on” isn’t a date we recognise."),
    ({"starts_on": "01.01.0225"}, "“01.01.0225” in “starts_on” is outside the dates we accept."),
    ({"starts_on": "2026-12-31", "ends_on": "2025-01-01"}, "The period ends before it starts"),
    ({"school_name": "Okul\x07"}, "“school_name” contains a character we can’t display."),
    ({"city": "\u202eriyad"}, "“city” contains a character we can’t display."),
    ({"school_name": "#REF!"}, "“school_name” contains a formula error: #REF!."),
]


def large_list(schools: int, broken: int) -> tuple[list[list], dict[int, str]]:
    """Return a list with broken rows spread through it, and the expected error of each by row number."""
    entries, wrong = [], {}
    for number in range(schools):
        row = entry(number)
        if broken and number % (schools // broken) == 3 and len(wrong) < broken:
            changes, reason = BREAKAGES[len(wrong) % len(BREAKAGES)]
            row |= changes
            # The header is row 1.
            wrong[number + 2] = reason
        entries.append({"starts_on": "", "ends_on": "", **row})
    return table(*entries), wrong
