"""Keyset pagination of the practice list: every page costs the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import F, Value
from django.db.models.expressions import Combinable
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from content.keyset import Beyond

from ..models import Practice
from ..models.querysets import PracticeQuerySet
from .filters import Selection

PAGE_SIZE = 20
# Most keys to pass in one query. Larger results are scanned in list order and filtered in memory.
MOST_KEYS = 1000
LARGEST_STEP = 5000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Order:
    """A sort order: descending, ties broken by primary key."""

    name: str
    label: str | Promise
    key: Combinable

    def read(self, number: int) -> object:
        return number

    def write(self, value) -> int:
        return value


class NewestFirst(Order):
    """Sorts by a timestamp, written in URLs as microseconds."""

    def read(self, number: int) -> datetime:
        return _EPOCH + timedelta(microseconds=number)

    def write(self, value: datetime) -> int:
        return (value - _EPOCH) // timedelta(microseconds=1)


NEW = NewestFirst("new", _("Newest"), F("first_published_at"))
ORDERS = {
    order.name: order
    for order in [
        NEW,
        Order("adopted", _("Most adopted"), F("adoptions_count") + F("adaptations_count")),
        Order("saved", _("Most saved"), F("saves_count")),
    ]
}


def order_of(query: QueryDict) -> Order:
    """Return the order named by `?sort=`, by default newest first."""
    return ORDERS.get(query.get("sort", ""), NEW)


@dataclass(frozen=True)
class Page:
    """A page of practices, with the URLs of the next and previous page."""

    practices: list[Practice]
    following: str
    preceding: str


def _position(order: Order, cursor: str) -> tuple[object, int] | None:
    """Parse a cursor; None if it is malformed."""
    value, dash, key = cursor.partition("-")
    if not (dash and value.isascii() and value.isdecimal() and key.isascii() and key.isdecimal()):
        return None
    if len(value) > 16 or len(key) > 18 or (order is not NEW and len(value) > 9):
        return None
    return order.read(int(value)), int(key)


def practice_list_page(practices: PracticeQuerySet, selection: Selection, order: Order, query: QueryDict) -> Page:
    """Return the page for `?after=` or `?before=`, by default the first. No COUNT query, so page 2,000 is as fast as
    page 1. `practices` is a `for_list` queryset limited to what the reader may see."""
    after, before = _position(order, query.get("after", "")), _position(order, query.get("before", ""))
    start, backwards = (before, True) if before else (after, False)
    found = _rows(practices.annotate(sort_key=order.key), selection, start, backwards)
    more = len(found) > PAGE_SIZE
    found = found[:PAGE_SIZE]
    if backwards:
        found.reverse()
    more_following, more_preceding = (True, more) if backwards else (more, start is not None)

    def address(name: str, practice: Practice) -> str:
        cursor = {name: f"{order.write(practice.sort_key)}-{practice.pk}"}
        return "?" + "&".join(filter(None, [selection.filters.querystring, urlencode(cursor)]))

    return Page(
        found,
        following=address("after", found[-1]) if found and more_following else "",
        preceding=address("before", found[0]) if found and more_preceding else "",
    )


def _rows(practices: PracticeQuerySet, selection: Selection, start: tuple | None, backwards: bool) -> list[Practice]:
    """Return the rows after the position, one more than fits on a page."""
    if selection.everything:
        return list(_beyond(practices, start, backwards)[: PAGE_SIZE + 1])
    if selection.number <= MOST_KEYS:
        chosen = practices.filter(pk__in=list(selection.index.pks(selection.practices)))
        return list(_beyond(chosen, start, backwards)[: PAGE_SIZE + 1])
    pks = [pk for _number, pk in zip(range(PAGE_SIZE + 1), _walk(practices, selection, start, backwards), strict=False)]
    rows = practices.in_bulk(pks)
    return [rows[pk] for pk in pks if pk in rows]


def _walk(practices: PracticeQuerySet, selection: Selection, start: tuple | None, backwards: bool) -> Iterator[int]:
    """Yield the matching keys in order, reading in batches likely to contain a full page."""
    narrow = practices.select_related(None).prefetch_related(None)
    visible = selection.visible.bit_count()
    step = min(LARGEST_STEP, 2 * (PAGE_SIZE + 1) * visible // selection.number)
    while True:
        rows = list(_beyond(narrow, start, backwards).values_list("sort_key", "pk")[:step])
        for _key, pk in rows:
            if selection.index.holds(selection.practices, pk):
                yield pk
        if len(rows) < step:
            return
        start = rows[-1]


def _beyond(practices: PracticeQuerySet, start: tuple | None, backwards: bool) -> PracticeQuerySet:
    if start is not None:
        value, pk = start
        sign = ">" if backwards else "<"
        practices = practices.filter(Beyond(F("sort_key"), F("pk"), Value(value), Value(pk), sign=sign))
    return practices.order_by("sort_key", "pk") if backwards else practices.order_by("-sort_key", "-pk")
