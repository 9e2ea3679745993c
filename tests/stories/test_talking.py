"""In a topic: a name is suggested after an @ and chosen by keyboard, and a poll is answered."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from groups.discussions.models import Comment
from groups.discussions.polls.polling import add_poll, end_poll
from home.site_setup import set_up_site
from notifications.models import Message

from .. import factories
from ..groups.factories import TopicFactory
from .test_accessibility import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_names_and_a_poll(person):
    set_up_site()
    topic = TopicFactory()
    add_poll(topic=topic, by=topic.author, question="How?", options=["Points", "A draw"])
    reader = factories.member()
    school = reader.memberships.get().school
    for name in ("Işıl Çınar", "Işıl Kaya"):
        factories.MembershipFactory(school=school, user__name=name)
    page = person(expects_refusals=True)
    page.goto("/en/")
    sign_in(page, Client(), reader)
    page.goto(topic.get_absolute_url())

    field = page.get_by_label("Your comment")
    field.press_sequentially("What do you think, @isi")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(field).to_have_value("What do you think, @Işıl Kaya ")
    expect(options).to_have_count(0)
    field.press_sequentially("and @isi")
    expect(options).to_have_count(2)
    field.press("Escape")
    expect(options).to_have_count(0)
    page.get_by_role("button", name="Reply", exact=True).last.click()
    expect(page.get_by_text("Your answer has been posted.").first).to_be_visible()
    assert Comment.objects.filter(is_opening=False).get().text == "What do you think, @Işıl Kaya and @isi"
    assert Message.objects.get(kind="discussions/mentioned").recipient.name == "Işıl Kaya"

    poll = page.get_by_role("region", name="How?")
    expect(poll.get_by_text("You’ll see the results once you’ve voted.")).to_be_visible()
    poll.get_by_label("A draw").check()
    poll.get_by_role("button", name="Vote").click()
    expect(poll.get_by_role("row", name="A draw (your choice)")).to_contain_text("1 · 100 %")
    poll.get_by_text("Change your vote").click()
    poll.get_by_label("Points").check()
    # The author ends the poll before the vote arrives.
    end_poll(topic=topic, by=topic.author)
    poll.get_by_role("button", name="Vote").click()
    expect(poll.get_by_role("alert")).to_contain_text(
        "The poll ended before this change arrived, so your earlier vote counts."
    )
    expect(poll.get_by_role("row", name="A draw (your choice)")).to_contain_text("1 · 100 %")
