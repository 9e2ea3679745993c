"""Read a discussion: a page of threads with all their replies, in one query."""

from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q
from django.db.models.functions import Coalesce

from community.access import access_of, moderates
from community.models import User
from content.filters import number_of
from content.keyset import KEYS, Keyset, Start

from ..models import Comment
from ..models.comments import CommentQuerySet
from ..places import kind_of
from ..writing_rules import refusal_to_talk

PAGE_SIZE = 10
SHOWN_IN_SECTION = 3
NEWEST_FIRST = Keyset("pk", KEYS, unique=True)
OLDEST_FIRST = Keyset("pk", KEYS, descending=False, unique=True)


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


def shown_to(user: User | AnonymousUser, comment: Comment, *, writes: bool) -> Shown:
    own = user.is_authenticated and comment.author_id == user.pk
    return Shown(comment, own, moderates(user, comment.country), writes)


def comments_of(place: Model, user: User | AnonymousUser) -> CommentQuerySet:
    """Return the comments in a place for this reader, with placeholders for hidden ones."""
    return Comment.objects.standing_for(user).in_place(place)


def _with_answers(roots: CommentQuerySet, place: Model, user: User | AnonymousUser) -> list[Comment]:
    keys = roots.values("pk")
    rows = comments_of(place, user)
    return list(rows.filter(Q(pk__in=keys) | Q(parent__in=keys)).order_by("pk"))


def threads_of(rows: list[Comment], user: User | AnonymousUser, *, writes: bool) -> list[Shown]:
    """Group rows into threads in their given order, replies oldest first."""
    shown = {row.pk: shown_to(user, row, writes=writes) for row in rows}
    for row in rows:
        if row.parent_id in shown:
            shown[row.parent_id].replies.append(shown[row.pk])
    return [shown[row.pk] for row in rows if row.parent_id is None]


def newest(place: Model, user: User | AnonymousUser) -> list[Shown]:
    """Return the latest threads, newest first; one query, none if there are no comments."""
    if not getattr(place, kind_of(place).counter) or not access_of(user).reads_members_content:
        return []
    roots = comments_of(place, user).filter(parent=None).order_by("-pk")[:SHOWN_IN_SECTION]
    rows = _with_answers(roots, place, user)
    return threads_of(rows, user, writes=not refusal_to_talk(user))[::-1]


def rows_of_thread(pk: int, user: User) -> list[Comment]:
    """Return the rows of the thread that contains the comment with this key, oldest first; one query."""
    root = Comment.objects.filter(pk=pk).values(root=Coalesce("parent", "pk"))
    rows = Comment.objects.standing_for(user)
    return list(rows.filter(Q(pk__in=root) | Q(parent__in=root)).order_by("pk"))


def thread_page(
    place: Model,
    user: User | AnonymousUser,
    *,
    writes: bool,
    after: int | None = None,
    before: int | None = None,
) -> Threads:
    """Return a page of threads, in the order of the place.

    Keyset pagination: every page costs the same. `before` wins over `after`; without either, it is the first page.
    """
    start = Start((before,), backwards=True) if before is not None else Start(None if after is None else (after,))
    return _page(place, user, start, writes=writes)


def last_thread_page(place: Model, user: User | AnonymousUser, *, writes: bool) -> Threads:
    """Return the last page of a place whose oldest comments come first, with the newest comments."""
    return _page(place, user, Start(backwards=True), writes=writes)


def _page(place: Model, user: User | AnonymousUser, start: Start, *, writes: bool) -> Threads:
    keyset = NEWEST_FIRST if kind_of(place).newest_first else OLDEST_FIRST
    roots = keyset.beyond(comments_of(place, user).filter(parent=None, is_opening=False), start)[: PAGE_SIZE + 1]
    found = threads_of(_with_answers(roots, place, user), user, writes=writes)
    if keyset.descending != start.backwards:
        found.reverse()
    page = keyset.cut(found, start, PAGE_SIZE, lambda row: row.comment)
    return Threads(page.rows, after=number_of(page.after), before=number_of(page.before))
