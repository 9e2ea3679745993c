"""The directory: filters, the map, and robustness against any query in the address."""

from datetime import timedelta
from itertools import product

import pytest
from django.http import QueryDict

from community.award_lists.importing import import_rows
from community.models import School
from directory.browsing import SchoolFilters, count_by_country, school_list_page
from directory.map import EUROPE, STEPS, bands, draw_map
from directory.models import Profile

from .. import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def some_schools(db) -> None:
    """Create labelled schools of three countries and two editions, some with pillars, and others that are hidden."""
    rows = product(["TR", "PT", "XK"], ["2025–2026", "2024–2025"], [[], ["agency"], ["agency", "leadership"]])
    for number, (country, edition, pillars) in enumerate(rows):
        name = ["Işık Okulu", "Çınar Okulu"][number // 3 % 2]
        school = factories.SchoolFactory(labelled=True, country=country, name=f"{name} {number}")
        school.labels.update(edition=edition)
        if pillars:
            Profile.objects.create(school=school, pillars=pillars)
    for trait in ("in_grace", "lapsed", "revoked"):
        factories.SchoolFactory(**{trait: True}, name="Işık gizli", country="FR")
        Profile.objects.create(school=School.objects.get(name="Işık gizli"), pillars=["agency"])
        School.objects.filter(name="Işık gizli").update(name=trait)


def found(query: str) -> set[str]:
    """Return the names listed for an address, over all its pages."""
    names, place = set(), query
    while True:
        filters = SchoolFilters(QueryDict(place))
        page = school_list_page(filters, QueryDict(place))
        names |= {school.name for school in page.schools}
        if not page.after:
            return names
        place = page.after.removeprefix("?").partition("#")[0]


QUERIES = [
    "&".join(filter(None, parts))
    for parts in product(
        ["", "q=isik", "q=okulu"], ["", "edition=2025–2026"], ["", "pillar=agency", "pillar=leadership"]
    )
]


@pytest.mark.parametrize("query", QUERIES)
def test_the_maps_numbers_are_the_lists_for_every_country(some_schools, query):
    filters = SchoolFilters(QueryDict(query))
    numbers = count_by_country(filters)
    europe = draw_map(numbers, href=filters.with_country)
    for shape in [*europe.shapes, *europe.elsewhere]:
        address = f"{query}&country={shape.code}"
        assert shape.number == (len(found(address)) if shape.code in numbers else 0)
        if shape.number:
            # Following a country's link finds as many schools as the map says.
            assert len(found(shape.href.removeprefix("?").partition("#")[0])) == shape.number
    assert sum(numbers.values()) == len(found(query)) > 0
    # Choosing a country filters the list and leaves the map unchanged.
    assert count_by_country(SchoolFilters(QueryDict(f"{query}&country=PT"))) == numbers
    assert [(row["label"], row["value"]) for row in europe.rows] == [
        (shape.name, shape.number) for shape in europe.with_schools
    ]


def test_what_the_filters_find(some_schools):
    assert len(found("")) == 18
    assert not found("") & {"in_grace", "lapsed", "revoked"}
    assert len(found("q=ÇINAR")) == 9
    assert len(found("country=XK")) == len(found("edition=2024–2025&country=TR")) * 2 == 6
    assert len(found("pillar=leadership")) == 6
    assert len(found("pillar=agency")) == 12


@pytest.mark.parametrize("words", ["IŞIK", "ışık", "isik", "Isik", "İSİK", "muğla ışık", "MUGLA"])
def test_search_folds_turkish_in_names_and_towns(words):
    factories.SchoolFactory(labelled=True, name="Işık Ortaokulu", city="Muğla")
    factories.SchoolFactory(labelled=True, name="Çınar Okulu", city="İzmir")
    assert found(f"q={words}") == {"Işık Ortaokulu"}


def test_an_edition_that_was_withdrawn_or_has_not_begun_is_no_edition_of_the_school():
    school = factories.SchoolFactory(labelled=True)
    begin = school.labels.get().starts_on
    before = begin - timedelta(days=1)
    factories.LabelFactory(school=school, edition="withdrawn", ends_on=before, revoked_on=before)
    after = school.labels.get(edition="2025–2026").ends_on
    factories.LabelFactory(
        school=school,
        edition="to come",
        starts_on=after.replace(year=after.year + 1),
        ends_on=after.replace(year=after.year + 2),
    )
    filters = SchoolFilters(QueryDict("edition=withdrawn"))
    assert [key for key, _label in filters.fields["edition"].choices] == ["", "2025–2026"]
    assert filters.unknown == ["withdrawn"]


@pytest.mark.parametrize(
    "query",
    [
        "country=ZZ",
        "country=tr",
        "pillar=towers&edition=1999",
        "page=9999",
        "q=" + "x" * 5000,
        "q=%3F%21%2E%25_%5C",
        "q=%00",
        "country=%00&after=%00",
        "after=zzzzzzzz",
        "before=-",
        "after=" + "z" * 5000,
        "after=a&before=b",
        "country=TR&country=PT",
    ],
)
def test_every_address_answers_helpfully(client, school, query):
    answer = client.get(f"/en/schools/?{query}")
    assert answer.status_code == 200
    page = answer.content.decode()
    shown = school.name in page
    helps = any(words in page for words in ("No schools match", "That’s everything", "No schools hold"))
    assert shown or helps


def test_what_is_unknown_is_named_and_an_empty_answer_says_what_to_do(client, school):
    page = client.get("/en/schools/?country=ZZ&q=nowhere").content.decode()
    assert "We don’t recognise “ZZ”, so we left it out." in page
    assert "Try just part of the name or just the town" in page
    end = client.get("/en/schools/?after=zzzzzzzz").content.decode()
    assert "Back to the beginning" in end


def test_countries_stand_in_the_order_of_the_readers_alphabet(client):
    for code in ("CZ", "DE", "TR", "IE", "IT", "AT"):
        factories.SchoolFactory(labelled=True, country=code)

    def names(language: str) -> list[str]:
        filters = client.get(f"/{language}/schools/").context["filters"]
        return [label for key, label in filters.fields["country"].choices if key]

    assert names("en") == ["Austria", "Czechia", "Germany", "Ireland", "Italy", "Türkiye"]
    assert names("tr") == ["Almanya", "Avusturya", "Çek Cumhuriyeti", "İrlanda", "İtalya", "Türkiye"]


def test_the_map_has_links_with_names_for_countries_with_schools_alone(client):
    factories.SchoolFactory(labelled=True, country="XK")
    for _number in range(2):
        factories.SchoolFactory(labelled=True, country="TR")
    factories.SchoolFactory(labelled=True, country="JO")
    factories.SchoolFactory(lapsed=True, country="PT")
    page = client.get("/en/schools/").content.decode()
    assert 'aria-label="Türkiye: 2 schools"' in page
    assert 'aria-label="Kosovo*: 1 school"' in page
    assert "UNSCR 1244/1999" in page
    assert "Portugal:" not in page
    # Jordan is outside the map's area, so it is listed beside it.
    assert 'href="?country=JO#schools">Jordan' in page
    chosen = client.get("/en/schools/?country=TR&q=okul").content.decode()
    assert 'href="?q=okul#schools" aria-label="Türkiye: 2 schools" aria-current="true"' in chosen


def test_the_drawing():
    assert len(EUROPE["countries"]) == 48
    assert {code for code, shape in EUROPE["countries"].items() if "marker" in shape} == {
        *("AD", "AL", "CY", "LI", "LU", "MC", "ME", "MT", "SM", "XK")
    }
    # Kosovo is drawn. As the note says, Crimea and Northern Cyprus have no shapes of their own.
    assert EUROPE["countries"]["XK"]["d"]
    assert "RU" not in EUROPE["countries"]


@pytest.mark.parametrize(
    ("highest", "uppers"),
    [
        (0, []),
        (1, [1]),
        (3, [1, 2, 5]),
        (14, [1, 2, 5, 10, 20]),
        (500, [20, 50, 100, 200, 500]),
        (20_000, [1000, 2000, 5000, 10_000, 20_000]),
    ],
)
def test_the_shades_are_round_numbers_without_gaps(highest, uppers):
    found = bands(highest)
    assert [band.high for band in found] == uppers
    assert [band.low for band in found] == [1, *(upper + 1 for upper in uppers)][: len(uppers)]
    assert [band.shade for band in found] == list(range(6 - len(uppers), 6))
    assert list(STEPS) == sorted(STEPS)


def test_imported_schools_are_found():
    row = "school_code,school_name,country,city,edition,starts_on,ends_on,lead_name,lead_email\n"
    details = "2025–2026,2026-01-01,2027-12-31,Ayşe,ayse@school.example\n"
    import_rows(content=f"{row}TR-1,Işık Okulu,TR,Muğla,{details}".encode(), invite_leads=False)
    assert School.objects.get().search_text == "isik okulu mugla"
    import_rows(content=f"{row}TR-1,Çınar Okulu,TR,İzmir,{details}".encode(), invite_leads=False)
    assert School.objects.get().search_text == "cinar okulu izmir"
