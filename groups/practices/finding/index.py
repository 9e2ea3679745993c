"""All published practices by their facets, in this process's memory: counts per value without asking the database.

A set of practices is one integer with a bit for each of them, so that narrowing is `&` and counting is `bit_count()`:
250 counts over 50,000 practices take a millisecond, which no GROUP BY does. Before each use, one query brings what
changed meanwhile. The index only counts and selects; rows are always fetched through `visible_to`. See
docs/decisions/0009-facets-counted-in-memory.md for why.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from threading import Lock
from time import monotonic

from community.access import Audience, access_of, may_see
from community.models import Label
from content.search import fold

from ..models import Practice
from .facets import FACETS

# Rows are written before they can be seen: what another process saved this long ago may appear only now.
OVERLAP = timedelta(minutes=1)
# Read everything anew after so many seconds: it mends what a bulk update or another clock hid from us.
KEPT_FOR = 3600
RECENT = 60
AUDIENCE = "audience"
Key = tuple[str, str]


class PracticeIndex:
    """See above. One for each process, `INDEX`; `fresh()` before reading it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Start anew with the next use; for tests, whose rows are rolled back."""
        self._pks: list[int] = []
        self._places: dict[int, int] = {}
        self._known: dict[int, datetime] = {}
        self._keys: dict[int, tuple[Key, ...]] = {}
        self._sets: dict[Key, int] = {}
        self._same: dict[Key, Key] = {}
        self.spellings: dict[str, str] = {}
        self._newest: datetime | None = None
        self._read_at = self._asked_at = 0.0

    def fresh(self) -> "PracticeIndex":
        """Itself, knowing everything that is committed now; one query, two when something changed."""
        with self._lock:
            self._asked_at = monotonic()
            if self._newest is not None and monotonic() - self._read_at > KEPT_FOR:
                self.forget()
            if self._newest is None:
                rows = list(Practice.objects.published().for_index())
                self._read_at = monotonic()
            else:
                changed = Practice.objects.for_index().filter(changed_at__gte=self._newest - OVERLAP)
                rows = [row for row in changed if self._known.get(row["pk"]) != row["changed_at"]]
            if rows:
                self._apply(rows)
        return self

    def lately(self) -> "PracticeIndex":
        """Itself, at most a minute old: for proposals, which are fetched through `visible_to` in any case."""
        recent = self._newest is not None and monotonic() - self._asked_at < RECENT
        return self if recent else self.fresh()

    def _apply(self, rows: list[dict]) -> None:
        editions = _editions_of(rows)
        added, removed = defaultdict(list), defaultdict(list)
        for row in rows:
            place = self._place_of(row["pk"])
            row["editions"] = editions(row)
            keys = tuple(self._same.setdefault(key, key) for key in _keys_of(row)) if row["listed"] else ()
            for key in self._keys.get(place, ()):
                removed[key].append(place)
            for key in keys:
                added[key].append(place)
            for tool in row["tools"]:
                self.spellings.setdefault(fold(tool), tool)
            self._keys[place] = keys
            self._known[row["pk"]] = row["changed_at"]
        for key, places in removed.items():
            self._sets[key] &= ~_as_set(places)
        for key, places in added.items():
            self._sets[key] = self._sets.get(key, 0) | _as_set(places)
        newest = max(row["changed_at"] for row in rows)
        self._newest = max(newest, self._newest or newest)

    def _place_of(self, pk: int) -> int:
        place = self._places.setdefault(pk, len(self._pks))
        if place == len(self._pks):
            self._pks.append(pk)
        return place

    def having(self, facet: str, value: str) -> int:
        """The set of practices that match a facet's value."""
        found = 0
        for key in FACETS[facet].asks(value):
            found |= self._sets.get((facet, key), 0)
        return found

    def any_of(self, facet: str, values: Iterable[str]) -> int:
        """The set of practices that match one of the values."""
        found = 0
        for value in values:
            found |= self.having(facet, value)
        return found

    def visible_to(self, user) -> int:
        """The set that `Practice.objects.visible_to(user).published()` has; one query for those who read no more than
        visitors and have an account, because they still see what they wrote."""
        seen = 0
        for audience in Audience.values:
            if may_see(user, audience):
                seen |= self._sets.get((AUDIENCE, audience), 0)
        if user.is_authenticated and not access_of(user).reads_members_content:
            seen |= self.of(Practice.objects.written_by(user).published().order_by().values_list("pk", flat=True))
        return seen

    def of(self, pks: Iterable[int]) -> int:
        """The set of these practices, as far as the index knows them."""
        return _as_set([self._places[pk] for pk in pks if pk in self._places])

    def pks(self, practices: int) -> Iterator[int]:
        """The keys in a set, those that the index met last first."""
        while practices:
            place = practices.bit_length() - 1
            yield self._pks[place]
            practices ^= 1 << place

    def holds(self, practices: int, pk: int) -> bool:
        place = self._places.get(pk)
        return place is not None and bool(practices >> place & 1)

    def values(self, facet: str) -> list[str]:
        """Every value of a facet that occurs, the most frequent first."""
        found = [(known.bit_count(), value) for (name, value), known in self._sets.items() if name == facet and known]
        return [value for _number, value in sorted(found, key=lambda pair: (-pair[0], pair[1]))]


def _as_set(places: list[int]) -> int:
    """One bit for each place; in one go, because each `|` on a long integer copies it."""
    if not places:
        return 0
    octets = bytearray(max(places) // 8 + 1)
    for place in places:
        octets[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(octets, "little")


def _keys_of(row: dict) -> Iterator[Key]:
    yield AUDIENCE, row["audience"]
    for facet in FACETS.values():
        for key in facet.keys(row):
            yield facet.name, key


def _editions_of(rows: list[dict]) -> Callable[[dict], list[str]]:
    """Tells which label the school of a row held on the day of publication; one query."""
    labels = Label.objects.filter(school__in={row["school_id"] for row in rows}) if len(rows) < 500 else Label.objects
    periods = defaultdict(list)
    for school, edition, starts_on, ends_on in labels.values_list("school", "edition", "starts_on", "ends_on"):
        periods[school].append((edition, starts_on, ends_on))

    def editions(row: dict) -> list[str]:
        if row["first_published_at"] is None:
            return []
        day = row["first_published_at"].date()
        return [edition for edition, first, last in periods[row["school_id"]] if first <= day <= last]

    return editions


INDEX = PracticeIndex()
