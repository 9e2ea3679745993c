"""Throughput and waiting times, from rows with known figures, and the weekly message."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from home.models import Feedback
from moderation.figures.figures import Figures, report_for
from moderation.figures.weekly import send_weekly_figures
from moderation.models import Report
from notifications.models import Frequency, Message
from notifications.preferences import choose
from notifications.tasks import send_email

from ..factories import UserFactory, moderator
from .things import one_of_each, waiting_consent

pytestmark = pytest.mark.django_db
# A Wednesday. Its week begins on 8 June.
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
MONDAY = date(2026, 6, 8)
DAY = timedelta(days=1)


def filed(came: timedelta, took: timedelta | None = None, country: str = "TR", about: int = 1) -> Report:
    """Create a report filed this long before NOW, and settled after `took`."""
    settled = {"settled_at": NOW - came + took, "outcome": "kept"} if took is not None else {}
    return Report.objects.create(
        kind="comment",
        about_id=about,
        country=country,
        reporter=UserFactory(),
        reason="x",
        created_at=NOW - came,
        **settled,
    )


def test_median_and_nine_of_ten():
    assert (Figures().median, Figures().ninety) == (None, None)
    assert (Figures(took=[3.0]).median, Figures(took=[3.0]).ninety) == (3.0, 3.0)
    ten = Figures(took=[float(days) for days in range(1, 11)])
    assert (ten.settled, ten.median, ten.ninety) == (10, 5.5, 9.0)


def test_what_came_in_and_was_settled_by_kind_and_week():
    filed(DAY * 9, DAY * 8)
    filed(DAY * 1)
    filed(DAY * 20, DAY * 1, country="PT")
    filed(DAY * 200, DAY * 199)
    filed(DAY * 300, DAY * 1)
    filed(-DAY * 3)
    Feedback.objects.create(message="x", language="en", created_at=NOW - DAY * 2, settled_at=NOW - DAY)
    report = report_for(moderator(), at=NOW)
    assert report.mondays[-1] == MONDAY
    assert len(report.mondays) == 12
    this = report.of(kind="report", week=MONDAY)
    assert (this.came, sorted(this.took)) == (1, [8.0, 199.0])
    assert report.of(kind="report", week=MONDAY - DAY * 7).came == 1
    assert report.of(kind="report").took.count(1.0) == 1
    assert (report.of(week=MONDAY).came, report.of(week=MONDAY).settled) == (2, 3)
    assert report.number_waiting("report") == 1


def test_only_what_the_moderator_looks_after_and_one_country_of_it():
    filed(DAY, country="TR")
    filed(DAY, country="PT")
    filed(DAY, country="EE")
    assert report_for(moderator("TR"), at=NOW).of().came == 1
    several = moderator("TR", "PT")
    assert report_for(several, at=NOW).of().came == 2
    assert report_for(several, at=NOW, country="PT").of().came == 1
    assert report_for(several, at=NOW, country="EE").of().came == 0


def test_what_waits_by_age():
    for days in (1, 4, 6, 13, 29, 31, 90):
        filed(DAY * days, about=days)
    ages = report_for(moderator(), at=NOW).waiting_by_age("report")
    assert [number for _label, number in ages] == [1, 2, 1, 1, 2]
    assert [str(label) for label, _number in ages][:2] == ["less than 3 days", "3 to 7 days"]
    assert str(ages[-1][0]) == "30 days or more"


def test_every_kind_has_figures():
    one_of_each()
    report = report_for(moderator())
    assert {kind: report.number_waiting(kind) for kind in report.kinds} == dict.fromkeys(report.kinds, 1)
    waiting_consent(days=40)
    assert report_for(moderator()).number_waiting("consent") == 1


def test_each_moderator_is_told_of_the_week_once():
    filed(DAY * 9, DAY * 4)
    here, abroad, gone = moderator("TR"), moderator("PT"), moderator("TR")
    gone.is_active = False
    gone.save()
    assert send_weekly_figures(NOW) == 1
    assert send_weekly_figures(NOW + DAY * 4) == 1
    row = Message.objects.get()
    assert (row.recipient, row.kind, row.key) == (here, "moderation/week", "desk-week:2026-06-01")
    assert row.subject == "Your desk this week: 1 new, 1 dealt with, 0 waiting"
    assert "Report from a member: 1 new, 1 dealt with, 0 waiting" in row.text
    assert "1 new item reached your desk. 1 item was dealt with. 0 items are waiting now." in row.text
    assert "4.0 days or less" in row.text
    filed(DAY * 2, country="PT")
    assert send_weekly_figures(NOW + DAY * 7) == 1
    assert Message.objects.filter(recipient=abroad).count() == 1


def test_the_week_counts_in_plurals():
    here = moderator("TR")
    for number in range(4):
        filed(DAY * 9, DAY * 4 if number < 2 else None, about=number)
    send_weekly_figures(NOW)
    row = Message.objects.get(recipient=here)
    assert "4 new items reached your desk. 2 items were dealt with. 2 items are waiting now." in row.text


def test_without_a_second_factor_no_figures(settings):
    settings.REQUIRE_MODERATOR_SECOND_FACTOR = True
    filed(DAY * 9)
    moderator("TR")
    assert send_weekly_figures(NOW) == 0


def test_a_moderator_can_do_without_the_mail(mailoutbox):
    filed(timezone.now() - NOW + DAY * 0)
    person = moderator("TR")
    Report.objects.update(created_at=timezone.now() - DAY * 8)
    choose(by=person, frequencies={"desk": Frequency.NEVER})
    call_command("send_weekly_figures")
    send_email.call(Message.objects.get(recipient=person).pk)
    assert mailoutbox == []
