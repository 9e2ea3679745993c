"""The page where an author invites co-authors."""

import pytest
from django.utils import timezone

from groups.practices.models import CoAuthor

from ....factories import MembershipFactory, member
from ...factories import PracticeFactory
from .posting import as_

pytestmark = pytest.mark.django_db


def joined(practice) -> CoAuthor:
    person = member()
    return CoAuthor.objects.create(
        practice=practice,
        person=person,
        school=person.memberships.get().school,
        standing=CoAuthor.Standing.ACCEPTED,
        answered_at=timezone.now(),
    )


def test_nobody_is_invited_again_and_again(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"invite": "1/h/user"}
    practice, colleague = PracticeFactory(), member()
    address = f"/en/practices/{practice.pk}/edit/co-authors/"
    as_(client, practice.author)
    client.post(address, {"email": colleague.email})
    client.post(f"/en/practices/co-authors/{practice.co_authors.get().pk}/remove/")
    answer = client.post(address, {"email": colleague.email}, follow=True)
    assert "a lot in a short time" in answer.text
    assert not practice.co_authors.open().exists()


def test_as_many_queries_for_thirty_as_for_one(client, django_assert_max_num_queries):
    practice = PracticeFactory()
    school = practice.school
    address = f"/en/practices/{practice.pk}/edit/co-authors/?q=colleague"
    as_(client, practice.author)
    counts = []
    for number in (1, 29):
        for _row in range(number):
            joined(practice)
            MembershipFactory(school=school, user__name="Colleague")
        client.get(address)
        with django_assert_max_num_queries(10) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
