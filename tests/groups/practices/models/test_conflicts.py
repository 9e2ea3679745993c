"""Conflicts of interest: one table of situations, asked in the three shapes of the rule."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import School, User
from groups.practices.models import CoAuthor, Practice

from ....factories import MembershipFactory, UserFactory
from ...factories import PracticeFactory

pytestmark = pytest.mark.django_db


def colleague_at(school: School) -> User:
    return MembershipFactory(school=school).user


def other_school_of(person: User) -> School:
    """Return a school of the person that isn't credited with the practice."""
    return MembershipFactory(user=person).school


def past_membership(**fields) -> User:
    now = timezone.now()
    return MembershipFactory(began_at=now - timedelta(days=9), ended_at=now - timedelta(days=1), **fields).user


def co_author(practice: Practice, standing: str = "accepted") -> CoAuthor:
    membership = MembershipFactory()
    return CoAuthor.objects.create(
        practice=practice,
        person=membership.user,
        school=membership.school,
        standing=standing,
        answered_at=timezone.now(),
    )


def moved_co_author(practice: Practice) -> CoAuthor:
    """Return a co-author who has left the school credited for them."""
    row = co_author(practice)
    row.person.memberships.all().delete()
    return row


def inactive_author(practice: Practice) -> User:
    User.objects.filter(pk=practice.author_id).update(is_active=False)
    return User.objects.get(pk=practice.author_id)


def deleted_author(practice: Practice) -> Practice:
    Practice.objects.filter(pk=practice.pk).update(author=None)
    return practice


CLOSE: dict[str, Callable[[Practice], User]] = {
    "author": lambda practice: practice.author,
    "author who left the school": lambda practice: (practice.author.memberships.all().delete(), practice.author)[1],
    "accepted co-author": lambda practice: co_author(practice).person,
    "co-author who left the school": lambda practice: moved_co_author(practice).person,
    "colleague at the practice's school": lambda practice: colleague_at(practice.school),
    "colleague at the school of a deleted author": lambda practice: colleague_at(deleted_author(practice).school),
    "colleague at a co-author's school": lambda practice: colleague_at(co_author(practice).school),
    "colleague at the school a co-author left": lambda practice: colleague_at(moved_co_author(practice).school),
    "colleague of the author at another school": lambda practice: colleague_at(other_school_of(practice.author)),
    "colleague of a co-author at another school": lambda practice: colleague_at(
        other_school_of(co_author(practice).person)
    ),
    "inactive author": inactive_author,
    "colleague of an inactive author at another school": lambda practice: colleague_at(
        other_school_of(inactive_author(practice))
    ),
}
FREE: dict[str, Callable[[Practice], User]] = {
    "stranger": lambda practice: UserFactory(),
    "stranger with a school": lambda practice: MembershipFactory().user,
    "stranger, and the author's account is deleted": lambda practice: (deleted_author(practice), UserFactory())[1],
    "author of another practice": lambda practice: PracticeFactory().author,
    "invited co-author": lambda practice: co_author(practice, "invited").person,
    "co-author who left": lambda practice: co_author(practice, "left").person,
    "colleague of an invited co-author": lambda practice: colleague_at(co_author(practice, "invited").school),
    "colleague of a co-author who left": lambda practice: colleague_at(co_author(practice, "left").school),
    "past member of the practice's school": lambda practice: past_membership(school=practice.school),
    "member of a school the author left": lambda practice: colleague_at(
        past_membership(user=practice.author).memberships.latest("pk").school
    ),
}


@pytest.mark.parametrize(
    ("situation", "expected"),
    [*((name, True) for name in CLOSE), *((name, False) for name in FREE)],
)
def test_the_three_shapes_agree(situation, expected):
    practice = PracticeFactory()
    person = (CLOSE | FREE)[situation](practice)
    practice = Practice.objects.get(pk=practice.pk)
    assert practice.has_conflict_with(person) is expected
    assert (person in practice.people_with_conflict()) is expected
    assert (practice not in Practice.objects.without_conflicts_of(person)) is expected
