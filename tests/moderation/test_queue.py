"""The queue: which items, for whom, in which order, at which cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Proposal
from groups.practices.models import ConsentNotice
from groups.practices.review.reviewing import claim
from home.models import Feedback
from moderation.desk.queue import Filters, choices_of, entries, next_after, number_waiting, waiting
from moderation.models import Report

from ..factories import MembershipFactory, UserFactory, member, moderator
from .things import (
    KINDS,
    MAKERS,
    one_of_each,
    waiting_consent,
    waiting_feedback,
    waiting_proposal,
    waiting_report,
    waiting_review,
    waiting_school,
)

pytestmark = pytest.mark.django_db


def found(user, **filters) -> list[tuple[str, int]]:
    return [(row[1], row[2]) for row in waiting(user, Filters(**filters))]


def test_a_central_moderator_has_everything_and_a_national_one_their_countries():
    here, abroad = one_of_each("HERE"), one_of_each("ABROAD", country="PT")
    everything = {(kind, thing.pk) for things in (here, abroad) for kind, thing in things.items()}
    assert set(found(moderator())) == everything
    own = {(kind, thing.pk) for kind, thing in here.items() if kind != "feedback"}
    assert set(found(moderator("TR"))) == own
    assert number_waiting(moderator("TR")) == len(own)
    for nobody in (member(), UserFactory()):
        assert found(nobody) == []
        assert number_waiting(nobody) == 0


def test_the_soonest_due_stands_first_and_each_kind_has_its_time():
    now = timezone.now()
    report, proposal, feedback = waiting_report(), waiting_proposal(), waiting_feedback()
    consent = waiting_consent(days=5)
    Report.objects.update(created_at=now - timedelta(days=1))
    Proposal.objects.update(created_at=now - timedelta(days=6, hours=12))
    Feedback.objects.update(created_at=now - timedelta(days=9))
    user = moderator()
    order = [("feedback", feedback.pk), ("proposal", proposal.pk), ("report", report.pk), ("consent", consent.pk)]
    assert found(user) == order
    listed = entries(user, list(waiting(user)))
    assert [entry.is_overdue for entry in listed] == [True, False, False, False]
    assert [entry.days for entry in listed] == [9, 6, 1, 25]
    assert listed[0].days_overdue == 2
    assert listed[3].until.date() == consent.consent_until


def test_filters_narrow_the_list():
    now = timezone.now()
    here, abroad = waiting_proposal(), waiting_proposal(country="PT")
    Proposal.objects.filter(pk=abroad.pk).update(language="tr", created_at=now - timedelta(days=8))
    item, user = waiting_school(), moderator()
    assert found(user, kind="school") == [("school", item.pk)]
    assert found(user, country="PT") == [("proposal", abroad.pk)]
    assert found(user, language="tr") == [("proposal", abroad.pk)]
    assert found(user, age="7") == [("proposal", abroad.pk)]
    assert found(user, kind="proposal", country="TR") == [("proposal", here.pk)]
    assert choices_of(user)["country"] == [("PT", "Portugal"), ("TR", "Türkiye")]
    assert [key for key, _label in choices_of(user)["kind"]] == ["school", "proposal"]


def test_values_that_there_are_not_are_no_filters():
    query = QueryDict("kind=nonsense&country=XX&language=klingon&age=5&p=9")
    assert Filters.read(query) == Filters()
    assert Filters.read(QueryDict("kind=report&age=7")).query == "?kind=report&age=7"


def test_one_thing_waits_once_however_many_reported_it():
    first = waiting_report()
    Report.objects.create(
        kind="comment", about_id=first.about_id, country="TR", reporter=UserFactory(), reason="I think so, too."
    )
    user = moderator("TR")
    assert found(user) == [("report", first.pk)]
    assert entries(user, list(waiting(user)))[0].row.asked == "comment, reported 2 times"


def test_a_consent_waits_in_its_last_thirty_days_until_somebody_looked_after_it():
    waiting_consent(days=31)
    over = waiting_consent(days=-1)
    last, soon = waiting_consent(days=0), waiting_consent(days=30)
    draft = waiting_consent(days=3)
    draft.practice.live = False
    draft.practice.save()
    assert {pk for _kind, pk in found(moderator("TR"))} == {last.pk, soon.pk}
    ConsentNotice.objects.create(
        practice=soon.practice, image=soon.image, consent_until=soon.consent_until, outcome="reminded"
    )
    assert found(moderator("TR")) == [("consent", last.pk)]
    assert over.consent_ended


def test_reviews_say_who_is_at_them_and_nobody_reviews_their_own_schools():
    practice, judge = waiting_review(), moderator("TR")
    moderator("TR")
    claim(practice=practice, by=judge)
    entry = entries(judge, list(waiting(judge)))[0]
    assert (entry.holder, entry.row.asked) == (str(judge), "finish your review")

    MembershipFactory(user=judge, school=practice.school)
    assert found(judge) == []


def test_what_follows_in_the_list():
    user = moderator()
    for _number in range(3):
        waiting_feedback()
    first, second, third = found(user)
    assert next_after(user, Filters(), *first) == second
    assert next_after(user, Filters(), *third) == first
    assert next_after(user, Filters(kind="report"), *first) is None
    Feedback.objects.exclude(pk=first[1]).delete()
    assert next_after(user, Filters(), *first) is None


def test_the_list_costs_the_same_for_one_and_for_many():
    user = moderator()

    def cost() -> int:
        # Reset the access, which is read once per request.
        user.access_memory = {}
        with CaptureQueriesContext(connection) as queries:
            listed = entries(user, list(waiting(user)))
            assert {entry.kind.key for entry in listed} == set(KINDS)
        return len(queries)

    one_of_each()
    few = cost()
    for _again in range(4):
        for make in MAKERS.values():
            make()
    assert cost() == few <= 13
