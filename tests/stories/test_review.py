"""Show 2: lead sign-off, two blind reviews, returned, changed, published, and the author can follow each step."""

import re

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from community.moderators import appoint
from groups.practices.models import Practice
from groups.practices.review.sign_off import choose_sign_off
from groups.practices.writing import save_draft
from home.site_setup import set_up_site

from .. import factories
from ..groups.factories import PracticeFactory
from .test_accessibility import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


class Cast:
    def __init__(self):
        set_up_site()
        self.author = factories.UserFactory(name="Mehmet")
        self.school = factories.MembershipFactory(user=self.author).school
        self.lead = factories.MembershipFactory(school=self.school, lead=True, user__name="Gülistan").user
        organisation = factories.SupportOrganisationFactory()
        self.first, self.second, self.colleague = (factories.UserFactory() for _number in range(3))
        for moderator in (self.first, self.second, self.colleague):
            appoint(organisation=organisation, user=moderator)
        factories.MembershipFactory(user=self.colleague, school=self.school)
        choose_sign_off(school=self.school, wanted=True, by=self.lead)
        self.practice = save_draft(
            practice=PracticeFactory(
                school=self.school, author=self.author, title="Işık haritası", results="<p>Seven lamps were mended.</p>"
            ),
            by=self.author,
        )


def at_desk(page: Page, practice: Practice) -> None:
    page.goto(f"/admin/snippets/practices/practice/edit/{practice.pk}/")


def write_review(page: Page, practice: Practice, recommendation: str, words: str, beside: str = "") -> None:
    at_desk(page, practice)
    for score in page.get_by_label("well", exact=True).all():
        score.check()
    if beside:
        page.get_by_label("Why, and what would make it better?").nth(3).fill(beside)
    page.get_by_label(recommendation, exact=True).check()
    page.get_by_label("Your note to the author").fill(words)
    page.get_by_role("button", name="Submit my review").click()
    page.wait_for_url(re.compile("waiting=true"))


def test_the_way_of_a_practice(person):
    cast = Cast()
    practice = cast.practice
    pages = {}
    for name in ("author", "lead", "first", "second", "colleague"):
        pages[name] = person(expects_refusals=name == "colleague")
        pages[name].goto("/en/")
        sign_in(pages[name], Client(), getattr(cast, name))
    author, lead, first, second = (pages[name] for name in ("author", "lead", "first", "second"))

    def author_reads(*sentences: str) -> None:
        author.goto(f"/en/practices/{practice.pk}/history/")
        for sentence in sentences:
            expect(author.get_by_text(sentence).first).to_be_visible()

    author.goto(practice.get_absolute_url())
    author.get_by_role("button", name="Submit for review").click()
    author_reads("A lead at your school will read it first, then the reviewers.", "Gülistan")

    lead.goto("/en/dashboard/")
    lead.get_by_role("link", name="Işık haritası").click()
    expect(lead.get_by_text("Seven lamps were mended.")).to_be_visible()
    lead.get_by_role("button", name="Sign off").click()
    expect(lead.get_by_text("Signed off and sent to the reviewers.")).to_be_visible()
    author_reads("Signed off by Gülistan", "Waiting for reviewers (2 needed).")

    colleague = pages["colleague"]
    at_desk(colleague, practice)
    expect(colleague.get_by_text("You’re at one of the authors’ schools").first).to_be_visible()
    expect(colleague.get_by_role("button", name="Claim this review")).to_have_count(0)

    for page in (first, second):
        at_desk(page, practice)
        page.get_by_role("button", name="Claim this review").click()
    words = "How many children took part?"
    write_review(first, practice, "Send back with reasons", words, beside="Name a number.")
    author_reads("Reviewers are reading it. 1 of 2 reviews finished.")
    expect(author.get_by_text(words)).to_have_count(0)
    at_desk(second, practice)
    expect(second.get_by_text(words)).to_have_count(0)
    write_review(second, practice, "Send back with reasons", "I would like to know, too.")

    author_reads("Sent back", words, "Name a number.", "I would like to know, too.", "Reviewer 2")
    changed = Practice.objects.get(pk=practice.pk)
    changed.results = "<p>Seventeen children took part. Seven lamps were mended.</p>"
    save_draft(practice=changed, by=cast.author)
    author.goto(practice.get_absolute_url())
    author.get_by_role("button", name="Submit for review").click()

    for page in (first, second):
        at_desk(page, practice)
        expect(page.locator(".review-changes ins")).to_have_text("Seventeen children took part. ")
        expect(page.frame_locator("iframe").get_by_text("Seventeen children took part.")).to_be_visible()
        write_review(page, practice, "Publish", "Now others can repeat it.")
    author_reads("Published", "By ", "The reviewers’ comments")
    practice.refresh_from_db()
    assert practice.live
