"""Show 6 of the good practices: a moderator clears ten waiting items of five kinds without leaving the desk."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect

from home.models import Feedback
from home.site_setup import set_up_site
from moderation.desk.queue import number_waiting
from moderation.models import Report

from ..moderation.things import (
    on_desk,
    waiting_consent,
    waiting_feedback,
    waiting_proposal,
    waiting_report,
    waiting_school,
)
from .test_accessibility import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
DESK = re.compile(r"/admin/desk/")


def with_reason(page: Page, action: str, label: str, words: str) -> None:
    page.locator("summary", has_text=action).click()
    page.get_by_label(label).fill(words)
    page.get_by_role("button", name=action, exact=True).click()


def decide(page: Page, kind: str, number: int) -> str:
    """Take the plain or the serious decision, and return the desk's message."""
    first = number % 2 == 0
    if kind == "Feedback about the site":
        with_reason(page, "Mark as dealt with", "What did you do about it?", "The calendar has names for its days now.")
        return "Dealt with. Your note has been saved."
    words = {
        "Report from a member": (
            "Keep it",
            "Hide it",
            "Why? The author will see this.",
            "Hidden. The author has been told why.",
        ),
        "School page": ("Approve", "Decline", "Why? The school leads will see this.", "Declined."),
        "Proposed event": (
            "Accept as a draft",
            "Decline",
            "Why? The person who proposed it will see this.",
            "Declined.",
        ),
        "Expiring consent": (
            "Remind the authors",
            "Take it down now",
            "Why? The authors will see this message.",
            "Taken down.",
        ),
    }
    plain, serious, label, told = words[kind]
    if first:
        page.get_by_role("button", name=plain, exact=True).click()
        return {"Keep it": "Dealt with. It will stay on the site.", "Approve": "It’s now on the school’s page."}.get(
            plain, ""
        )
    with_reason(page, serious, label, "Please look at it once more.")
    return told


def is_accessible(page: Page) -> None:
    # The address changes before the page has loaded.
    expect(page.locator(".desk")).to_be_visible()
    assert Axe().run(page, context=".desk").response["violations"] == []


def test_a_moderator_clears_ten_items_of_five_kinds(person):
    set_up_site()
    moderator = on_desk()
    for make in (waiting_report, waiting_school, waiting_proposal, waiting_consent, waiting_feedback):
        for number in range(2):
            make(f"{make.__name__} {number}")
    assert number_waiting(moderator) == 10
    page = person()
    page.goto("/en/")
    sign_in(page, Client(), moderator)
    page.goto("/admin/desk/")
    expect(page.get_by_text("10 items waiting for you")).to_be_visible()
    is_accessible(page)
    page.locator(".desk-table .title a").first.click()
    seen: dict[str, int] = {}
    for done in range(10):
        expect(page).to_have_url(re.compile(r"/admin/desk/\w+/\d+/$"))
        if not done:
            is_accessible(page)
            page.get_by_role("button", name="I’m working on this").click()
            expect(page.get_by_text("You’re working on this until")).to_be_visible()
        kind = page.locator(".desk-facts .desk-kind").inner_text().strip()
        told = decide(page, kind, seen.get(kind, 0))
        seen[kind] = seen.get(kind, 0) + 1
        expect(page).to_have_url(DESK)
        if told:
            expect(page.locator(".messages")).to_contain_text(told)
    assert seen == dict.fromkeys(seen, 2)
    assert len(seen) == 5
    expect(page).to_have_url(re.compile(r"/admin/desk/$"))
    expect(page.get_by_text("You’re all caught up. Thank you.")).to_be_visible()
    assert number_waiting(moderator) == 0
    assert not Report.objects.unsettled().exists()
    assert not Feedback.objects.filter(settled_at=None).exists()
    page.goto("/admin/desk/figures/")
    expect(page.get_by_role("row", name="Everything 10 10")).to_be_visible()
    is_accessible(page)
