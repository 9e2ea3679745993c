import io
from datetime import date

import pytest

from community.award_lists.rows import Entry, read_award_list
from community.award_lists.sheets import AwardListError

from .sample_lists import BREAKAGES, ENGLISH, TURKISH, as_csv, as_xlsx, award_csv, entry, large_list, table

GOOD = Entry(
    line=2,
    code="TR-00001",
    name="Işık Çağdaş Ortaokulu 1",
    country="TR",
    city="Diyarbakır",
    website="https://okul1.example",
    edition="2025–2026",
    starts_on=date(2025, 1, 1),
    ends_on=date(2026, 12, 31),
    lead_name="Şule Öğüt",
    lead_email="lead1@okul.example",
)


def read(content: bytes):
    return read_award_list(io.BytesIO(content))


def only(*entries: dict):
    """Return the last row as read."""
    return read(award_csv(*entries)).rows[-1]


def errors(*entries: dict) -> dict[int, str]:
    return {row.line: row.error for row in read(award_csv(*entries)).rows if row.error}


@pytest.mark.parametrize(
    "header",
    [
        ENGLISH,
        TURKISH,
        [name.replace("_", " ").title() for name in ENGLISH],
        ["OKUL_KODU", "okul adi", "ulke", "IL", "websitesi", "Donem", "OKUL SORUMLUSU", "EPOSTA"],
        ["okul-kodu", "Okul Adı", "ÜLKE", "ŞEHİR", "Web", "DÖNEM", "okul_sorumlusu", "E-Posta Adresi"],
    ],
)
@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_columns_in_either_language_and_any_spelling(header, write):
    (row,) = read(write([header, *table(entry())[1:]])).rows
    assert (row.entry, row.error) == (GOOD, "")


def test_columns_in_any_order_and_a_turkish_file_as_turkish_excel_writes_it():
    header, values = ([*reversed(cells)] for cells in (TURKISH, table(entry())[1]))
    (row,) = read(as_csv([header, values], delimiter=";", encoding="windows-1254")).rows
    assert row.entry == GOOD


def test_unknown_columns_are_named():
    award_list = read(award_csv(entry(remarks="?", Telefon="0")))
    assert award_list.notes == ["Columns ignored: remarks, Telefon."]
    assert award_list.rows[0].entry == GOOD


def test_missing_columns_are_one_sentence():
    with pytest.raises(AwardListError) as refusal:
        read(as_csv([["school_name", "city", "edition"], ["a", "b", "c"]]))
    assert str(refusal.value) == (
        "The first row must contain the column names. Missing: school_code / okul_kodu, country / ülke, "
        "lead_email / e-posta."
    )


def test_two_columns_of_one_meaning():
    with pytest.raises(AwardListError, match="The columns “school_code” and “Okul Kodu” mean the same"):
        read(award_csv(entry(**{"Okul Kodu": "x"})))


@pytest.mark.parametrize(("changes", "reason"), BREAKAGES, ids=[reason for _, reason in BREAKAGES])
def test_what_can_be_wrong_with_a_row(changes, reason):
    row = only(entry(1), entry(2, **changes))
    assert row.entry is None
    assert row.error.startswith(reason)
    assert row.line == 3


def test_everything_wrong_with_a_row_is_said_at_once():
    assert only(entry(country="", lead_email="x")).error == "“country” is empty. “x” isn’t a valid email address."


def test_a_row_with_too_many_values():
    header, values = table(entry())
    (row,) = read(as_csv([header, [*values, "", "more"]])).rows
    assert row.error == "The row has more values than columns."


@pytest.mark.parametrize(
    ("country", "code"),
    [
        ("tr", "TR"),
        ("Türkiye", "TR"),
        ("TURKIYE", "TR"),
        ("Turkey", "TR"),
        ("Portugal", "PT"),
        ("Portekiz", "PT"),
        ("Almanya", "DE"),
        ("İtalya", "IT"),
        ("IT", "IT"),
        ("Kosovo", "XK"),
        ("Kosova", "XK"),
        ("EL", "GR"),
        ("Yunanistan", "GR"),
        ("Czech Republic", "CZ"),
        ("Kuzey Makedonya", "MK"),
    ],
)
def test_countries_by_code_and_by_name_in_both_languages(country, code):
    assert only(entry(country=country)).entry.country == code


@pytest.mark.parametrize("edition", ["2025-2026", "2025–2026", "2025 — 2026", "2025/2026"])
def test_editions(edition):
    found = only(entry(edition=edition)).entry
    assert (found.edition, found.starts_on, found.ends_on) == ("2025–2026", date(2025, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("day", ["2025-03-09", "9.3.2025", "09.03.2025", "09/03/2025", "2025-03-09 00:00:00"])
def test_days(day):
    found = only(entry(edition="Spring call", starts_on=day, ends_on="2026-12-30")).entry
    assert (found.edition, found.starts_on, found.ends_on) == ("Spring call", date(2025, 3, 9), date(2026, 12, 30))


def test_one_day_given_and_the_other_from_the_edition():
    found = only(entry(ends_on="30.06.2026")).entry
    assert (found.starts_on, found.ends_on) == (date(2025, 1, 1), date(2026, 6, 30))


def test_days_and_codes_as_numbers_of_a_workbook():
    rows = table(entry(school_code=42, starts_on=date(2025, 2, 1), ends_on=date(2026, 2, 1)))
    (row,) = read(as_xlsx(rows, formats={"A2": "0000"})).rows
    assert (row.entry.code, row.entry.starts_on, row.entry.ends_on) == ("0042", date(2025, 2, 1), date(2026, 2, 1))


def test_addresses_are_completed_and_lowered():
    found = only(entry(website="okul.example/tr", lead_email="Lead@Okul.Example")).entry
    assert (found.website, found.lead_email) == ("https://okul.example/tr", "lead@okul.example")


def test_optional_values_may_be_empty():
    found = only(entry(city="", website="", lead_name="")).entry
    assert (found.city, found.website, found.lead_name) == ("", "", "")


def test_rows_of_one_school_beside_each_other():
    first = entry(1)
    assert errors(
        first,
        entry(1, edition="2027-2028"),
        entry(1),
        entry(1, edition="Late", starts_on="2026-12-31", ends_on="2027-06-30"),
        entry(1, edition="2029-2030", school_name="Başka Okul"),
        entry(1, edition="2029-2030", country="PT"),
        entry(2, school_code="tr-00001"),
        entry(3, lead_email=first["lead_email"]),
    ) == {
        4: "This row is a duplicate of row 2.",
        5: "The period overlaps with the one in row 2.",
        6: "Row 2 has the same code for a school with a different name.",
        7: "Row 2 has the same code for a school in a different country.",
        8: "The code in row 2, “TR-00001”, is the same apart from capital letters.",
    }


def test_a_broken_row_does_not_spoil_the_corrected_one_below_it():
    assert set(errors(entry(1, lead_email="?"), entry(1))) == {2}


def test_exactly_the_broken_rows_of_a_large_list_are_named():
    rows, wrong = large_list(3000, 40)
    found = {row.line: row.error for row in read(as_csv(rows, delimiter=";")).rows if row.error}
    assert len(wrong) == 40
    assert found.keys() == wrong.keys()
    assert all(found[line].startswith(reason) for line, reason in wrong.items())
