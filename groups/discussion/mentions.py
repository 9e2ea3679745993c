"""“@Name”: which members a text names, among those whom its writer may see."""

from django.db.models import Q, QuerySet

from community.access import access_of
from community.models import Membership, User
from content.search import fold

from ..models import Comment

# A text that names a whole group is a circular, which nobody is told of.
MOST_TOLD = 20


def mentionable(by, comment: Comment) -> QuerySet[User]:
    """People whom the writer may name: colleagues of their schools, who wrote the practice, and who talks here.

    Only active accounts, and never the writer.
    """
    here = Comment.objects.shown().filter(practice=comment.practice_id, topic=comment.topic_id)
    colleagues = Membership.objects.active().filter(school__in=access_of(by).contributing_school_ids)
    people = Q(pk__in=colleagues.values("user")) | Q(pk__in=here.exclude(author=None).values("author"))
    if comment.practice_id:
        people |= Q(pk__in=[author.pk for author in comment.practice.authors()])
    return User.objects.filter(people, is_active=True).exclude(pk=by.pk)


def named_in(text: str, by, comment: Comment) -> list[User]:
    """The people whose whole name stands behind an @ in the text, however its letters were typed."""
    if "@" not in text:
        return []
    behind = [" ".join(fold(part).split()) for part in text.split("@")[1:]]
    people = mentionable(by, comment).order_by("pk")
    return [person for person in people if any(_begins(words, fold(person.name)) for words in behind)][:MOST_TOLD]


def _begins(words: str, name: str) -> bool:
    """Whether the words begin with the name and not with a longer word."""
    return bool(name) and words.startswith(name) and not words[len(name) : len(name) + 1].isalnum()
