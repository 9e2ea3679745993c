"""Reminders a day and an hour before, once each, even if the process dies at any line."""

import os
import random
import signal
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connections
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from community.models import Confirmation, Label, Membership, Role, User
from events.models import Registration, State
from events.reminders import key_of, send_reminders
from events.seats.registration import cancel
from notifications.delivery import send_unsent
from notifications.models import CLAIM_LASTS, Message

from .. import factories
from .factories import SECRET_ADDRESS, EventPageFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

EARLIER = timedelta(days=9)


def registered(event, **fields):
    fields = {"confirmed_at": timezone.now() - EARLIER, **fields}
    return RegistrationFactory(event=event, **fields)


def event_in(**delta):
    return EventPageFactory(starts_at=timezone.now() + timedelta(**delta), capacity=None)


@pytest.fixture
def remind(django_capture_on_commit_callbacks):
    """Send the reminders and run the commit hooks, which send the emails."""

    def run(**when) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return send_reminders(**when)

    return run


def reminders() -> list[tuple[int, str]]:
    return sorted(Message.objects.filter(kind="events/reminder").values_list("recipient", "url"))


@pytest.mark.parametrize(
    ("delta", "reminded"),
    [
        ({"hours": 25}, 0),
        ({"hours": 23}, 1),
        ({"hours": 3}, 1),
        # Too late for one reminder, too early for the other.
        ({"minutes": 90}, 0),
        ({"minutes": 59}, 1),
        ({"minutes": 1}, 1),
        ({"minutes": -1}, 0),
    ],
)
def test_when_people_are_reminded(remind, delta, reminded):
    registered(event_in(**delta))

    assert remind() == reminded
    assert remind() == 0
    assert len(mail.outbox) == len(reminders()) == reminded


def test_both_reminders_lead_where_the_person_goes_next(remind):
    event = event_in(hours=23)
    row = registered(event)

    remind()
    remind(at=event.starts_at - timedelta(minutes=40))

    assert reminders() == sorted(
        [(row.user_id, event.get_absolute_url()), (row.user_id, reverse("event_join", args=[event.slug]))]
    )
    assert [letter.subject for letter in mail.outbox] == [f"Reminder: {event.title}", f"Starting soon: {event.title}"]
    assert SECRET_ADDRESS not in "".join(map(str, [letter.message() for letter in mail.outbox]))


def test_only_people_with_a_place_who_may_come_in_are_reminded(remind):
    event = event_in(hours=20)
    reminded = registered(event)
    registered(event, waiting=True)
    registered(event, cancelled=True)
    registered(event, user=factories.member(lapsed=True))
    registered(event, user=factories.UserFactory(is_active=False))
    # Their place was confirmed by email an hour ago.
    registered(event, confirmed_at=timezone.now() - timedelta(hours=1))
    unpublished = event_in(hours=20)
    registered(unpublished)
    unpublished.unpublish()

    remind()

    assert [recipient for recipient, url in reminders()] == [reminded.user_id]


def test_members_in_grace_may_join_and_are_reminded(remind):
    event = event_in(hours=20)
    row = registered(event)
    Label.objects.filter(school=row.school).update(ends_on=factories.today() - timedelta(days=5))

    assert remind() == 1


def test_who_cancels_after_the_first_reminder_gets_no_second(remind):
    event = event_in(hours=20)
    row = registered(event)
    remind()

    cancel(event=event, by=row.user)

    assert remind(at=event.starts_at - timedelta(minutes=30)) == 0


def test_an_event_that_moves_to_another_day_is_reminded_of_again(remind):
    event = event_in(hours=20)
    registered(event)
    remind()
    event.starts_at += timedelta(days=3)
    event.ends_at += timedelta(days=3)
    event.save()

    assert remind() == 0
    assert remind(at=event.starts_at - timedelta(hours=20)) == 1


def test_times_stand_in_each_persons_zone_and_language(remind):
    event = event_in(hours=20)
    row = registered(event)
    User.objects.filter(pk=row.user_id).update(language="tr", time_zone="Asia/Tbilisi")

    remind()

    (letter,) = mail.outbox
    assert letter.subject == f"Hatırlatma: {event.title}"
    assert "Tiflis, UTC+4" in letter.body


# -- kill -9 ------------------------------------------------------------------------------------

# A full run: REMINDER_KILLS=50 REMINDER_PEOPLE=1000.
KILLS = int(os.environ.get("REMINDER_KILLS", "6"))
PEOPLE = int(os.environ.get("REMINDER_PEOPLE", "60"))


class LinesBackend(BaseEmailBackend):
    """A mail server that survives the process. It writes a line with the id of each email it accepted."""

    path: Path

    def send_messages(self, messages) -> int:
        for message in messages:
            with self.path.open("a") as lines:
                lines.write(f"{message.to[0]} {message.extra_headers['Message-ID']}\n")
        return len(messages)


def crowd_at(event, number: int) -> None:
    school = factories.SchoolFactory(labelled=True)
    people = User.objects.bulk_create(User(email=f"p{n}@crowd.example", name=f"P {n}") for n in range(number))
    Membership.objects.bulk_create(
        Membership(user=person, school=school, role=Role.TEACHER, confirmed_by=Confirmation.IMPORT) for person in people
    )
    Registration.objects.bulk_create(
        Registration(
            event=event,
            user=person,
            school=school,
            state=State.CONFIRMED,
            seat=n,
            turn=n,
            told_starts_at=event.starts_at,
            told_ends_at=event.ends_at,
            confirmed_at=timezone.now() - EARLIER,
        )
        for n, person in enumerate(people, 1)
    )


def killed_run(delay: float) -> bool:
    """Send reminders in a child process and kill it after `delay` seconds. Return False if it had already ended."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            send_unsent()
            send_reminders()
        finally:
            os._exit(0)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.django_db(transaction=True)
def test_killed_at_random_everybody_is_reminded_once(settings, tmp_path):
    LinesBackend.path = tmp_path / "mails"
    LinesBackend.path.touch()
    settings.EMAIL_BACKEND = f"{__name__}.LinesBackend"
    event = event_in(hours=20)
    crowd_at(event, PEOPLE)
    dice = random.Random()

    killed = sum(killed_run(dice.uniform(0.02, 0.6)) for _ in range(KILLS))
    # Expire the claims of killed processes.
    Message.objects.filter(emailed_at=None).update(claimed_at=F("claimed_at") - 2 * CLAIM_LASTS)
    send_unsent()
    send_reminders()

    assert killed > 0
    told = Message.objects.told(key_of(event, "day"))
    assert Counter(told.values_list("recipient", flat=True)).most_common(1)[0][1] == 1
    assert told.count() == PEOPLE
    assert not told.filter(emailed_at=None).exists()
    mails = Counter(LinesBackend.path.read_text().splitlines())
    assert len(mails) == len({line.split()[0] for line in mails}) == PEOPLE
    # If killed between the mail server's response and our record of it, an email goes out again with the same id.
    assert sum(mails.values()) - PEOPLE <= killed
    print(f"{killed} killed, {told.count()} reminded, {sum(mails.values()) - PEOPLE} mails handed over twice")
