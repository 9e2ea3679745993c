"""“@Name”: which members a text names, and whom to propose while it is typed; all among those its writer may see."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from community.access import READS, access_of
from community.models import Membership, User
from content.collation import sort_key
from content.search import fold
from groups.practices.models import Practice

from ..models import Comment, Topic

# A text that names a whole group is a circular, which nobody is told of.
MOST_TOLD = 20
MOST_SUGGESTED = 8
LONGEST_TYPED = 60


@dataclass(frozen=True)
class Suggestion:
    """Somebody who can be named, and the school by which one tells them from a namesake."""

    name: str
    school: str


def mentionable(by, place: Practice | Topic | None) -> QuerySet[User]:
    """People whom the writer may name: colleagues of their schools, who wrote the practice, and who talks here.

    Only active accounts, and never the writer. Without a place, as in a new topic, only colleagues.
    """
    colleagues = Membership.objects.active().filter(school__in=access_of(by).contributing_school_ids)
    people = Q(pk__in=colleagues.values("user"))
    if place is not None:
        here = Comment.objects.shown().filter(**{"practice" if isinstance(place, Practice) else "topic": place})
        people |= Q(pk__in=here.exclude(author=None).values("author"))
    if isinstance(place, Practice):
        people |= Q(pk__in=[author.pk for author in place.authors()])
    return User.objects.filter(people, is_active=True).exclude(pk=by.pk)


def suggested(by, typed: str, place: Practice | Topic | None) -> list[Suggestion]:
    """A few people for what stands behind an @, in the order of their names: whose name, or a part of it, begins so,
    and who reads what members read. The same number of queries however many there are."""
    asked = f" {' '.join(fold(typed[:LONGEST_TYPED]).split())}"
    readers = Membership.objects.active().with_standing().filter(standing__in=READS).order_by("school__name")
    reads = Q(pk__in=readers.order_by().values("user")) | Q(moderated_organisations__isnull=False)
    names = mentionable(by, place).filter(reads).order_by("pk").distinct().values_list("pk", "name")
    # Sorted here: each database has an order of its own, and Ç behind Z in one of them.
    found = sorted((row for row in names if asked in f" {fold(row[1])}"), key=_by_name)[:MOST_SUGGESTED]
    schools = dict(readers.filter(user__in=[pk for pk, _name in found]).values_list("user", "school__name"))
    return [Suggestion(name, schools.get(pk, "")) for pk, name in found]


def _by_name(row: tuple[int, str]) -> tuple:
    pk, name = row
    return sort_key(name), pk


def named_in(text: str, by, place: Practice | Topic) -> list[User]:
    """The people whose whole name stands behind an @ in the text, however its letters were typed."""
    if "@" not in text:
        return []
    # Each once: 5,000 times @ among sixty people took 13 seconds, with the topic held.
    behind = {" ".join(fold(part).split()) for part in text.split("@")[1:]}
    people = [(person, fold(person.name)) for person in mentionable(by, place).order_by("pk")]
    return [person for person, name in people if any(_begins(words, name) for words in behind)][:MOST_TOLD]


def _begins(words: str, name: str) -> bool:
    """Whether the words begin with the name and not with a longer word."""
    return bool(name) and words.startswith(name) and not words[len(name) : len(name) + 1].isalnum()
