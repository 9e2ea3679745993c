"""The main job with only the keyboard, and without JavaScript: read, find, register, write."""

import pytest
from playwright.sync_api import Page

from events.models import Registration
from groups.practices.models import Practice

from ..world import World
from .test_accessibility import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

FOCUSED = "document.activeElement.textContent.trim() || document.activeElement.value || ''"


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the focused element contains these words."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if words in page.evaluate(FOCUSED):
            return
    pytest.fail(f"The keyboard never reached “{words}”.")


def test_a_member_reads_and_registers_with_the_keyboard(person, client):
    world = World()
    page = person()
    page.goto("/en/")
    sign_in(page, client, world.personas.author)
    page.goto("/en/dashboard/")

    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Skip to content"
    tab_to(page, "Good practices")
    page.keyboard.press("Enter")
    page.wait_for_url("**/practices/**")
    tab_to(page, "membersneedle")
    page.keyboard.press("Enter")
    page.wait_for_url("**-membersneedle/")

    page.goto("/en/events/hidden-event/")
    tab_to(page, "Register")
    page.keyboard.press("Enter")
    page.get_by_text("You have a place").first.wait_for()
    assert Registration.objects.filter(event=world.event, user=world.personas.author).exists()


def test_the_menu_of_phones_opens_and_closes_with_the_keyboard(person):
    World()
    page = person(viewport={"width": 360, "height": 800})
    page.goto("/en/")
    tab_to(page, "Menu")
    page.keyboard.press("Enter")
    assert page.get_by_role("navigation", name="Menu").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("navigation", name="Menu").is_visible()
    assert page.evaluate(FOCUSED) == "Menu"


def test_a_member_registers_and_begins_to_write_without_javascript(person, client):
    world = World()
    page = person(java_script_enabled=False)
    page.goto("/en/")
    client.force_login(world.personas.author)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": page.url}])

    page.goto("/en/events/hidden-event/")
    page.get_by_role("button", name="Register").click()
    assert page.get_by_text("You have a place").first.is_visible()

    page.goto("/en/practices/new/")
    page.get_by_label("Title").first.fill("Written without a script")
    page.get_by_role("button", name="Save").first.click()
    assert Practice.objects.filter(author=world.personas.author, title="Written without a script").exists()
