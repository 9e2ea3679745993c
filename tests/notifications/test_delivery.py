"""Notifications: sent once each, in the recipient's language, and retried if the email failed."""

from contextlib import nullcontext
from functools import partial

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from django.utils import translation

from groups.practices.models import Practice
from notifications.delivery import mail, mark_read, notify, send_unsent
from notifications.models import Message

from .. import factories
from ..groups.factories import PracticeFactory
from .factories import message_for

pytestmark = pytest.mark.django_db


def tell(person, key="k"):
    practice = PracticeFactory(author=person, title="Işık haritası")
    notify(
        recipients=[person],
        message="practices/practice_returned",
        context={"practice": practice, "reason": "Kaç çocuk?"},
        url=partial(reverse, "practice_list"),
        key=key,
    )


@pytest.fixture
def broken_mail(monkeypatch):
    def refuse(self, messages):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    return monkeypatch


def test_a_key_is_told_once(django_capture_on_commit_callbacks):
    person = factories.UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        tell(person)
        tell(person)
        tell(person, key="other")

    assert Message.objects.inbox_of(person).count() == 2
    assert [message.to for message in outbox.outbox] == [[person.email], [person.email]]


def test_each_reads_their_own_language(django_capture_on_commit_callbacks):
    reader, okuyan = factories.UserFactory(language="en"), factories.UserFactory(language="tr")
    with django_capture_on_commit_callbacks(execute=True):
        tell(reader)
        tell(okuyan)

    english, turkish = (message.subject for message in outbox.outbox)
    assert english == "Changes needed: Işık haritası"
    assert "Işık haritası" in turkish
    assert "Changes needed" not in turkish


def test_each_is_led_to_a_page_in_their_own_language(django_capture_on_commit_callbacks):
    reader, okuyan = factories.UserFactory(language="en"), factories.UserFactory(language="tr")
    practice = PracticeFactory()
    with django_capture_on_commit_callbacks(execute=True), translation.override("tr"):
        notify(
            recipients=[reader, okuyan],
            message="practices/practice_returned",
            context={"practice": practice, "reason": ""},
            url=partial(reverse, "practice_list"),
            key="k",
        )

    english, turkish = outbox.outbox
    for sent, address in ((english, "/en/practices/"), (turkish, "/tr/practices/")):
        assert f"http://127.0.0.1:8000{address}\n" in sent.body
        assert f'href="http://127.0.0.1:8000{address}"' in sent.alternatives[0].content
    assert list(Message.objects.order_by("pk").values_list("url", flat=True)) == ["/en/practices/", "/tr/practices/"]


@pytest.mark.parametrize("recipients", [0, 1])
def test_an_address_computed_beforehand_fails_the_test_that_sends_it(recipients):
    """Otherwise the check in conftest.py might check nothing."""
    people = factories.UserFactory.create_batch(recipients)
    with pytest.raises(AssertionError, match="leads to") if people else nullcontext():
        notify(
            recipients=people,
            message="practices/practice_returned",
            context={"practice": PracticeFactory(), "reason": ""},
            url=lambda: "/en/practices/",
            key="k",
        )


def test_a_failed_mail_is_sent_later_and_then_never_again(django_capture_on_commit_callbacks, broken_mail):
    person = factories.UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        tell(person)
    assert outbox.outbox == []
    assert Message.objects.get().emailed_at is None

    broken_mail.undo()
    for expected in (1, 0):
        with django_capture_on_commit_callbacks(execute=True):
            assert send_unsent() == expected
    assert len(outbox.outbox) == 1


def test_a_mail_without_an_inbox_forgets_its_secret(django_capture_on_commit_callbacks):
    school = factories.SchoolFactory(labelled=True)
    with django_capture_on_commit_callbacks(execute=True):
        mail(
            address="new@school.example",
            language="en",
            message="community/invitation",
            context={"school": school, "invitation": None, "inviter": ""},
            url=partial(reverse, "invitation", args=["secret-token"]),
            key="invitation:1",
        )

    assert "secret-token" in outbox.outbox[0].body
    kept = Message.objects.get()
    assert "secret-token" not in kept.text + kept.html + kept.url


def test_opening_a_message_reads_it_and_only_ones_own():
    person, other = factories.UserFactory(), factories.UserFactory()
    tell(person)
    message = Message.objects.get()

    assert mark_read(reader=other, message_id=message.pk) is None
    assert Message.objects.unread().count() == 1
    assert mark_read(reader=person, message_id=message.pk) == "/en/practices/"
    assert Message.objects.unread().count() == 0


@pytest.mark.parametrize("rows", [1, 30])
def test_the_inbox_asks_as_much_for_thirty_as_for_one(client, rows, django_assert_num_queries):
    person = factories.member()
    for number in range(rows):
        tell(person, key=str(number))
    client.force_login(person)
    client.get(reverse("inbox"))

    # session, user, access, unread, number of pages, messages
    with django_assert_num_queries(6):
        assert client.get(reverse("inbox")).status_code == 200


def test_a_line_follows_its_reader_into_another_language(client):
    person = factories.UserFactory(language="en")
    tell(person)
    Practice.objects.all().delete()
    message_for(person, key="old", subject="In the words of then", lines={"en": "In the words of then"})
    client.force_login(person)

    page = client.get("/tr/inbox/").content.decode()
    assert "Değişiklik isteniyor: Işık haritası" in page
    assert "Changes needed" not in page
    assert '<strong lang="en">In the words of then</strong>' in page
    assert "Changes needed: Işık haritası" in client.get("/en/inbox/").content.decode()


def test_a_message_leads_into_the_language_in_which_it_is_read(client):
    person = factories.UserFactory(language="en")
    tell(person)
    client.force_login(person)

    opened = client.get(reverse("open_message", args=[Message.objects.get().pk]).replace("/en/", "/tr/"))
    assert opened["Location"] == "/tr/practices/"
