"""Show 1: two browsers, one practice. Takeover, sign-out, offline, reconnect, and no word is lost."""

import re

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from groups.practices.models import CoAuthor, Practice

from ..factories import member
from .test_accessibility import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

# The form saves 1.5 seconds after the last keystroke. The rest is for slow machines.
PATIENCE = 25_000


def editor(page: Page) -> Locator:
    return page.locator(".js-only .field", has=page.locator("#id_context")).locator(".tiptap")


def write_on(page: Page, words: str) -> None:
    editor(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def is_saved(page: Page) -> None:
    expect(page.locator("[data-state]")).to_have_text(re.compile("^Saved"), timeout=PATIENCE)


def alert(page: Page, key: str) -> Locator:
    return page.locator(f"[data-alert={key}]")


def write_along(practice: Practice, person) -> None:
    CoAuthor.objects.create(
        practice=practice,
        person=person,
        school=person.memberships.get().school,
        standing=CoAuthor.Standing.ACCEPTED,
        answered_at=timezone.now(),
    )


def test_two_people_write_and_not_a_word_is_lost(person):
    author, colleague = member(), member()
    mine, theirs = person(expects_refusals=True), person(expects_refusals=True)
    # One client per person, because signing in another one ends the first session.
    for page, user in ((mine, author), (theirs, colleague)):
        page.goto("/en/accounts/login/")
        sign_in(page, Client(), user)

    # Autosave creates the practice.
    mine.goto("/en/practices/new/")
    mine.get_by_label("Title").first.fill("Rivers")
    is_saved(mine)
    practice = Practice.objects.get()
    write_along(practice, colleague)
    mine.get_by_role("button", name="Next").click()
    expect(mine.get_by_text("Step 2 of 5")).to_be_visible()
    address = f"/en/practices/{practice.pk}/edit/how/"
    assert mine.url.endswith(address)
    write_on(mine, "First words.")
    is_saved(mine)

    # The second one sees who holds the edit lock, and takes over.
    theirs.goto(address)
    expect(theirs.get_by_role("heading", level=1)).to_have_text(f"{author} is writing now")
    theirs.get_by_role("button", name="Take over").click()
    expect(editor(theirs)).to_have_text("First words.")
    write_on(theirs, " Second hand.")
    is_saved(theirs)

    # The first one is told, and what they typed since is kept as a conflict copy.
    write_on(mine, " After the takeover.")
    expect(alert(mine, "taken")).to_contain_text("We’ve kept everything you’ve typed since then.", timeout=PATIENCE)
    mine.get_by_role("link", name="See your text").click()
    expect(mine.locator(".words__mine")).to_contain_text("First words. After the takeover.")
    expect(mine.locator(".words__now")).to_contain_text("First words. Second hand.")
    mine.get_by_role("button", name="Take over and add my text").click()
    expect(editor(mine)).to_have_text("First words. After the takeover.")
    write_on(mine, " Both of us.")
    is_saved(mine)
    write_on(theirs, " Too late.")
    expect(alert(theirs, "taken")).to_be_visible(timeout=PATIENCE)
    texts = [revision.as_object().context for revision in practice.revisions.order_by("pk")]
    assert "<p>First words. Second hand.</p>" in texts
    assert texts[-1] == "<p>First words. After the takeover. Both of us.</p>"
    assert "Too late." in practice.conflict_copies.get(person=colleague).body.replace("+", " ")

    # The session ends while the page is open.
    mine.context.clear_cookies(name="sessionid")
    write_on(mine, " Session lost.")
    expect(alert(mine, "signed-out")).to_be_visible(timeout=PATIENCE)
    sign_in(mine, Client(), author)
    write_on(mine, " Back again.")
    is_saved(mine)
    expect(alert(mine, "signed-out")).to_have_count(0)

    # The connection is lost, and the laptop closed.
    mine.context.set_offline(True)
    write_on(mine, " Without a net.")
    expect(mine.locator("[data-state]")).to_have_text(re.compile("you’re offline"), timeout=PATIENCE)
    again = mine.context.new_page()
    mine.close()
    again.context.set_offline(False)
    again.goto(address)
    expect(alert(again, "restored")).to_be_visible()
    is_saved(again)
    again.reload()
    words = "First words. After the takeover. Both of us. Session lost. Back again. Without a net."
    expect(editor(again)).to_have_text(words)
    draft = Practice.objects.get().get_latest_revision_as_object()
    assert (draft.title, draft.context) == ("Rivers", f"<p>{words}</p>")
