"""People whom an author may invite as co-authors by name."""

from django.db.models import Q, QuerySet

from community.access import access_of
from community.models import Membership, Standing, User
from content.search import fold

from ..models import CoAuthor, Practice

MOST_SHOWN = 8


def invitable_by(user) -> QuerySet[User]:
    """Return contributing members the person may see: colleagues at their schools, and authors of practices they may
    read."""
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
    """Return active members of schools that hold the label today."""
    labelled = Membership.objects.active().with_standing().filter(standing=Standing.LABELLED)
    return User.objects.filter(is_active=True, pk__in=labelled.order_by().values("user"))


def found_by_name(user, words: str) -> list[User]:
    """Return up to MOST_SHOWN invitable people whose name contains all the words, ignoring case and Turkish letters."""
    asked = fold(words).split()
    if not asked:
        return []
    names = invitable_by(user).order_by("name", "pk").values_list("pk", "name")
    found = [pk for pk, name in names.iterator() if all(word in fold(name) for word in asked)][:MOST_SHOWN]
    return list(User.objects.filter(pk__in=found).order_by("name", "pk"))
