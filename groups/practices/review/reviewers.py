"""Possible reviewers of a practice: national and central moderators, never anyone with a conflict of interest."""

from django.conf import settings
from django.db.models import Q, QuerySet

from community.models import SupportOrganisation, User

from ..models.practices import Practice
from ..models.reviews import ReviewRound


def _of(practice: Practice, organisations: Q) -> QuerySet[User]:
    found = SupportOrganisation.objects.filter(organisations)
    others = User.objects.filter(is_active=True).exclude(pk__in=practice.people_with_conflict().values("pk"))
    return others.filter(moderated_organisations__in=found).distinct().order_by("pk")


def national_reviewers(practice: Practice) -> QuerySet[User]:
    """Return the national moderators of the school's country."""
    country = practice.school.country.code
    return _of(practice, Q(kind=SupportOrganisation.Kind.NATIONAL, countries__contains=country))


def central_reviewers(practice: Practice) -> QuerySet[User]:
    """Return the moderators of the central organisation."""
    return _of(practice, Q(kind=SupportOrganisation.Kind.CENTRAL))


def reviews_wanted(practice: Practice) -> int:
    """Return REVIEWERS_PER_PRACTICE, limited to the number of possible reviewers but at least one."""
    people = (national_reviewers(practice) | central_reviewers(practice)).count()
    return max(1, min(settings.REVIEWERS_PER_PRACTICE, people))


def people_to_ask(practice: Practice, number: int, without: set[int] = frozenset()) -> list[User]:
    """Return the people to notify: the national moderators and, if they are fewer than `number`, the central ones
    too."""
    national = list(national_reviewers(practice).exclude(pk__in=without))
    if len(national) >= number:
        return national
    return list(dict.fromkeys([*national, *central_reviewers(practice).exclude(pk__in=without)]))


def had_a_part(review_round: ReviewRound) -> set[int]:
    """Return the keys of the people who reviewed in the round or decided it."""
    written = review_round.reviews.written().values_list("reviewer_id", flat=True)
    return {*written, review_round.decided_by_id} - {None}
