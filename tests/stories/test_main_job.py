"""The main job from all sides: write, return, revise, publish, read, register, wait, move up, learn."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from community.moderators import appoint
from events.models import EventPage
from groups.practices.models import Practice
from home.site_setup import set_up_site
from learning.models import ResourcePage

from .. import factories
from ..groups.factories import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PASSWORD = "a-long-enough-passphrase"


class Cast:
    """The people of the story, and an event with a single place."""

    def __init__(self):
        self.home = set_up_site()
        self.author = self._signs_in(factories.member())
        self.reader = self._signs_in(factories.member())
        self.latecomer = self._signs_in(factories.member())
        self.lapsed = self._signs_in(factories.member(lapsed=True))
        self.revoked = self._signs_in(factories.member(revoked=True))
        self.moderator = self._signs_in(factories.UserFactory(name="Amélie"))
        appoint(organisation=factories.SupportOrganisationFactory(central=True), user=self.moderator)
        self.secret = generate_totp_secret()
        TOTP.activate(self.moderator, self.secret)
        index = self.home.get_children().get(slug="events").specific
        starts_at = timezone.now() + timedelta(days=3)
        self.event = index.add_child(
            instance=EventPage(
                title="One last place",
                slug="last-place",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=1),
                capacity=1,
                join_url="https://call.example/secret",
            )
        )
        learning = self.home.get_children().get(slug="learning").specific
        self.resource = learning.add_child(
            instance=ResourcePage(title="Giving feedback", slug="feedback", body=[("text", "<p>Ask first.</p>")])
        )

    def _signs_in(self, user):
        user.set_password(PASSWORD)
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def code(self) -> str:
        """Return the moderator's current six-digit code."""
        return format_hotp_value(hotp_value(self.secret, next(yield_hotp_counters_from_time())))


def sign_in(page: Page, user) -> None:
    page.goto("/en/accounts/login/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def type_into_editor(page: Page, field: str, text: str) -> None:
    editor = page.locator(f"#id_{field}").locator("xpath=ancestor::*[contains(@class, 'field')][1]").locator(".tiptap")
    editor.click()
    page.keyboard.type(text)


def write(page: Page) -> None:
    """Write a practice with a picture and submit it."""
    page.goto("/en/practices/new/")
    page.get_by_label("Title").first.fill("Çocukların ışık haritası")
    page.get_by_label("Summary").fill("Children counted the street lamps of the village.")
    page.get_by_label("Student agency").check()
    page.get_by_label("Primary", exact=True).check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Step 2 of 5")).to_be_visible()
    type_into_editor(page, "context", "The village was dark.")
    type_into_editor(page, "steps", "We counted the lamps.")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Step 3 of 5")).to_be_visible()
    type_into_editor(page, "results", "Seven were mended.")
    page.get_by_label("Type of evidence").select_option(label="Observation")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("choose pictures").set_input_files(
        files=[{"name": "map.png", "mimeType": "image/png", "buffer": picture(size=(1200, 700))}]
    )
    page.get_by_label("Description").fill("A hand-drawn map with lamps")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Step 5 of 5")).to_be_visible()
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Çocukların ışık haritası")


def sign_in_with_second_factor(page: Page, cast: Cast) -> None:
    sign_in(page, cast.moderator)
    page.get_by_placeholder("Code").fill(cast.code())
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Welcome")


def decide(page: Page, practice: Practice, recommendation: str, comment: str) -> None:
    """Find the practice on the moderators' desk, score it and recommend. There is no other reviewer."""
    page.goto("/admin/")
    page.get_by_role("link", name=practice.title).first.click()
    page.get_by_role("link", name="Open the review").click()
    page.wait_for_url("**/edit/**")
    claim = page.get_by_role("button", name="Claim this review")
    if claim.is_visible():
        claim.click()
        page.get_by_role("button", name="Submit my review").wait_for()
    for score in page.get_by_label("well", exact=True).all():
        score.check()
    page.get_by_label(recommendation, exact=True).check()
    page.get_by_label("Your note to the author").fill(comment)
    page.get_by_role("button", name="Submit my review").click()
    page.wait_for_url("**/admin/desk/")


def read_message(page: Page, subject: str | re.Pattern) -> None:
    """Open a message in the inbox, which leads to its subject."""
    page.goto("/en/inbox/")
    page.get_by_role("link", name=subject).first.click()


def register(page: Page, cast: Cast) -> None:
    page.goto(f"/en/events/{cast.event.slug}/")
    page.get_by_role("main").get_by_role("button", name=re.compile("Register|waiting list")).click()


def test_the_main_job(person, settings):
    settings.REQUIRE_MODERATOR_SECOND_FACTOR = True
    cast = Cast()

    author, moderator = person(), person()
    sign_in(author, cast.author)
    write(author)
    practice = Practice.objects.get()
    address = practice.get_absolute_url()
    sign_in_with_second_factor(moderator, cast)
    decide(moderator, practice, "Send back with reasons", "How many children took part?")
    practice.refresh_from_db()
    assert not practice.live

    read_message(author, re.compile("Çocukların ışık haritası"))
    expect(author.get_by_text("How many children took part?").first).to_be_visible()
    author.goto(f"/en/practices/{practice.pk}/edit/results/")
    type_into_editor(author, "results", " Seventeen children took part.")
    author.get_by_role("button", name="Sharing and licence").click()
    author.get_by_role("button", name="Submit for review").click()
    decide(moderator, practice, "Publish", "Now others can repeat it.")
    practice.refresh_from_db()
    assert practice.live
    author.goto(f"/en/practices/{practice.pk}/history/")
    for step in ("Sent back", "How many children took part?", "Published"):
        expect(author.get_by_text(step, exact=True).first).to_be_visible()

    reader, latecomer = person(), person()
    sign_in(reader, cast.reader)
    reader.goto("/en/search/?q=isik")
    reader.get_by_role("link", name=practice.title).click()
    expect(reader.get_by_text("Seventeen children took part.")).to_be_visible()
    picture_address = reader.locator("main img").first.get_attribute("src")
    register(reader, cast)
    expect(reader.get_by_text("You have a place", exact=True)).to_be_visible()

    sign_in(latecomer, cast.latecomer)
    register(latecomer, cast)
    expect(latecomer.get_by_text("You’re number 1 on the waiting list")).to_be_visible()
    reader.on("dialog", lambda dialog: dialog.accept())
    reader.get_by_role("button", name="Cancel my registration").click()
    expect(reader.get_by_text("Your registration has been cancelled.")).to_be_visible()
    assert [message.to for message in mail.outbox if "One last place" in message.subject][-1] == [cast.latecomer.email]
    read_message(latecomer, re.compile("place.*One last place|One last place.*place", re.IGNORECASE))
    latecomer.get_by_role("button", name="Accept the place").click()
    expect(latecomer.get_by_text("You have a place", exact=True)).to_be_visible()

    latecomer.goto(cast.resource.get_absolute_url())
    latecomer.get_by_role("button", name="Mark as done").click()
    latecomer.goto("/en/learning/mine/")
    expect(latecomer.get_by_text("Giving feedback")).to_be_visible()

    for user in (None, cast.lapsed, cast.revoked):
        stranger = person(expects_refusals=True)
        if user:
            sign_in(stranger, user)
        for hidden in (address, picture_address):
            assert stranger.goto(hidden).status == 404
        stranger.goto("/en/search/?q=isik")
        expect(stranger.get_by_text("No results for")).to_be_visible()
        stranger.goto("/en/practices/")
        expect(stranger.get_by_text(practice.title)).to_have_count(0)
