"""Measurements with browser tools: layout shifts, target sizes, page weight, and right-to-left scrolling."""

import gzip

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

from ..world import World
from .test_accessibility import PAGES, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

FIRST_VISIT = 80 * 1024
# Chromium rates a layout shift below 0.1 as good. Ours is zero apart from rounding.
STILL = 0.005

SHIFTS = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
    .observe({ type: "layout-shift", buffered: true });
  document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum))));
})"""

# The focused element, and whether it or an ancestor has a visible focus style.
FOCUS = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const card = here.closest(".card, .practice-card");
  const seen = [here, card].some((element) => {
    if (!element) return false;
    const style = getComputedStyle(element);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow.includes("inset");
  });
  return { what: here.outerHTML.slice(0, 100), seen };
}"""


def visited(person, client, world: World, **options):
    """Yield every page of PAGES, opened by a persona who may see it."""
    for persona, paths in PAGES.items():
        page: Page = person(expects_refusals=True, **options)
        page.goto("/en/")
        if user := world.personas.named()[persona]:
            sign_in(page, client, user)
        for path in paths:
            page.goto(f"/en/{path.format(**vars(world))}")
            yield path, page


def test_nothing_moves_and_everything_is_large_enough_to_tap(person, client):
    found = []
    rules = {"runOnly": {"type": "rule", "values": ["target-size"]}}
    for path, page in visited(person, client, World(), viewport={"width": 390, "height": 800}):
        if (shift := page.evaluate(SHIFTS)) > STILL:
            found.append((path, "moves", round(shift, 4)))
        for violation in Axe().run(page, options=rules).response["violations"]:
            found += [(path, "is small", node["html"][:120]) for node in violation["nodes"]]
    assert not found, "\n".join(map(str, found))


def test_right_to_left_nothing_scrolls_sideways(person, client):
    found = []
    for path, page in visited(person, client, World()):
        page.evaluate("document.documentElement.dir = 'rtl'")
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
                found.append((path, wide))
    assert found == []


def test_the_keyboard_always_shows_where_it_is(person):
    World()
    page = person(viewport={"width": 1280, "height": 900})
    unseen = []
    for path in ("", "practices/", "events/", "search/?q=publicneedle", "accounts/login/"):
        page.goto(f"/en/{path}")
        page.evaluate("document.activeElement.blur()")
        for _ in range(30):
            page.keyboard.press("Tab")
            focus = page.evaluate(FOCUS)
            if focus and not focus["seen"]:
                unseen.append((path, focus["what"]))
    assert not unseen, "\n".join(map(str, unseen))


def test_a_first_visit_is_light_and_asks_nobody_else(person):
    """Measure the home page without pictures, compressed as by whitenoise and nginx.

    `person` fails on requests to other hosts and on violations of the content security policy.
    """
    World()
    weights: dict[str, int] = {}

    def weigh(response: Response) -> None:
        kind = response.request.resource_type
        body = response.body()
        compressed = {"document": gzip.compress, "stylesheet": brotli.compress, "script": brotli.compress}
        if kind != "image":
            weights[response.url] = len(compressed.get(kind, bytes)(body))

    page = person(viewport={"width": 390, "height": 800})
    page.on("response", weigh)
    answer = page.goto("/en/")
    page.wait_for_load_state("networkidle")
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert 0 < sum(weights.values()) <= FIRST_VISIT, weights


def test_search_by_keyboard_alone(person):
    """Type, move down to a suggestion, open it. Escape closes the list and returns to the field."""
    World()
    page = person()
    page.goto("/en/search/")
    page.keyboard.type("publicn")
    page.wait_for_selector("#suggestions a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.locator("#suggestions a").count() == 0
    page.keyboard.type("e")
    page.wait_for_selector("#suggestions a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**-publicneedle/")


def test_search_and_filters_without_javascript(person):
    World()
    page = person(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.goto("/en/search/")
    page.get_by_label("Search terms").fill("publicneedle")
    page.get_by_role("button", name="Search").click()
    assert page.locator("main mark").first.inner_text() == "publicneedle"

    page.goto("/en/events/")
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Pillar").select_option("agency")
    page.get_by_role("button", name="Show").click()
    assert "pillar=agency" in page.url
    page.get_by_role("link", name="Pillar: Student agency").click()
    assert "pillar" not in page.url


def test_a_toast_is_said_politely_and_goes_when_dismissed(person):
    World()
    page = person()
    page.goto("/en/")
    say = "detail => document.dispatchEvent(new CustomEvent('toast', { detail }))"
    page.evaluate(say, {"text": "<b>Saved</b>", "tone": "danger"})
    toast = page.get_by_role("status").locator(".toast")
    assert toast.inner_text().strip() == "<b>Saved</b>"
    toast.get_by_role("button", name="Dismiss").click()
    assert toast.count() == 0
