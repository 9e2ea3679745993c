"""Pages of the practice list, in any of its orders."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F
from django.db.models.expressions import Combinable
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content.keyset import Keyset, Moments, Numbers, Start

from ..models import Practice
from ..models.querysets import PracticeQuerySet
from .filters import Selection

PAGE_SIZE = 20
# Most keys to pass in one query. Larger results are scanned in list order and filtered in memory.
MOST_KEYS = 1000
LARGEST_STEP = 5000


@dataclass(frozen=True)
class Order:
    """A sort order: descending, ties broken by primary key."""

    name: str
    label: str | Promise
    key: Combinable
    keyset: Keyset


COUNTED = Keyset("sort_key", Numbers(9))
NEW = Order("new", _("Newest"), F("first_published_at"), Keyset("sort_key", Moments()))
ORDERS = {
    order.name: order
    for order in [
        NEW,
        Order("adopted", _("Most adopted"), F("adoptions_count") + F("adaptations_count"), COUNTED),
        Order("saved", _("Most saved"), F("saves_count"), COUNTED),
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


def practice_list_page(practices: PracticeQuerySet, selection: Selection, order: Order, query: QueryDict) -> Page:
    """Return the page for `?after=` or `?before=`, by default the first. No COUNT query, so page 2,000 is as fast as
    page 1. `practices` is a `for_list` queryset limited to what the reader may see."""
    start = order.keyset.start(query)
    found = _rows(practices.annotate(sort_key=order.key), selection, order.keyset, start)
    page = order.keyset.cut(found, start, PAGE_SIZE)
    filters = selection.filters.querystring
    return Page(page.rows, following=page.link("after", filters), preceding=page.link("before", filters))


def _rows(practices: PracticeQuerySet, selection: Selection, keyset: Keyset, start: Start) -> list[Practice]:
    """Return the rows beyond the start, one more than fits on a page."""
    if selection.everything:
        return list(keyset.beyond(practices, start)[: PAGE_SIZE + 1])
    if selection.number <= MOST_KEYS:
        chosen = practices.filter(pk__in=list(selection.index.pks(selection.practices)))
        return list(keyset.beyond(chosen, start)[: PAGE_SIZE + 1])
    pks = [pk for _number, pk in zip(range(PAGE_SIZE + 1), _walk(practices, selection, keyset, start), strict=False)]
    rows = practices.in_bulk(pks)
    return [rows[pk] for pk in pks if pk in rows]


def _walk(practices: PracticeQuerySet, selection: Selection, keyset: Keyset, start: Start) -> Iterator[int]:
    """Yield the matching keys in order, reading in batches likely to contain a full page."""
    narrow = practices.select_related(None).prefetch_related(None)
    visible = selection.visible.bit_count()
    step = min(LARGEST_STEP, 2 * (PAGE_SIZE + 1) * visible // selection.number)
    while True:
        rows = list(keyset.beyond(narrow, start).values_list("sort_key", "pk")[:step])
        for _key, pk in rows:
            if selection.index.holds(selection.practices, pk):
                yield pk
        if len(rows) < step:
            return
        start = Start(rows[-1], start.backwards)
