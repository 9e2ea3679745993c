"""Machine-readable data: everything public and nothing else, whoever asks."""

import json
import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse, reverse_lazy
from django.utils.http import http_date

from community.access import Audience
from content.json_ld import as_json_ld
from content.machine_cards import SOCIAL_CARD, card_of
from events.models import EventPage
from home.metadata.sitemap import SECTIONS
from home.site_setup import set_up_site

from ... import factories
from ...events.factories import EventPageFactory
from ...groups.factories import PracticeFactory
from ...world import NEEDLES, World

pytestmark = pytest.mark.django_db

FEEDS = ("practice_feed", "public_event_feed")
ADDRESSES = ["robots", "sitemap", *FEEDS]


def addresses() -> list[str]:
    sections = [reverse("sitemap_section", args=[section]) for section in SECTIONS]
    return [*(reverse(name) for name in ADDRESSES), *sections]


def structured(page: str) -> dict:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return json.loads(text)


def properties(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta property="(og:[\w:]+)" content="([^"]*)"', page))


@pytest.mark.parametrize("persona", ["anonymous", "member", "moderator"])
def test_machines_are_told_of_public_things_only_whoever_fetches(client, persona):
    world = World()
    if user := world.personas.named()[persona]:
        client.force_login(user)
    answers = {address: client.get(address).content.decode().lower() for address in addresses()}
    everything = " ".join(answers.values())
    assert "publicneedle" in everything
    assert world.personas.school.slug in everything
    hidden = [f"/{world.members.pk}-", "hidden-event", "hidden-resourcepage", "hidden-standardpage"]
    assert [needle for needle in {*NEEDLES, *hidden} - {"publicneedle"} if needle in everything] == []


def test_the_sitemap_names_both_languages_of_each_thing(client):
    practice = PracticeFactory(published=True, public=True, last_published_at=datetime(2026, 3, 1, tzinfo=UTC))
    PracticeFactory(published=True)
    root = ElementTree.fromstring(client.get(reverse("sitemap_section", args=["practices"])).content)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    path = practice.get_absolute_url().removeprefix("/en")
    assert [url.findtext("s:loc", namespaces=space) for url in root] == [
        f"http://127.0.0.1:8000/en{path}",
        f"http://127.0.0.1:8000/tr{path}",
    ]
    assert [link.get("hreflang") for link in root[0].findall("x:link", space)] == ["en", "tr"]
    assert root[0].findtext("s:lastmod", namespaces=space) == "2026-03-01"


def test_the_index_of_the_sitemap_names_every_section(client):
    set_up_site()
    page = client.get(reverse("sitemap")).content.decode()
    assert re.findall(r"sitemap-(\w+)\.xml", page) == list(SECTIONS)
    assert client.get(reverse("sitemap_section", args=["towers"])).status_code == 404
    assert client.get(reverse("sitemap_section", args=["schools"]), {"p": "9999"}).status_code == 404


def test_robots_learn_where_the_sitemap_is(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in answer.content.decode().splitlines()


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_asks_the_same_for_thirty_as_for_one(client, address):
    set_up_site()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(address)).status_code == 200
        return len(captured)

    def more(number: int) -> None:
        for _ in range(number):
            PracticeFactory(published=True, public=True)
            EventPageFactory(audience=Audience.PUBLIC)

    more(1)
    one = queries()
    more(29)
    assert queries() == one


def test_what_no_xml_holds_takes_no_feed_off_the_site(client):
    set_up_site()
    pasted = {"title": "Two\x0blines", "summary": "A \x01summary\uffff", "audience": Audience.PUBLIC}
    PracticeFactory(
        published=True, school__name="Okul\x0c 1", last_published_at=datetime(2026, 3, 1, tzinfo=UTC), **pasted
    )
    EventPageFactory(**pasted)
    for feed in FEEDS:
        atom = ElementTree.fromstring(client.get(reverse(feed)).content)
        (entry,) = atom.findall("{*}entry")
        assert (entry.find("{*}title").text, entry.find("{*}summary").text) == ("Twolines", "A summary")


def test_a_feed_is_atom_and_found_from_every_page(client):
    set_up_site()
    PracticeFactory(published=True, public=True, title="Işık & gölge")
    feed = client.get(reverse("practice_feed"))
    assert feed["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(feed.content)
    assert root.findtext("{*}entry/{*}title") == "Işık & gölge"
    assert f'type="application/atom+xml" href="{reverse("practice_feed")}"' in client.get("/en/").content.decode()


@pytest.mark.parametrize(
    "address", [*map(reverse_lazy, FEEDS), "/sitemap.xml", "/sitemap-practices.xml", "/robots.txt"]
)
def test_who_has_the_answer_already_is_told_so(client, address):
    set_up_site()
    PracticeFactory(published=True, public=True)
    EventPageFactory(audience=Audience.PUBLIC).save_revision().publish()
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address, headers={"if-none-match": '"another"'}).content == first.content


