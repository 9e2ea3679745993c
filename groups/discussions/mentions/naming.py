"""@mentions: find the people a text mentions and suggest names, among those the writer may see."""

from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet

from community.access import READS, access_of
from community.models import Membership, User
from content.collation import sort_key
from content.search import fold

from ..models import Comment
from ..places import kind_of

# A text that mentions more people notifies only the first of them.
MOST_TOLD = 20
MOST_SUGGESTED = 8
LONGEST_TYPED = 60


@dataclass(frozen=True)
class Suggestion:
    """A mentionable person, with their school to distinguish namesakes."""

    name: str
    school: str


def mentionable(by: User, place: Model | None) -> QuerySet[User]:
    """Return the people the writer may mention: colleagues, the place's authors and everyone who commented here.

    Active accounts only, never the writer. Without a place, as in a new topic, only colleagues.
    """
    colleagues = Membership.objects.active().filter(school__in=access_of(by).contributing_school_ids)
    people = Q(pk__in=colleagues.values("user"))
    if place is not None:
        here = Comment.objects.shown().in_place(place)
        people |= Q(pk__in=here.exclude(author=None).values("author"))
        people |= Q(pk__in=[author.pk for author in kind_of(place).authors(place)])
    return User.objects.filter(people, is_active=True).exclude(pk=by.pk)


def suggested(by: User, typed: str, place: Model | None) -> list[Suggestion]:
    """Suggest people with a name part that begins with the typed text and who may read members' content, by name.
    The number of queries is constant."""
    asked = f" {' '.join(fold(typed[:LONGEST_TYPED]).split())}"
    readers = Membership.objects.active().with_standing().filter(standing__in=READS).order_by("school__name")
    reads = Q(pk__in=readers.order_by().values("user")) | Q(moderated_organisations__isnull=False)
    names = mentionable(by, place).filter(reads).order_by("pk").distinct().values_list("pk", "name")
    # Sorted in Python because collations differ: one database sorts Ç after Z.
    found = sorted((row for row in names if asked in f" {fold(row[1])}"), key=_by_name)[:MOST_SUGGESTED]
    schools = dict(readers.filter(user__in=[pk for pk, _name in found]).values_list("user", "school__name"))
    return [Suggestion(name, schools.get(pk, "")) for pk, name in found]


def _by_name(row: tuple[int, str]) -> tuple:
    pk, name = row
    return sort_key(name), pk


def named_in(text: str, by: User, place: Model) -> list[User]:
    """Return the people whose full name follows an @ in the text, ignoring case and accents."""
    if "@" not in text:
        return []
    # Deduplicated: 5,000 mentions among sixty people took 13 seconds, with the topic locked.
    behind = {" ".join(fold(part).split()) for part in text.split("@")[1:]}
    people = [(person, fold(person.name)) for person in mentionable(by, place).order_by("pk")]
    return [person for person, name in people if any(_begins(words, name) for words in behind)][:MOST_TOLD]


def _begins(words: str, name: str) -> bool:
    """Return True if the words begin with the name, followed by a word boundary."""
    return bool(name) and words.startswith(name) and not words[len(name) : len(name) + 1].isalnum()
