"""From an idea to the right practice in three clicks, and what to do with it."""

import re

import pytest
from playwright.sync_api import expect

from ..factories import member
from ..groups.factories import PracticeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.mark.parametrize("scripts", [True, False])
def test_three_clicks_from_a_wish_to_the_practice(person, client, scripts):
    reader = member()
    reader.reads = ["en", "tr"]
    reader.save()
    wanted = {"published": True, "subjects": ["environment"], "age_min": 11, "age_max": 14, "adoptions_count": 2}
    PracticeFactory(title="The climate lab", **wanted)
    PracticeFactory(title="Climate for the small", **{**wanted, "age_min": 4, "age_max": 6})
    PracticeFactory(title="Le labo du climat", summary="Climate", language="fr", **wanted)
    PracticeFactory(title="A climate walk", **{**wanted, "adoptions_count": 0})
    PracticeFactory(title="A climate NEEDLE", **{**wanted, "published": False})
    PracticeFactory(title="Robots", **wanted)
    page = person(viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
    page.goto("/en/accounts/login/")
    client.force_login(reader)
    address = re.match(r"https?://[^/]+", page.url)[0]
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])
    page.goto("/en/practices/")
    page.get_by_role("searchbox").fill("climate")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("#found")).to_have_text("4 good practices")
    facets = page.get_by_role("navigation", name="Filter the list")
    facets.get_by_role("link", name="11–14").click()
    expect(page.locator("#found")).to_have_text("3 good practices")
    facets.get_by_role("link", name="Languages I read").click()
    expect(page.locator("#found")).to_have_text("2 good practices")
    facets.get_by_role("link", name="Tried by another school").click()
    expect(page.locator("#found")).to_have_text("1 good practice")
    expect(page.locator(".found__list mark").first).to_have_text("climate")
    page.get_by_role("link", name="The climate lab").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The climate lab")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Saved")).to_be_visible()
    page.goto("/en/practices/saved/")
    expect(page.get_by_role("link", name="The climate lab")).to_be_visible()


def test_on_a_phone_the_filters_wait_behind_a_button(person, client):
    PracticeFactory(published=True, public=True, age_min=11, age_max=12)
    page = person(viewport={"width": 360, "height": 800})
    page.goto("/en/practices/")
    band = page.get_by_role("link", name="11–14")
    expect(band).to_be_hidden()
    page.get_by_text("Filter", exact=True).click()
    band.click()
    expect(page.get_by_role("list", name="Active filters").get_by_role("link")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
