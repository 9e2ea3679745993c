"""The day of an event and after: door, call, attendance, feedback, recording, practice draft."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from events.models import EventPage, Registration
from groups.practices.models import Practice

from .. import factories
from ..events.factories import EventPageFactory, RegistrationFactory
from .test_accessibility import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def opened(person, user) -> Page:
    page = person(expects_refusals=True, reduced_motion="reduce", viewport={"width": 390, "height": 800})
    page.goto("/en/events/")
    # One client per person, because signing in another one ends the first session.
    sign_in(page, Client(), user)
    return page


def test_an_event_from_the_door_to_the_recording(person, live_server):
    # The call is a page of ours, because stories may not request other hosts.
    call = f"{live_server.url}/en/events/?room=secret"
    event = EventPageFactory(
        title="Planning together",
        slug="planning",
        starts_at=timezone.now() + timedelta(minutes=40),
        agenda=[("part", {"minutes": 30, "title": "Mapping", "text": ""})],
    )
    # Set directly, because forms accept only https.
    EventPage.objects.filter(pk=event.pk).update(join_url=call)
    teacher, host = factories.member(), factories.moderator()
    RegistrationFactory(event=event, user=teacher, school=teacher.memberships.get().school)
    visitor, organiser = opened(person, teacher), opened(person, host)

    visitor.goto("/en/events/planning/join/")
    expect(visitor.get_by_role("heading", name="You can’t join yet")).to_be_visible()
    expect(visitor.get_by_role("timer")).to_contain_text("00:2")
    assert call not in visitor.content()

    EventPage.objects.filter(pk=event.pk).update(starts_at=timezone.now() + timedelta(minutes=5))
    visitor.get_by_role("link", name="Check again").click()
    visitor.get_by_role("link", name="Join the call").click()
    visitor.wait_for_url(call)
    assert Registration.objects.attended().get().user == teacher

    over = timezone.now() - timedelta(minutes=1)
    EventPage.objects.filter(pk=event.pk).update(starts_at=over - timedelta(hours=1), ends_at=over)
    visitor.goto("/en/events/planning/")
    expect(visitor.get_by_role("heading", name="On the way to a certificate")).to_be_visible()
    visitor.get_by_role("link", name="Give feedback").click()
    for question in ("overall", "useful", "technique"):
        visitor.locator(f"[name={question}][value='4']").check()
    visitor.get_by_role("button", name="Send feedback").click()
    expect(visitor.get_by_role("heading", name="You’ve earned a certificate")).to_be_visible()

    organiser.on("dialog", lambda dialog: dialog.accept())
    organiser.goto("/en/events/planning/")
    organiser.get_by_role("link", name="Organise this event").click()
    organiser.get_by_role("link", name="Attendance", exact=True).click()
    expect(organiser.get_by_role("heading", name="1 of 1 people took part")).to_be_visible()
    organiser.get_by_role("link", name="Materials", exact=True).click()
    organiser.get_by_label("Title").fill("The recording")
    organiser.get_by_label("Or a link to another site").fill("https://videos.example/recording")
    organiser.get_by_label("This is the recording").check()
    organiser.get_by_role("button", name="Save without releasing").click()
    organiser.get_by_role("button", name="Release", exact=True).click()
    expect(organiser.get_by_text("First note who agreed to the recording.")).to_be_visible()
    visitor.goto("/en/events/planning/")
    expect(visitor.get_by_text("The recording")).to_have_count(0)

    organiser.get_by_label("Who agreed to be recorded, when and how?").fill("Both speakers, by mail")
    organiser.get_by_role("button", name="Release", exact=True).click()
    expect(organiser.get_by_text("released", exact=True)).to_be_visible()
    visitor.goto("/en/events/planning/")
    expect(visitor.get_by_role("link", name="The recording")).to_be_visible()
    assert "videos.example" not in visitor.content()

    visitor.get_by_role("button", name="Turn this into a practice draft").click()
    visitor.wait_for_url("**/practices/**")
    assert Practice.objects.get().title == "Planning together"