@pytest.mark.parametrize("address", [reverse_lazy("practice_feed"), "/sitemap-practices.xml"])
def test_nobody_is_told_to_keep_what_was_taken_off_the_site(client, address):
    PracticeFactory(published=True, public=True)
    gone = PracticeFactory(published=True, public=True, title="Gone")
    first = client.get(address)
    assert "gone" in first.content.decode().lower()
    gone.unpublish()
    for asked in ({"if-none-match": first["ETag"]}, {"if-modified-since": http_date()}):
        answer = client.get(address, headers=asked)
        assert (answer.status_code, "gone" in answer.content.decode().lower()) == (200, False)


def test_each_entry_of_a_feed_says_when_it_changed(client):
    set_up_site()
    EventPageFactory(audience=Audience.PUBLIC, summary="a < b").save_revision().publish()
    event = EventPage.objects.get()
    root = ElementTree.fromstring(client.get(reverse("public_event_feed")).content)
    assert root.findtext("{*}updated") == root.findtext("{*}entry/{*}updated") == event.last_published_at.isoformat()
    assert root.findtext("{*}entry/{*}summary") == "a &lt; b"


def test_the_front_door_is_a_website_and_no_article(client):
    set_up_site()
    assert properties(client.get("/en/").content.decode())["og:type"] == "website"


def test_a_shared_link_names_its_language_with_a_territory(client):
    practices = [PracticeFactory(published=True, public=True, language=code) for code in ("en", "tr", "fr")]
    pages = [client.get(practice.get_absolute_url()).content.decode() for practice in practices]
    assert [properties(page)["og:locale"] for page in pages] == ["en_GB", "tr_TR", "fr"]


def test_a_public_practice_is_told_to_machines_and_a_members_practice_is_not(client):
    public = PracticeFactory(published=True, public=True, title='"Işık" <b>', summary="Of light")
    members = PracticeFactory(published=True, title="Of the group", summary="Of the group")
    client.force_login(factories.member())

    page = client.get(public.get_absolute_url()).content.decode()
    assert properties(page)["og:title"] == "&quot;Işık&quot; &lt;b&gt;"
    assert properties(page)["og:url"] == "http://127.0.0.1:8000" + public.get_absolute_url()
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{public.get_absolute_url()}">' in page
    assert structured(page)["name"] == '"Işık" <b>'

    page = client.get(members.get_absolute_url()).content.decode()
    assert properties(page) == {}
    assert "ld+json" not in page
    assert "canonical" not in page


def test_the_authors_preview_of_a_public_practice_tells_machines_nothing(client):
    practice = PracticeFactory(published=True, public=True)
    client.force_login(practice.author)
    page = client.get(reverse("practice_preview", args=[practice.pk])).content.decode()
    assert properties(page) == {}


def test_an_event_is_told_without_the_address_of_its_call(client):
    set_up_site()
    event = EventPageFactory(audience=Audience.PUBLIC, join_url="https://call.example/secret")
    page = client.get(event.get_absolute_url()).content.decode()
    data = structured(page)
    assert data["@type"] == "Event"
    assert data["startDate"] == event.starts_at.isoformat()
    assert data["location"] == {"@type": "VirtualLocation", "url": "http://127.0.0.1:8000" + event.get_absolute_url()}
    assert "call.example" not in page

    EventPageFactory(audience=Audience.MEMBERS)
    assert card_of(EventPageFactory(audience=Audience.MEMBERS)) is None


@pytest.mark.parametrize(("standing", "told"), [("labelled", True), ("in_grace", False), ("lapsed", False)])
def test_only_a_school_with_the_label_is_told(standing, told):
    person = factories.moderator()
    school = factories.SchoolFactory(**{standing: True}, website="https://okul.example", about="")
    seen = type(school).objects.visible_to(person).get(pk=school.pk)
    card = card_of(seen)
    assert (card is not None) == told
    if told:
        assert card.data["@type"] == "School"
        assert card.data["address"] == {
            "@type": "PostalAddress",
            "addressLocality": "Diyarbakır",
            "addressCountry": "TR",
        }
    assert card_of(school) is None


def test_the_home_page_says_how_to_search(client):
    set_up_site()
    page = client.get("/en/").content.decode()
    assert structured(page)["potentialAction"]["target"].endswith("/en/search/?q={search_term_string}")
    assert properties(page)["og:image"] == "http://127.0.0.1:8000/static/icons/social-card.png"


def test_the_social_card_is_there():
    assert finders.find(SOCIAL_CARD["url"])


def test_data_in_a_page_ends_no_script():
    text = as_json_ld({"name": "</script><script>alert(1)</script>&\u2028"})
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text)["name"] == "</script><script>alert(1)</script>&\u2028"
