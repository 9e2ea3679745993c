"""Show 4: one school adapts a practice, a third adapts that. The tree shows all, and the first author's counts include
them."""

import re

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from groups.practices.models import Practice
from home.site_setup import set_up_site

from .. import factories
from ..groups.factories import PracticeFactory
from ..groups.practices.reviewing import approve
from .test_accessibility import sign_in
from .test_main_job import type_into_editor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def teacher(name: str, school: str, country: str):
    return factories.MembershipFactory(
        user__name=name, school__name=school, school__country=country, school__labelled=True
    ).user


def adapt(page: Page, original: Practice, title: str) -> Practice:
    """Start from another school's practice, describe the own school's version, and submit it."""
    page.goto(original.get_absolute_url())
    page.get_by_role("main").get_by_role("link", name="Adapt this").first.click()
    expect(page.get_by_text("Context, results and evidence are left blank")).to_be_visible()
    page.get_by_role("button", name="Start the draft").click()
    expect(page.get_by_text("credits the original")).to_be_visible()
    page.get_by_label("Title").first.fill(title)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Step 2 of 5")).to_be_visible()
    # The steps are copied. Context and results are left for each school to write.
    expect(page.locator(".tiptap").nth(1)).to_contain_text("First, then.")
    type_into_editor(page, "context", "Our town has a river.")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Step 3 of 5")).to_be_visible()
    type_into_editor(page, "results", "They measured it all winter.")
    page.get_by_label("Type of evidence").select_option(label="Observation")
    page.get_by_role("button", name="Sharing and licence").click()
    expect(page.get_by_text("Step 5 of 5")).to_be_visible()
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    return Practice.objects.get(title=title)


def test_from_school_to_school_to_school(person):
    set_up_site()
    first = teacher("Külli", "Tartu Kool", "EE")
    second = teacher("Mehmet", "Karacadağ Okulu", "TR")
    third = teacher("Aoife", "Rowan Hill School", "IE")
    moderator = factories.moderator()
    school = first.memberships.get().school
    original = PracticeFactory(published=True, author=first, school=school, title="A river in every lesson")
    pages = {}
    for who in (first, second, third):
        pages[who] = person()
        pages[who].goto("/en/")
        sign_in(pages[who], Client(), who)

    made = approve(practice=adapt(pages[second], original, "Her derste bir ırmak"), by=moderator)
    again = approve(practice=adapt(pages[third], made, "A river in winter"), by=moderator)
    assert (made.adapted_from, again.adapted_from, again.live) == (original, made, True)

    reader = pages[third]
    reader.goto(again.get_absolute_url())
    reader.get_by_role("link", name="family tree").first.click()
    expect(reader.get_by_text(re.compile("3 practices.*3 schools.*3 countries", re.DOTALL))).to_be_visible()
    leaves = reader.locator(".family__leaf")
    expect(leaves).to_have_count(3)
    for leaf, words in zip(
        leaves.all(), [("Tartu Kool", original), ("Karacadağ Okulu", made), ("Rowan Hill School", again)], strict=True
    ):
        expect(leaf).to_contain_text(words[0])
        expect(leaf.get_by_role("link", name=str(words[1]))).to_be_visible()
    # Each is nested below its original.
    expect(reader.locator(".family li li li .family__leaf")).to_contain_text("Rowan Hill School")

    author = pages[first]
    author.goto(original.get_absolute_url())
    author.get_by_role("link", name="See its impact").click()
    counted = author.locator(".stat")
    expect(counted.filter(has_text="adaptations")).to_contain_text("2")
    expect(counted.filter(has_text="countries reached")).to_contain_text("2")
    for name in ("Her derste bir ırmak", "A river in winter"):
        expect(author.get_by_role("link", name=name)).to_be_visible()
