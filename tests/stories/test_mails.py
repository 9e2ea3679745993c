"""Show 5, its last step: from the daily digest to unsubscribing, without signing in."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from groups.discussions.comments.commenting import write
from home.site_setup import set_up_site
from notifications.digests import send_digests
from notifications.models import Message

from .. import factories
from ..groups.factories import PracticeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_unsubscribing_from_the_mail(person, settings, live_server):
    settings.SITE_URL = live_server.url
    set_up_site()
    practice = PracticeFactory(published=True, title="A river in every lesson")
    now = timezone.now()

    def a_day_passes(days: int) -> list:
        """Add a comment, and return the author's emails of the next morning."""
        mail.outbox.clear()
        write(place=practice, by=factories.member(), text=f"How did day {days} go?", token=uuid4())
        send_digests(now + timedelta(days=days))
        return [sent for sent in mail.outbox if sent.to == [practice.author.email]]

    (sent,) = a_day_passes(1)
    html, _kind = sent.alternatives[0]
    page = person()
    page.set_content(html)
    expect(page.get_by_role("link", name="A river in every lesson")).to_be_visible()
    page.get_by_role("link", name="Unsubscribe").click()
    # Opening the page must not unsubscribe, because mail programs also open links.
    expect(page.get_by_role("heading", level=1)).to_have_text("Stop these emails?")
    assert len(a_day_passes(2)) == 1
    page.get_by_role("button", name="Stop these emails").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You won’t get any more emails about this")
    assert a_day_passes(3) == []
    assert Message.objects.inbox_of(practice.author).count() == 3
