"""Email frequency by topic, and unsubscribing."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core import signing
from django.test import Client
from django.utils import timezone
from wagtail import hooks

from notifications.models import Frequency, Message, Preference
from notifications.preferences import choose, frequencies_of, frequency_of, read_token, unsubscribe, unsubscribe_url
from notifications.tasks import send_email
from notifications.topics import TOPICS_HOOK, Topic, topic_of

from .. import factories
from ..groups.factories import PracticeFactory
from .factories import message_for

pytestmark = pytest.mark.django_db
OWN = "own_practices"


def choice(person, frequency, topic=OWN):
    choose(by=person, frequencies={topic: frequency})


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def test_without_a_choice_the_topics_habit_holds():
    person = factories.UserFactory()
    assert frequency_of(person, topic_of("practices/practice_published")) == Frequency.AT_ONCE
    assert frequency_of(person, topic_of("practices/practice_followed")) == Frequency.WEEKLY
    assert {key: frequencies_of(person)[key] for key in (OWN, "followed")} == {OWN: "at_once", "followed": "weekly"}


def test_choices_are_ones_own_and_only_of_topics_that_leave_one():
    person, other = factories.UserFactory(), factories.UserFactory()
    choose(by=person, frequencies={OWN: "weekly", "event_places": "never", "event_reminders": "daily", "x": "never"})

    assert list(Preference.objects.values_list("person", "topic", "frequency")) == [(person.pk, OWN, "weekly")]
    assert frequencies_of(person)[OWN] == Frequency.WEEKLY
    assert frequencies_of(other)[OWN] == Frequency.AT_ONCE


def test_a_place_is_always_mailed():
    person = factories.UserFactory()
    Preference.objects.create(person=person, topic="event_places", frequency="never")
    assert frequency_of(person, topic_of("events/registered")) == Frequency.AT_ONCE


def test_a_message_has_one_topic():
    other = Topic("other", "Other", "", ("events/reminder",))
    with (
        hooks.register_temporarily(TOPICS_HOOK, lambda: [other]),
        pytest.raises(ValueError, match="events/reminder"),
    ):
        topic_of("events/reminder")
    assert topic_of("events/reminder").key == "event_reminders"


@pytest.mark.parametrize(
    ("frequency", "mails"),
    [("at_once", 1), ("daily", 0), ("weekly", 0), ("never", 0)],
)
def test_a_mail_goes_alone_only_to_who_wants_it_at_once(frequency, mails):
    person = factories.UserFactory()
    choice(person, frequency)
    message = message_for(person)
    send_email.call(message.pk)

    assert len(outbox.outbox) == mails
    message.refresh_from_db()
    assert (message.frequency, message.claimed_at is None, message.emailed_at is not None) == (
        frequency,
        frequency != "at_once",
        frequency == "at_once",
    )


def test_no_mail_of_what_was_hidden_meanwhile():
    member, outsider = factories.member(), factories.UserFactory()
    practice = PracticeFactory(published=True)
    for person in (member, outsider):
        send_email.call(message_for(person, about=practice).pk)

    assert [message.to for message in outbox.outbox] == [[member.email]]


def test_a_mail_offers_to_end_its_topic_in_one_click():
    person = factories.UserFactory(language="tr")
    send_email.call(message_for(person).pk)
    headers = outbox.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = path_of(headers["List-Unsubscribe"].strip("<>"))
    assert path.startswith("/tr/")

    # As a mail program does it: no session, no cookie, no CSRF token.
    program = Client(enforce_csrf_checks=True)
    assert program.get(path).status_code == 200
    assert frequencies_of(person)[OWN] == Frequency.AT_ONCE
    assert program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert program.post(path).status_code == 200
    assert frequencies_of(person)[OWN] == Frequency.NEVER


def test_a_mail_one_cannot_do_without_offers_no_ending():
    person = factories.UserFactory()
    send_email.call(message_for(person, kind="events/registered").pk)
    assert "List-Unsubscribe" not in outbox.outbox[0].extra_headers


def test_an_old_link_does_not_undo_a_later_choice():
    person = factories.UserFactory()
    said = read_token(unsubscribe_url(person, [OWN], timezone.now() - timedelta(days=1)).rsplit("/", 2)[1])
    unsubscribe(**said)
    assert frequencies_of(person)[OWN] == Frequency.NEVER
    choice(person, "daily")
    unsubscribe(**said)
    assert frequencies_of(person)[OWN] == Frequency.DAILY


def test_a_link_ends_only_its_own_topics_of_its_own_person():
    person, other = factories.UserFactory(), factories.UserFactory()
    unsubscribe(person_id=person.pk, topics=[OWN, "event_places", "gone"], issued_at=timezone.now())
    assert list(Preference.objects.values_list("person", "topic")) == [(person.pk, OWN)]
    assert frequencies_of(other)[OWN] == Frequency.AT_ONCE


def test_the_link_of_a_deleted_account_is_harmless():
    unsubscribe(person_id=0, topics=[OWN], issued_at=timezone.now())
    assert not Preference.objects.exists()


@pytest.mark.parametrize("token", ["x", signing.dumps([1, [OWN], "2026-01-01T00:00:00+00:00"], salt="another")])
def test_a_forged_link_is_not_found(client, token):
    assert client.post(f"/en/unsubscribe/{token}/").status_code == 404
    assert not Preference.objects.exists()


def test_the_page_keeps_what_one_chose(client):
    person = factories.UserFactory()
    client.force_login(person)
    page = client.get("/en/inbox/preferences/")
    fields = page.context["form"].fields
    assert "event_places" not in fields
    assert [value for value, label in fields["event_reminders"].choices] == ["at_once", "never"]

    data = {key: field.initial for key, field in fields.items()} | {OWN: "weekly"}
    assert client.post("/en/inbox/preferences/", data).status_code == 302
    assert frequencies_of(person)[OWN] == Frequency.WEEKLY

    refused = client.post("/en/inbox/preferences/", data | {OWN: "hourly"})
    assert list(refused.context["form"].errors) == [OWN]
    assert frequencies_of(person)[OWN] == Frequency.WEEKLY


def test_reading_all_is_for_ones_own_inbox(client):
    person, other = factories.UserFactory(), factories.UserFactory()
    for reader in (person, other):
        message_for(reader)
    client.force_login(person)
    client.post("/en/inbox/read/")
    assert list(Message.objects.unread().values_list("recipient", flat=True)) == [other.pk]


def test_the_inbox_leads_nowhere_hidden(client):
    member, outsider = factories.member(), factories.UserFactory()
    practice = PracticeFactory(published=True)
    for person, leads in ((member, True), (outsider, False)):
        message = message_for(person, about=practice)
        client.force_login(person)
        page = client.get("/en/inbox/").content.decode()
        assert message.subject in page
        assert (f'href="/en/inbox/{message.pk}/"' in page) is leads
