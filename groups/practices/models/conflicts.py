"""Conflicts of interest: who is too close to a practice to review it.

A person has one if they wrote the practice, belong to a school credited with it, or share any other school with one of
its authors. Authors with inactive accounts count too, because their colleagues still know them. The rule is asked for
one practice and for one person; tests/groups/practices/models/test_conflicts.py holds that both give the same answer.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from community.access import AudienceQuerySet
from community.models import Membership, User

from .co_authors import CoAuthor


def _members_of(schools: Iterable[int] | QuerySet) -> QuerySet:
    return Membership.objects.active().filter(school__in=schools).values("user")


def _schools_of(people: Iterable[int]) -> QuerySet:
    return Membership.objects.active().filter(user__in=people).values("school")


class ConflictsOfInterest:
    """Mixin for a practice: the people too close to it."""

    def people_with_conflict(self) -> QuerySet[User]:
        """Return everyone who may not review this practice."""
        authors = self.author_ids()
        wrote = Q(pk__in=authors)
        credited = Q(pk__in=_members_of(self.involved_school_ids()))
        colleagues = Q(pk__in=_members_of(_schools_of(authors)))
        return User.objects.filter(wrote | credited | colleagues)

    def has_conflict_with(self, user: User) -> bool:
        """Return whether the person may not review this practice."""
        return self.people_with_conflict().filter(pk=user.pk).exists()


class ConflictsQuerySet(AudienceQuerySet):
    """Base of the practices' queryset: the practices a person is too close to."""

    def without_conflicts_of(self, user: User) -> "ConflictsQuerySet":
        """Exclude the practices the person may not review."""
        own = _schools_of([user.pk])
        colleagues = _members_of(own)
        with_co_author = CoAuthor.objects.accepted().filter(
            Q(person=user) | Q(school__in=own) | Q(person__in=colleagues)
        )
        wrote = self.exclude(author=user).exclude(school__in=own).exclude(author__in=colleagues)
        return wrote.exclude(pk__in=with_co_author.values("practice"))
