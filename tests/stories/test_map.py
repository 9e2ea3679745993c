"""The map of the directory without a mouse: its labels, its links and its table."""

import re

import pytest
from playwright.sync_api import expect

from ..factories import SchoolFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

SCHOOLS = {"TR": 3, "PT": 1, "MT": 2}


@pytest.mark.parametrize("scripts", [True, False])
def test_the_map_answers_by_keyboard_and_says_what_the_table_says(person, scripts):
    for country, number in SCHOOLS.items():
        SchoolFactory.create_batch(number, labelled=True, country=country)
    SchoolFactory(country="PT")
    page = person(viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
    page.goto("/en/schools/")

    drawn = dict(link.get_attribute("aria-label").rsplit(": ", 1) for link in page.locator("a.map__country").all())
    assert drawn == {"Türkiye": "3 schools", "Portugal": "1 school", "Malta": "2 schools"}
    page.get_by_text("View the map as a table").press("Enter")
    rows = page.locator(".map__numbers").get_by_role("row").all_inner_texts()
    table = {name: words.split()[0] for name, words in drawn.items()}
    assert {tuple(re.split(r"\s{2,}|\t|\n", row.strip())[:2]) for row in rows[-3:]} == set(table.items())

    page.get_by_role("link", name="Skip the map").focus()
    wanted = page.locator("a.map__country[aria-label^=Türkiye]")
    for _step in SCHOOLS:
        page.keyboard.press("Tab")
        if wanted.evaluate("link => link === document.activeElement"):
            break
    expect(wanted).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"country=TR"))
    expect(page.locator(".school-card")).to_have_count(3)
    expect(page.locator(".directory .section__head .meta")).to_have_text("3 schools")
    expect(page.locator("a.map__country[aria-current=true]")).to_have_attribute("aria-label", "Türkiye: 3 schools")
