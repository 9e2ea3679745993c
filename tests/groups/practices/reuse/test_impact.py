"""Readers are counted once a day and cannot be identified. Authors and leads see the numbers."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from groups.practices.models import Adoption, ReadCount, SavedPractice
from groups.practices.reuse.impact import impact_of, may_see_impact, overview

from .... import factories
from ....races import at_the_same_time
from ...factories import AdoptionFactory, PracticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_read_before():
    cache.clear()


@pytest.fixture
def practice():
    return PracticeFactory(published=True, public=True)


def read(client, practice, person=None, **headers):
    client.logout()
    if person:
        client.force_login(person)
    return client.post(reverse("practice_read", args=[practice.pk]), headers=headers).status_code


def readers(practice) -> list[tuple[str, int]]:
    return list(ReadCount.objects.filter(practice=practice).order_by("country").values_list("country", "number"))


def test_a_reader_counts_once_a_day_and_by_the_country_of_the_school(client, practice):
    portuguese, turkish = factories.member(labelled=True, country="PT"), factories.member()
    for person in (portuguese, portuguese, turkish, turkish):
        assert read(client, practice, person) == 204
    read(client, practice, user_agent="a phone")
    read(client, practice, user_agent="a phone")
    read(client, practice, user_agent="a computer")
    assert readers(practice) == [("", 2), ("PT", 1), ("TR", 1)]

    cache.clear()
    with time_machine.travel(datetime(2031, 1, 5, tzinfo=UTC)):
        factories.LabelFactory(
            school=portuguese.memberships.get().school,
            edition="later",
            starts_on=date(2031, 1, 1),
            ends_on=date(2031, 12, 31),
        )
        read(client, practice, portuguese)
    assert ReadCount.objects.filter(day=date(2031, 1, 5)).values_list("country", "number").get() == ("PT", 1)


def test_authors_and_their_schools_are_not_readers(client, practice):
    read(client, practice, practice.author)
    read(client, practice, factories.MembershipFactory(school=practice.school).user)
    assert readers(practice) == []


def test_nobody_reads_what_they_do_not_see(client):
    hidden = PracticeFactory(published=True)
    assert read(client, hidden) == 404
    assert read(client, PracticeFactory(), factories.member()) == 404
    assert not ReadCount.objects.exists()


def test_many_readers_at_once_are_all_counted(transactional_db):
    practice = PracticeFactory(published=True)
    day = date(2026, 11, 23)

    def one():
        ReadCount.objects.add_one(practice_id=practice.pk, day=day, country="TR")

    assert at_the_same_time(*[one] * 8) == []
    assert readers(practice) == [("TR", 8)]


def test_the_panel_counts_what_became_of_it(practice):
    today = date(2026, 11, 23)
    ReadCount.objects.create(practice=practice, day=date(2026, 11, 2), country="TR", number=4)
    ReadCount.objects.create(practice=practice, day=date(2026, 10, 30), country="", number=3)
    ReadCount.objects.create(practice=practice, day=date(2024, 1, 1), country="PT", number=2)
    SavedPractice.objects.create(user=factories.member(), practice=practice)
    AdoptionFactory(practice=practice, school__country="FI")
    AdoptionFactory(practice=practice, live=False, hidden_reason="No.", school__country="SE")
    made = PracticeFactory(published=True, adapted_from=practice, school__country="GE")
    # Adaptations of an adaptation also count for the first author.
    PracticeFactory(published=True, adapted_from=made, school__country="AL")
    PracticeFactory(adapted_from=practice, school__country="AM")
    Adoption.objects.update(created_at=datetime(2026, 9, 1, tzinfo=UTC))
    SavedPractice.objects.update(created_at=datetime(2026, 11, 1, 12, tzinfo=UTC))

    impact = impact_of(practice, practice.author, today)
    assert (impact.readers, impact.saves, len(impact.adoptions), len(impact.adaptations)) == (9, 1, 1, 2)
    assert impact.countries == ["TR", "PT", "FI", "AL", "GE"]
    assert (impact.months[0], impact.months[-1], len(impact.months)) == ("Dec 2025", "Nov 2026", 12)
    values = {row["label"]: row["values"] for row in impact.series}
    assert values["Readers"][-2:] == [3, 4]
    assert sum(values["Readers"]) == 7
    assert values["Saved"][-1] == 1
    assert values["Tried"][-3] == 1


def test_authors_and_leads_see_it_and_nobody_else(practice):
    lead = factories.MembershipFactory(school=practice.school, lead=True).user
    colleague = factories.MembershipFactory(school=practice.school).user
    people = [practice.author, lead, colleague, factories.lead(), factories.moderator("TR")]
    assert [may_see_impact(practice, person) for person in people] == [True, True, False, False, False]


def test_the_overview_has_ones_own_and_for_leads_the_schools(practice):
    other = PracticeFactory(published=True, school=practice.school)
    PracticeFactory(published=True)
    PracticeFactory(school=practice.school, author=practice.author)
    ReadCount.objects.create(practice=other, day=date(2026, 11, 2), country="TR", number=4)
    lead = factories.MembershipFactory(school=practice.school, lead=True).user

    assert list(overview(practice.author)) == [practice]
    assert [(row.pk, row.readers) for row in overview(lead)] == [(other.pk, 4), (practice.pk, 0)]
    assert list(overview(factories.moderator("TR"))) == []


@pytest.mark.parametrize("rows", [1, 30])
def test_the_pages_ask_as_much_for_many_as_for_one(client, practice, rows, django_assert_num_queries):
    for _ in range(rows):
        AdoptionFactory(practice=practice)
        PracticeFactory(published=True, adapted_from=practice)
        PracticeFactory(published=True, school=practice.school, author=practice.author)
    client.force_login(practice.author)
    # session, user, access, unread, practice, co-authors, readers, saves, adoptions, adaptations
    for url, number in ((reverse("practice_impact", args=[practice.pk]), 10), (reverse("impact_overview"), 5)):
        client.get(url)
        with django_assert_num_queries(number):
            assert client.get(url).status_code == 200
