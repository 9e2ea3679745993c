"""Site-wide search and its suggestions. Every query starts from what the person may see."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import wagtail.models
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, Length
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from community.models import School
from content.html import text_of
from content.search import MAX_QUERY, excerpt, ranked, words_of
from events.models import EventPage
from groups.practices.models import Practice
from learning.models import ResourcePage

from ..models import PillarPage, StandardPage

TEASERS = 5
PER_PAGE = 20
SUGGESTED = 8
SUGGESTED_PER_KIND = 3


@dataclass(frozen=True)
class Kind:
    """A kind of search result. `rows` returns those the person may see, each with a `search_text`."""

    key: str
    label: str
    icon: str
    rows: Callable[[Any], QuerySet]
    title: str = "title"
    about: Callable[[Any], str] = lambda row: ""
    texts: Callable[[Any], Iterable[str]] = lambda row: row.searchable_words()
    address: Callable[[Any], str] = lambda row: row.get_absolute_url()


def _words_of_practice(practice: Practice) -> list[str]:
    return [text_of(getattr(practice, name)) for name in Practice.TEXTS]


def _pages(user) -> QuerySet:
    """Return text and pillar pages in the reader's language, in one query."""
    readable = Q(standardpage__in=StandardPage.objects.visible_to(user))
    readable |= Q(pillarpage__in=PillarPage.objects.visible_to(user))
    texts = {
        name: Coalesce(f"standardpage__{name}", f"pillarpage__{name}")
        for name in ("search_text", "summary", "language")
    }
    pages = wagtail.models.Page.objects.filter(readable, locale__language_code=get_language())
    return pages.select_related("locale").annotate(**texts).order_by("title")


KINDS = (
    Kind(
        "practices",
        _("Good practices"),
        "book-open",
        lambda user: Practice.objects.visible_to(user).published().select_related("school"),
        about=lambda practice: f"{practice.school.name}, {practice.school.country.name}",
        texts=_words_of_practice,
    ),
    Kind(
        "events",
        _("Events"),
        "calendar",
        lambda user: EventPage.objects.visible_to(user).order_by("-starts_at"),
        about=lambda event: date_format(timezone.localtime(event.starts_at), "DATE_FORMAT"),
        # The speakers are left out, because each would need a lookup.
        texts=lambda event: [text_of(event.body)],
    ),
    Kind(
        "learning",
        _("Professional development"),
        "graduation-cap",
        lambda user: ResourcePage.objects.visible_to(user).order_by("title"),
        about=lambda resource: resource.get_level_display(),
    ),
    Kind(
        "schools",
        _("Schools"),
        "school",
        lambda user: School.objects.visible_to(user).by_name(),
        title="name",
        about=lambda school: ", ".join(filter(None, (school.city, str(school.country.name)))),
        texts=lambda school: [],
    ),
    Kind(
        "pages",
        _("Pages"),
        "file-text",
        _pages,
        address=lambda page: page.url,
        texts=lambda page: [],
    ),
)


@dataclass(frozen=True)
class Hit:
    """One search result as listed."""

    kind: Kind
    title: str
    url: str
    language: str
    text: str
    about: str


@dataclass(frozen=True)
class Group:
    """The results of one kind: the first few hits and the total."""

    kind: Kind
    hits: list[Hit]
    total: int


@dataclass(frozen=True)
class Answer:
    """The result of a search. With a kind chosen, `page` holds its hits, and the groups only give totals."""

    groups: list[Group]
    chosen: Kind | None = None
    page: Page | None = None
    # True if the query was cut to the length that search uses.
    shortened: bool = False

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)


class _Counted(Paginator):
    """A paginator with a known count, which saves a query."""

    def __init__(self, rows: QuerySet, per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.count = count


def search_everything(user, query: str, kind: str = "", number: str = "1") -> Answer:
    """Return hits by kind among what the person may see. With `kind`, one of KINDS, return page `number` of that kind.

    One query per kind, plus one for a page. An unknown kind is ignored.
    """
    shortened = len(query) > MAX_QUERY
    if not words_of(query):
        return Answer([], shortened=shortened)
    chosen = next((one for one in KINDS if one.key == kind), None)
    groups = [_group(one, user, query, 1 if chosen else TEASERS) for one in KINDS]
    page = None
    if chosen:
        total = next(group.total for group in groups if group.kind is chosen)
        page = _Counted(ranked(chosen.rows(user), query), PER_PAGE, total).get_page(number)
        page.object_list = [_hit(chosen, row, query) for row in page.object_list]
    return Answer([group for group in groups if group.total], chosen, page, shortened)


def _group(kind: Kind, user, query: str, number: int) -> Group:
    rows = list(ranked(kind.rows(user), query)[:number])
    return Group(kind, [_hit(kind, row, query) for row in rows], rows[0].total if rows else 0)


def _hit(kind: Kind, row: Any, query: str) -> Hit:
    summary = getattr(row, "summary", "")
    # If neither title nor summary shows the match, use an excerpt of the text.
    shows_why = excerpt([str(row), summary], query)
    text = summary if shows_why else excerpt(kind.texts(row), query) or summary
    return Hit(kind, str(row), kind.address(row), getattr(row, "language", ""), text, kind.about(row))


def suggestions(user, query: str) -> list[Hit]:
    """Return objects whose title matches the query so far, by kind, at most SUGGESTED. One query per kind."""
    if len("".join(words_of(query))) < 2:
        return []
    hits = []
    for kind in KINDS:
        # `search_text` begins with the title, so a match beyond the title's length is in the text.
        rows = ranked(kind.rows(user), query).filter(found_at__lte=Length(kind.title))
        hits += [
            Hit(kind, str(row), kind.address(row), getattr(row, "language", ""), "", kind.about(row))
            for row in rows[:SUGGESTED_PER_KIND]
        ]
    return hits[:SUGGESTED]
