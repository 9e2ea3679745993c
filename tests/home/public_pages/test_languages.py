"""The reader's language: chosen, remembered, named in links. Untranslated pages say so."""

import subprocess
import sys
from datetime import date

import pytest
from django.conf import settings as site_settings
from django.test import Client
from django.utils.formats import date_format
from django.utils.translation import override
from wagtail.models import Locale

from community.access import Audience
from home.frame.navigation import public_pages
from home.models import HomePage, StandardPage
from home.public_pages.planting import plant_pages
from home.site_setup import set_up_site

from ... import factories
from ...events.factories import EventPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return set_up_site()


@pytest.fixture
def turkish(home) -> HomePage:
    page = home.copy_for_translation(Locale.objects.get(language_code="tr"))
    page.live = True
    page.save()
    return page


def page_below(parent, slug, **fields):
    fields = {"title": slug, "body": [("text", "Text")], "audience": Audience.PUBLIC, **fields}
    parent.refresh_from_db()
    return parent.add_child(instance=StandardPage(slug=slug, **fields))


def translated(page, slug, **fields):
    copy = page.copy_for_translation(Locale.objects.get(language_code="tr"))
    for name, value in {"slug": slug, "title": slug, "live": True, **fields}.items():
        setattr(copy, name, value)
    copy.save()
    return copy


def person(language):
    user = factories.member()
    user.language = language
    user.save()
    return user


def switch_of(page: str, code: str) -> str:
    start = page.rindex('href="', 0, page.index(f'hreflang="{code}" rel="nofollow"')) + 6
    return page[start : page.index('"', start)].replace("&amp;", "&")


def test_the_switch_leads_to_the_translation_with_its_query(client, turkish, home):
    page = page_below(home, "about")
    translated(page, "hakkinda")
    switch = switch_of(client.get("/en/about/?a=1&b=2").content.decode(), "tr")
    assert client.get(switch)["Location"] == "/tr/hakkinda/?a=1&b=2"


def test_what_is_not_translated_offers_what_there_is(client, turkish, home):
    page_below(home, "about", title="About us")
    answer = client.get(switch_of(client.get("/en/about/").content.decode(), "tr"), follow=True)
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "Bu sayfa henüz çevrilmedi" in body
    assert '<a href="/en/about/" lang="en" hreflang="en">About us</a>' in body


def test_a_draft_translation_is_not_offered(client, turkish, home):
    page = page_below(home, "about")
    translated(page, "hakkinda", live=False)
    assert "hakkinda" not in client.get("/en/about/").content.decode()
    assert client.get(f"/tr/language/page/{page.pk}/").status_code == 200


def test_the_note_of_a_hidden_page_is_that_of_an_absent_one(client, turkish, home):
    page = page_below(home, "secret", audience=Audience.MEMBERS)
    hidden = client.get(f"/tr/language/page/{page.pk}/")
    page.delete()
    absent = client.get(f"/tr/language/page/{page.pk}/")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content


def test_an_event_stays_in_the_readers_interface(client, turkish, home):
    event = EventPageFactory(audience=Audience.PUBLIC, title="Open door", slug="open-door", language="en")
    page_below(turkish, "bag", body=[("text", f'<p><a linktype="page" id="{event.pk}">Etkinlik</a></p>')])
    assert 'href="/tr/events/open-door/"' in client.get("/tr/bag/").content.decode()
    answer = client.get("/tr/events/open-door/")
    assert '<html lang="tr"' in answer.content.decode()
    assert '<h1 lang="en">Open door</h1>' in answer.content.decode()


def test_a_visitors_choice_is_remembered(client, turkish):
    assert client.get("/", headers={"accept-language": "en"})["Location"] == "/en/"
    answer = client.get("/tr/language/?next=/tr/schools/%3Fcountry%3DTR")
    assert answer["Location"] == "/tr/schools/?country=TR"
    assert answer.cookies[site_settings.LANGUAGE_COOKIE_NAME].value == "tr"
    assert client.get("/", headers={"accept-language": "en"})["Location"] == "/tr/"


