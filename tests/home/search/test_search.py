"""Site-wide search: who finds what, in which order, and responses to unusual queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from community.access import Audience
from home.models import HomePage, PillarPage, StandardPage
from home.search.searching import PER_PAGE, SUGGESTED, TEASERS, search_everything, suggestions
from home.site_setup import set_up_site

from ... import factories
from ...events.factories import EventPageFactory
from ...groups.factories import PracticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home():
    return set_up_site()


def page_of(client, **asked) -> str:
    response = client.get(reverse("search"), asked)
    assert response.status_code == 200
    return response.content.decode()


def found(user, query: str) -> dict[str, list[str]]:
    return {group.kind.key: [hit.title for hit in group.hits] for group in search_everything(user, query).groups}


@pytest.mark.parametrize("query", ["IŞIK", "ışık", "isik", "Işı", "haritasi isik"])
def test_however_letters_were_typed_it_is_found_and_marked(client, query):
    PracticeFactory(published=True, public=True, title="Köyün ışık haritası")
    page = page_of(client, q=query)
    assert "Köyün ışık haritası" in re.sub(r"</?mark>", "", page)
    assert "<mark>ış" in page


def test_a_title_comes_before_a_text():
    person = factories.member()
    PracticeFactory(published=True, title="Bread", summary="About gardens")
    PracticeFactory(published=True, title="Gardens of bread")
    PracticeFactory(published=True, title="Water", summary="Cold", context="<p>After the winter gardens need it</p>")
    assert found(person, "gardens") == {"practices": ["Gardens of bread", "Bread", "Water"]}


def test_a_match_in_the_text_alone_is_shown(client):
    PracticeFactory(
        published=True, public=True, title="Water", summary="Cold", context="<p>In <b>gardens</b> it is</p>"
    )
    assert "In <mark>gardens</mark> it is" in page_of(client, q="gardens")


def test_what_is_hidden_is_neither_found_nor_counted_nor_suggested():
    person, outsider = factories.member(), factories.UserFactory()
    PracticeFactory(published=True, public=True, title="Garden for all")
    PracticeFactory(published=True, title="Garden of members")
    PracticeFactory(title="Garden of nobody")
    EventPageFactory(title="Garden party", audience=Audience.MEMBERS)

    assert {g.kind.key: g.total for g in search_everything(person, "garden").groups} == {"practices": 2, "events": 1}
    assert {g.kind.key: g.total for g in search_everything(outsider, "garden").groups} == {"practices": 1}
    assert [hit.title for hit in suggestions(outsider, "gard")] == ["Garden for all"]
    assert {hit.title for hit in suggestions(person, "gard")} == {"Garden for all", "Garden of members", "Garden party"}


def test_one_kind_page_by_page(client):
    for number in range(PER_PAGE + 3):
        PracticeFactory(published=True, public=True, title=f"Garden {number}")
    answer = search_everything(factories.UserFactory(), "garden", kind="practices", number="2")
    assert (len(answer.page.object_list), answer.total) == (3, PER_PAGE + 3)

    assert len(found(factories.UserFactory(), "garden")["practices"]) == TEASERS
    assert "See all 23" in page_of(client, q="garden")
    for odd in ({"page": "9999"}, {"page": "x"}, {"kind": "towers"}, {"kind": "events"}):
        page_of(client, **{"q": "garden", "kind": "practices"} | odd)


@pytest.mark.parametrize("query", ["", "   ", "?!…", "x" * 5000, "%", "_", "\x00", "🌍", "' OR 1=1 --"])
@pytest.mark.parametrize("address", ["search", "suggestions"])
def test_odd_searches_find_nothing_and_break_nothing(client, query, address):
    PracticeFactory(published=True, public=True, title="Anything")
    response = client.get(reverse(address), {"q": query, "kind": "practices", "page": "-1"})
    assert response.status_code == 200
    assert "Anything" not in response.content.decode()


def test_an_odd_search_says_what_to_do(client):
    assert "Enter a word to search for" in page_of(client, q="?!…")
    assert "only the first 200 characters" in page_of(client, q="x" * 5000)
    assert "Try fewer or different words" in page_of(client, q="xyzzy")


def test_what_was_typed_is_never_markup(client):
    PracticeFactory(published=True, public=True, title="<script>alert(1)</script> b")
    page = page_of(client, q="<script>b")
    assert "<script>alert" not in page
    assert "&lt;<mark>script</mark>&gt;" in page
    suggested = client.get(reverse("suggestions"), {"q": "<scri"}).content.decode()
    assert "&lt;<mark>scri</mark>pt&gt;" in suggested


def test_suggestions_are_few_and_wait_for_two_letters():
    for number in range(9):
        PracticeFactory(published=True, public=True, title=f"Garden {number}")
        EventPageFactory(title=f"Garden {number}", audience=Audience.PUBLIC)
    person = factories.UserFactory()
    assert suggestions(person, "g") == []
    assert 0 < len(suggestions(person, "ga")) <= SUGGESTED


def test_suggestions_look_at_titles_only():
    PracticeFactory(published=True, public=True, title="Water", summary="Garden")
    assert suggestions(factories.UserFactory(), "garden") == []


@pytest.mark.parametrize(
    ("address", "asked"),
    [("search", {"q": "garden"}), ("search", {"q": "garden", "kind": "practices"}), ("suggestions", {"q": "garden"})],
)
def test_thirty_hits_ask_as_much_as_one(client, address, asked):
    client.force_login(factories.member())

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(address), asked).status_code == 200
        return len(captured)

    def more(number: int) -> None:
        for _ in range(number):
            PracticeFactory(published=True, title="Garden diary")
            EventPageFactory(title="Garden party", audience=Audience.MEMBERS)

    more(1)
    queries()
    one = queries()
    more(29)
    assert queries() == one
    assert one <= 10


def test_pages_are_found_in_the_readers_language_only():
    home = HomePage.objects.get(locale__language_code="en")
    home.add_child(instance=StandardPage(title="Garden rules", audience=Audience.PUBLIC))
    home.add_child(instance=PillarPage(title="Garden pillar", audience=Audience.PUBLIC, pillar="agency"))
    home.add_child(instance=StandardPage(title="Garden of members", audience=Audience.MEMBERS))
    person = factories.UserFactory()
    with translation.override("en"):
        assert found(person, "garden") == {"pages": ["Garden pillar", "Garden rules"]}
    with translation.override("tr"):
        assert found(person, "garden") == {}


@pytest.mark.parametrize("query", ["IŞIK", "isik", "diyarbakır isik"])
def test_schools_are_found_by_name_and_town(query):
    factories.SchoolFactory(labelled=True, name="Işık Ortaokulu")
    factories.SchoolFactory(lapsed=True, name="Işık Lisesi")
    assert found(factories.UserFactory(), query) == {"schools": ["Işık Ortaokulu"]}
    assert [hit.about for hit in suggestions(factories.UserFactory(), "isik")] == ["Diyarbakır, Türkiye"]
