"""Whom an author may ask to write along: the people they can see, and whoever has an address they know."""

from django.db.models import Q, QuerySet

from community.access import access_of
from community.models import Membership, Standing, User
from content.search import fold

from ..models import CoAuthor, Practice

MOST_SHOWN = 8


def invitable_by(user) -> QuerySet[User]:
    """Members who can contribute and whom the person may see: colleagues of their schools, and who is named on a
    practice that they may read."""
    readable = Practice.objects.visible_to(user).published()
    schools = access_of(user).contributing_school_ids
    named = CoAuthor.objects.accepted().filter(practice__in=readable.values("pk"))
    return (
        contributing()
        .exclude(pk=user.pk)
        .filter(
            Q(pk__in=Membership.objects.active().filter(school__in=schools).values("user"))
            | Q(pk__in=readable.filter(author__isnull=False).order_by().values("author"))
            | Q(pk__in=named.values("person"))
        )
    )


def contributing() -> QuerySet[User]:
    """Active people of a school that holds the label today."""
    labelled = Membership.objects.active().with_standing().filter(standing=Standing.LABELLED)
    return User.objects.filter(is_active=True, pk__in=labelled.order_by().values("user"))


def found_by_name(user, words: str) -> list[User]:
    """A few people whom the person may see and whose name has all the words in it, Turkish letters or not."""
    asked = fold(words).split()
    if not asked:
        return []
    names = invitable_by(user).order_by("name", "pk").values_list("pk", "name")
    found = [pk for pk, name in names.iterator() if all(word in fold(name) for word in asked)][:MOST_SHOWN]
    return list(User.objects.filter(pk__in=found).order_by("name", "pk"))
