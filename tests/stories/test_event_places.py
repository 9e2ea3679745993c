"""The last place of an event: full, waiting list, cancelled, offered, accepted."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from events.models import Offer, Outcome
from events.seats.registration import register

from .. import factories
from ..events.factories import EventPageFactory
from .test_accessibility import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

ADDRESS = "/en/events/planning/"


def opened(person, user) -> Page:
    page = person(reduced_motion="reduce", viewport={"width": 390, "height": 800})
    page.goto("/en/events/")
    # One client per person, because signing in another one ends the first session.
    sign_in(page, Client(), user)
    page.goto(ADDRESS)
    return page


def test_a_place_goes_from_one_person_to_the_next(person):
    event = EventPageFactory(
        title="Planning together", slug="planning", capacity=2, starts_at=timezone.now() + timedelta(days=9)
    )
    first, second, third = (factories.member() for _ in range(3))
    register(event=event, by=factories.member())

    holder = opened(person, first)
    expect(holder.get_by_text("1 of 2 places taken")).to_be_visible()
    holder.get_by_role("button", name="Register", exact=True).click()
    expect(holder.get_by_text("You have a place", exact=True)).to_be_visible()
    expect(holder.get_by_text("2 of 2 places taken")).to_be_visible()

    next_one, last = opened(person, second), opened(person, third)
    for position, page in enumerate((next_one, last), 1):
        page.reload()
        expect(page.get_by_text("All places are taken.")).to_be_visible()
        page.get_by_role("button", name="Join the waiting list").click()
        expect(page.get_by_text(f"You’re number {position} on the waiting list")).to_be_visible()
        expect(page.get_by_text("2 of 2 places taken")).to_be_visible()

    holder.on("dialog", lambda dialog: dialog.accept())
    holder.get_by_role("button", name="Cancel my registration").click()
    expect(holder.get_by_text("You’re no longer registered.", exact=True)).to_be_visible()
    # The place is held for the first on the waiting list. For everyone else the event is still full.
    expect(holder.get_by_text("2 of 2 places taken")).to_be_visible()
    expect(holder.get_by_role("button", name="Join the waiting list")).to_be_visible()
    last.reload()
    expect(last.get_by_text("You’re number 1 on the waiting list")).to_be_visible()

    next_one.goto("/en/inbox/")
    next_one.get_by_role("link", name=re.compile("Planning together")).first.click()
    next_one.wait_for_url(f"**{ADDRESS}")
    expect(next_one.get_by_text("You’ve been offered a place")).to_be_visible()
    expect(next_one.get_by_text("Please answer by")).to_be_visible()
    next_one.get_by_role("button", name="Accept the place").click()
    expect(next_one.get_by_text("You have a place", exact=True)).to_be_visible()
    expect(next_one.get_by_text("The Join button will appear here 15 minutes before the start")).to_be_visible()
    expect(next_one.get_by_role("link", name="Join now")).to_have_count(0)
    assert Offer.objects.get().outcome == Outcome.ACCEPTED
    assert not event.registrations.offered().exists()

    # The event is about to begin.
    type(event).objects.filter(pk=event.pk).update(starts_at=timezone.now() + timedelta(minutes=5))
    for page, ways_in in ((next_one, 1), (last, 0), (holder, 0)):
        page.reload()
        expect(page.get_by_role("link", name="Join now")).to_have_count(ways_in)
