"""Read a discussion: a page of threads with all their replies, in one query."""

from dataclasses import dataclass, field

from django.db.models import Q

from community.access import access_of, moderates
from content.filters import number_of
from content.keyset import KEYS, Keyset, Start
from groups.practices.models import Practice

from ..models import Comment, Topic
from ..models.comments import CommentQuerySet
from .commenting import refusal_to_talk

PAGE_SIZE = 10
NEWEST_FIRST = Keyset("pk", KEYS, unique=True)
OLDEST_FIRST = Keyset("pk", KEYS, descending=False, unique=True)
BESIDE_A_PRACTICE = 3


@dataclass
class Shown:
    """A comment as shown to one reader."""

    comment: Comment
    is_own: bool
    moderates: bool
    writes: bool
    replies: list["Shown"] = field(default_factory=list)

    @property
    def may_edit(self) -> bool:
        return self.is_own and self.writes and self.comment.is_shown

    @property
    def may_withdraw(self) -> bool:
        return self.is_own and self.comment.is_shown and not self.comment.is_opening

    @property
    def may_report(self) -> bool:
        return not self.is_own and self.comment.is_shown

    @property
    def may_hide(self) -> bool:
        return self.moderates and self.comment.is_shown

    @property
    def may_restore(self) -> bool:
        return self.moderates and not self.comment.live

    @property
    def may_answer(self) -> bool:
        return self.writes and self.comment.is_shown and not self.comment.is_opening


@dataclass(frozen=True)
class Threads:
    """A page of a discussion, with the cursors of the next and previous page; None at the ends."""

    rows: list[Shown]
    after: int | None = None
    before: int | None = None


def shown_to(user, comment: Comment, *, writes: bool) -> Shown:
    own = user.is_authenticated and comment.author_id == user.pk
    return Shown(comment, own, moderates(user, comment.country), writes)


def comments_of(place: Practice | Topic, user) -> CommentQuerySet:
    """Return the comments on a practice or in a topic for this reader, with placeholders for hidden ones."""
    standing = Comment.objects.standing_for(user)
    return standing.filter(practice=place) if isinstance(place, Practice) else standing.filter(topic=place)


def _with_answers(roots: CommentQuerySet, place: Practice | Topic, user) -> list[Comment]:
    keys = roots.values("pk")
    rows = comments_of(place, user)
    return list(rows.filter(Q(pk__in=keys) | Q(parent__in=keys)).order_by("pk"))


def _threads(rows: list[Comment], user, *, writes: bool) -> list[Shown]:
    """Group rows into threads in their given order, replies oldest first."""
    shown = {row.pk: shown_to(user, row, writes=writes) for row in rows}
    for row in rows:
        if row.parent_id in shown:
            shown[row.parent_id].replies.append(shown[row.pk])
    return [shown[row.pk] for row in rows if row.parent_id is None]


def newest(practice: Practice, user) -> list[Shown]:
    """Return the latest threads, newest first; one query, none if there are no comments."""
    if not practice.comments_count or not access_of(user).reads_members_content:
        return []
    roots = comments_of(practice, user).filter(parent=None).order_by("-pk")[:BESIDE_A_PRACTICE]
    rows = _with_answers(roots, practice, user)
    return _threads(rows, user, writes=not refusal_to_talk(user))[::-1]


def thread_of(comment: Comment, user, *, writes: bool) -> list[Shown]:
    """Return the thread that contains the comment."""
    beginning = comments_of(comment.place, user).filter(pk=comment.parent_id or comment.pk)
    return _threads(_with_answers(beginning, comment.place, user), user, writes=writes)


def page_of(
    place: Practice | Topic, user, *, writes: bool, after: int | None = None, before: int | None = None
) -> Threads:
    """Return a page of threads, newest first on a practice, oldest first in a topic.

    Keyset pagination: every page costs the same. `before` wins over `after`; without either, it is the first page.
    """
    start = Start((before,), backwards=True) if before is not None else Start(None if after is None else (after,))
    return _page(place, user, start, writes=writes)


def _page(place: Practice | Topic, user, start: Start, *, writes: bool) -> Threads:
    keyset = NEWEST_FIRST if isinstance(place, Practice) else OLDEST_FIRST
    roots = keyset.beyond(comments_of(place, user).filter(parent=None, is_opening=False), start)[: PAGE_SIZE + 1]
    found = _threads(_with_answers(roots, place, user), user, writes=writes)
    if keyset.descending != start.backwards:
        found.reverse()
    page = keyset.cut(found, start, PAGE_SIZE, lambda row: row.comment)
    return Threads(page.rows, after=number_of(page.after), before=number_of(page.before))


def last_page_of(topic: Topic, user, *, writes: bool) -> Threads:
    """Return the last page of a topic, with the newest comments."""
    return _page(topic, user, Start(backwards=True), writes=writes)
