"""Digests: one email per day or week, sent once, with only what the reader may see when it is sent."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend

from community.models import User
from notifications.delivery import send_unsent
from notifications.digests import due_before, send_digests
from notifications.models import Digest, Frequency, Message
from notifications.preferences import choose
from notifications.tasks import send_digest

from .. import factories
from ..groups.factories import PracticeFactory
from .factories import message_for

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 11, 24, 18, tzinfo=UTC)
MORNING = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)


@pytest.fixture
def told():
    """Create a message that waits for a digest."""
    return partial(message_for, frequency=Frequency.DAILY, created_at=EVENING)


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    def run(at=MORNING):
        with django_capture_on_commit_callbacks(execute=True):
            return send_digests(at)

    return run


def reader(**fields):
    person = factories.MembershipFactory(school__labelled=True, **fields).user
    choose(by=person, frequencies={"own_practices": "daily"})
    return person


@pytest.mark.parametrize(
    ("now", "frequency", "zone", "due"),
    [
        # 07:00 in Brussels is 06:00 UTC in winter.
        ("2026-11-25T06:00", Frequency.DAILY, "Europe/Brussels", "2026-11-25"),
        ("2026-11-25T05:59", Frequency.DAILY, "Europe/Brussels", "2026-11-24"),
        ("2026-11-25T04:00", Frequency.DAILY, "Europe/Istanbul", "2026-11-25"),
        # The 23rd is a Monday.
        ("2026-11-25T12:00", Frequency.WEEKLY, "Europe/Brussels", "2026-11-23"),
        ("2026-11-23T05:00", Frequency.WEEKLY, "Europe/Brussels", "2026-11-16"),
    ],
)
def test_a_digest_is_due_at_seven_where_its_reader_lives(now, frequency, zone, due):
    found = due_before(datetime.fromisoformat(now).replace(tzinfo=UTC), frequency, ZoneInfo(zone))
    assert (found.date(), found.hour, found.tzinfo.key) == (date.fromisoformat(due), 7, zone)


def test_a_digest_speaks_the_language_of_the_morning_it_leaves(told, run):
    person = reader(user__language="en")
    told(person, lines={"en": "Published: Light", "tr": "Yayımlandı: Light"}, url="/en/practices/")
    User.objects.filter(pk=person.pk).update(language="tr")

    assert run() == 1
    (mail,) = outbox.outbox
    for text in (mail.body, mail.alternatives[0].content):
        assert "Yayımlandı: Light" in text
        assert "Published" not in text
        assert "/tr/practices/" in text
        assert "/en/" not in text


def test_a_day_of_fifty_members_is_one_mail_each_with_what_they_may_see(told, run):
    open_to_all = PracticeFactory(published=True, public=True)
    for_members = PracticeFactory(published=True)
    members = [reader() for _ in range(40)]
    lapsed = [factories.member(lapsed=True) for _ in range(10)]
    for person in members + lapsed:
        told(person, about=open_to_all, key="open")
        told(person, about=for_members, key="secret")

    assert run() == 50
    assert run() == 0
    assert sorted(mail.to[0] for mail in outbox.outbox) == sorted(person.email for person in members + lapsed)
    by_address = {mail.to[0]: mail.body + mail.alternatives[0].content for mail in outbox.outbox}
    assert all("subject open" in text for text in by_address.values())
    assert {address for address, text in by_address.items() if "secret" in text} == {m.email for m in members}


def test_what_is_hidden_between_gathering_and_sending_is_left_out(told):
    person = reader()
    practice = PracticeFactory(published=True)
    told(person, about=practice, key="secret")
    told(person, key="own")
    send_digests(MORNING)
    practice.unpublish()
    send_digest.call(Digest.objects.get().pk)
    assert "own" in outbox.outbox[0].body
    assert "secret" not in outbox.outbox[0].body


def test_what_happened_often_is_said_once_and_leads_to_the_latest(told, run):
    person = reader()
    for number, subject in enumerate(("New in it", "Another", "New in it")):
        told(person, key=str(number), subject=subject, url=f"/en/{number}/")
    run()
    (sent,) = outbox.outbox
    for body in (sent.body, sent.alternatives[0][0].replace("</a>", "")):
        assert body.count("New in it") == 1
        assert "New in it (2×)" in body
        assert "Another (" not in body
        assert "/en/2/" in body
        assert "/en/0/" not in body
    assert "3" in sent.subject


def test_nothing_left_to_tell_is_no_mail(told, run):
    person = reader()
    practice = PracticeFactory(published=True)
    told(person, about=practice)
    practice.unpublish()
    assert (run(), outbox.outbox) == (1, [])
    assert send_unsent() == 0


def test_who_ended_a_topic_meanwhile_is_not_told_of_it(told, run):
    person = reader()
    told(person, key="own")
    told(person, key="waits", kind="practices/practice_submitted")
    choose(by=person, frequencies={"own_practices": "never"})
    run()
    assert "subject waits" in outbox.outbox[0].body
    assert "subject own" not in outbox.outbox[0].body


def test_what_comes_after_seven_waits_for_the_next_morning(told, run):
    person = reader(user__time_zone="Europe/Brussels")
    late = told(person, created_at=MORNING - timedelta(minutes=10))
    assert run() == 0
    assert run(MORNING + timedelta(days=1)) == 1
    late.refresh_from_db()
    assert late.digest.day == date(2026, 11, 26)


def test_daily_and_weekly_are_kept_apart(told, run):
    person = reader()
    told(person, key="day")
    told(person, key="week", frequency=Frequency.WEEKLY)
    assert run() == 1
    assert run(datetime(2026, 11, 30, 8, tzinfo=UTC)) == 1
    assert ["subject day" in mail.body for mail in outbox.outbox] == [True, False]
    assert ["subject week" in mail.body for mail in outbox.outbox] == [False, True]


def test_who_may_not_sign_in_gets_none(told, run):
    told(factories.UserFactory(is_active=False))
    assert run() == 0


def test_a_failed_digest_is_sent_later_once(told, run, monkeypatch, django_capture_on_commit_callbacks):
    told(reader())

    def refuse(self, messages):
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", refuse)
        run()
    assert (outbox.outbox, Digest.objects.get().emailed_at) == ([], None)
    for expected in (1, 0):
        with django_capture_on_commit_callbacks(execute=True):
            assert send_unsent() == expected
    assert len(outbox.outbox) == 1


def test_a_digest_is_written_in_its_readers_language_and_ends_in_one_click(told, run, client):
    person = reader(user__language="tr")
    told(person)
    run()
    mail = outbox.outbox[0]
    assert "Your day" not in mail.subject + mail.body
    path = "/" + mail.extra_headers["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    with time_machine.travel(MORNING + timedelta(days=900)):
        client.post(path)
        told(person, key="again")
        run(MORNING + timedelta(days=1))
    assert len(outbox.outbox) == 1
    assert Message.objects.filter(digest=None).count() == 0
