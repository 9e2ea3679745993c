"""The home page, the dashboard, search and the menus."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from community.access import Audience
from home.frame.navigation import public_pages
from home.models import HomePage, StandardPage
from home.site_setup import set_up_site

from .. import factories
from ..events.factories import EventPageFactory, RegistrationFactory
from ..groups.factories import PracticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    page = set_up_site()
    page.body = [(name, {"title": name}) for name in ("figures", "practices", "events")]
    page.body.append(("pillars", {"title": "pillars", "text": ""}))
    page.save()
    return page


def standard_page(home, title="About", **fields):
    fields = {"slug": title.lower(), "body": [("text", "Text")], "audience": Audience.PUBLIC, **fields}
    return home.add_child(instance=StandardPage(title=title, show_in_menus=True, **fields))


def turkish_home(home) -> HomePage:
    page = home.copy_for_translation(Locale.objects.get(language_code="tr"))
    page.live = True
    page.save()
    return page


def queries_of(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_setting_up_twice_changes_nothing(home):
    assert set_up_site() == home
    assert HomePage.objects.count() == 1
    assert sorted(home.get_children().values_list("slug", flat=True)) == ["events", "learning"]


def test_menus_hold_public_pages_in_the_readers_language(home):
    standard_page(home, "About")
    standard_page(turkish_home(home), "Hakkında", slug="hakkinda")
    standard_page(home, "Secret", audience=Audience.MEMBERS)
    standard_page(home, "Draft", live=False)

    assert [page["label"] for page in public_pages("en")] == ["About"]
    assert [page["label"] for page in public_pages("tr")] == ["Hakkında"]


def test_menus_follow_what_editors_publish(home):
    page = standard_page(home)
    assert public_pages("en") != []
    page.unpublish()
    assert public_pages("en") == []


def test_figures_are_counted_among_what_one_may_see(home, client):
    PracticeFactory(published=True, public=True)
    PracticeFactory(published=True)
    assert client.get("/en/").context["figures"] == {"schools": 2, "countries": 1, "practices": 1}

    client.force_login(factories.member())
    assert client.get("/en/").context["figures"] == {"schools": 3, "countries": 1, "practices": 2}


@pytest.mark.parametrize("name", ["dashboard", "search", "home"])
def test_thirty_of_everything_ask_as_much_as_one(name, home, client):
    person = factories.member()
    school = person.memberships.get().school
    client.force_login(person)
    url = {"dashboard": reverse("dashboard"), "search": reverse("search") + "?q=event", "home": "/en/"}[name]

    def more(number):
        for _ in range(number):
            PracticeFactory(published=True, title="Event diary")
            PracticeFactory(author=person, school=school)
            RegistrationFactory(event=EventPageFactory(), user=person, school=school)

    more(1)
    one = queries_of(client, url)
    more(29)
    assert queries_of(client, url) == one


def test_the_lapsed_give_a_place_back_from_their_dashboard(home, client):
    person = factories.member(lapsed=True)
    event = EventPageFactory()
    RegistrationFactory(event=event, user=person, school=person.memberships.get().school)
    client.force_login(person)

    page = client.get(reverse("dashboard")).content.decode()
    assert reverse("event_cancel", args=[event.slug]) in page
    assert f'"{event.get_absolute_url()}"' not in page


def test_the_dashboard_of_the_lapsed_holds_their_own_and_nothing_of_the_group(home, client):
    person = factories.member(lapsed=True)
    PracticeFactory(author=person, school=person.memberships.get().school, title="My own draft")
    PracticeFactory(published=True, title="Of the group")
    client.force_login(person)

    page = client.get(reverse("dashboard")).content.decode()
    assert "My own draft" in page
    assert "Of the group" not in page
    assert "needs to apply to its national support organisation" in page