def test_a_persons_language_is_that_of_their_account(client, turkish):
    client.force_login(person("tr"))
    client.cookies[site_settings.LANGUAGE_COOKIE_NAME] = "en"
    assert client.get("/")["Location"] == "/tr/"


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({"sec-fetch-site": "same-origin"}, "en"),
        ({"referer": "http://testserver/tr/"}, "en"),
        ({"sec-fetch-site": "cross-site", "referer": "http://testserver/tr/"}, "tr"),
        ({"referer": "http://elsewhere.example/"}, "tr"),
        ({}, "tr"),
    ],
)
def test_only_this_site_changes_the_language_of_an_account(client, turkish, headers, language):
    user = person("tr")
    client.force_login(user)
    client.get("/en/language/", headers=headers)
    user.refresh_from_db()
    assert user.language == language


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example/", "/tr/schools/", "/en/..//x.example", "", "/admin/"]
)
def test_the_switch_leads_nowhere_else(client, home, target):
    location = client.get("/en/language/", {"next": target})["Location"]
    assert location == "/en/" or (location.startswith("/en/") and target.startswith("/en/"))


def test_search_engines_hear_of_translations_that_exist(client, turkish, home, settings):
    page = page_below(home, "about")
    page_below(home, "only-english")
    translated(page, "hakkinda")
    site = settings.SITE_URL
    both = client.get("/tr/hakkinda/").content.decode()
    assert f'<link rel="alternate" hreflang="en" href="{site}/en/about/">' in both
    assert f'<link rel="alternate" hreflang="tr" href="{site}/tr/hakkinda/">' in both
    assert f'<link rel="alternate" hreflang="x-default" href="{site}/en/about/">' in both
    assert 'rel="alternate" hreflang="tr"' not in client.get("/en/only-english/").content.decode()
    lists = client.get("/tr/practices/?pillar=agency").content.decode()
    assert f'hreflang="en" href="{site}/en/practices/?pillar=agency"' in lists


def test_a_language_that_does_not_exist_offers_those_that_do(client, home):
    answer = client.get("/xx/about/", follow=True)
    body = answer.content.decode()
    assert answer.status_code == 404
    assert "This site isn’t available in “xx” yet" in body
    assert 'href="/tr/about/"' in body
    # A missing page in a known language gives the usual message.
    assert "There’s no page we can show you here" in client.get("/en/about/").content.decode()


@pytest.fixture
def german(settings):
    """Add a third language, with no catalogue and no pages yet."""
    settings.LANGUAGES = [*settings.LANGUAGES, ("de", "Deutsch")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES


def test_a_new_language_borrows_the_first_ones_pages(german, home):
    plant_pages()
    client = Client()
    answer = client.get("/de/")
    body = answer.content.decode()
    assert answer.status_code == 200
    assert '<html lang="de"' in body
    assert "What works in one school travels to the next" in body
    assert 'hreflang="tr" rel="nofollow"' in body
    page = client.get("/de/questions/")
    assert '<h1 lang="en">Questions and answers</h1>' in page.content.decode()
    assert [link["lang"] for link in public_pages("de")] == ["en"] * 9
    assert client.get("/de/events/").status_code == 200
    assert Locale.objects.filter(language_code="de").exists()


def test_people_choose_a_new_language(german):
    person = factories.UserFactory(language="de")
    person.clean_fields(exclude=["password"])
    assert dict(person._meta.get_field("language").choices)["de"] == person.get_language_display() == "Deutsch"


GERMAN_WRITES_NO_MIGRATION = """
from django.conf import settings
settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, ("de", "Deutsch")]
import django
from django.core.management import call_command
django.setup()
call_command("makemigrations", check_changes=True, dry_run=True)
"""


def test_a_new_language_is_a_line_of_the_settings_and_no_migration():
    # In a separate process, because fields are created once, when models are imported.
    run = subprocess.run([sys.executable, "-c", GERMAN_WRITES_NO_MIGRATION], capture_output=True, text=True)
    assert (run.returncode, run.stdout.strip()) == (0, "No changes detected"), run.stderr


@pytest.mark.parametrize(("code", "written"), [("en", "9 November 2026"), ("tr", "9 Kasım 2026")])
def test_days_are_written_without_a_nought(code, written):
    with override(code):
        assert date_format(date(2026, 11, 9), "DATE_FORMAT") == written
