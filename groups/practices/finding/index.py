"""In-process facet index of all published practices, to count values without the database.

A set of practices is an integer with one bit per practice, so filtering is `&` and counting is `bit_count()`: 250
counts over 50,000 practices take a millisecond, which no GROUP BY achieves. Each use first reads the changes in one
query. The index only counts and selects; rows are always fetched through `visible_to`. See
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

# Rows get `changed_at` before they are committed, so another process's change may appear this late.
OVERLAP = timedelta(minutes=1)
# Seconds between full rebuilds, which catch changes missed through bulk updates or clock skew.
KEPT_FOR = 3600
RECENT = 60
AUDIENCE = "audience"
Key = tuple[str, str]


class PracticeIndex:
    """Facet index with one instance per process, `INDEX`. Call `fresh()` before reading it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Rebuild on the next use. Tests need this because their rows are rolled back."""
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
        """Return self with all committed changes; one query, two if something changed."""
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
        """Return self, at most a minute stale: for suggestions, which are fetched through `visible_to` anyway."""
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
        """Return the set of practices that match a facet value."""
        found = 0
        for key in FACETS[facet].asks(value):
            found |= self._sets.get((facet, key), 0)
        return found

    def any_of(self, facet: str, values: Iterable[str]) -> int:
        """Return the set of practices that match any of the values."""
        found = 0
        for value in values:
            found |= self.having(facet, value)
        return found

    def visible_to(self, user) -> int:
        """Return the set equal to `Practice.objects.visible_to(user).published()`. One query for signed-in people who
        can't read members' content, because they still see what they wrote."""
        seen = 0
        for audience in Audience.values:
            if may_see(user, audience):
                seen |= self._sets.get((AUDIENCE, audience), 0)
        if user.is_authenticated and not access_of(user).reads_members_content:
            seen |= self.of(Practice.objects.written_by(user).published().order_by().values_list("pk", flat=True))
        return seen

    def of(self, pks: Iterable[int]) -> int:
        """Return the set of these practices, leaving out unknown keys."""
        return _as_set([self._places[pk] for pk in pks if pk in self._places])

    def pks(self, practices: int) -> Iterator[int]:
        """Yield the keys in a set, most recently indexed first."""
        while practices:
            place = practices.bit_length() - 1
            yield self._pks[place]
            practices ^= 1 << place

    def holds(self, practices: int, pk: int) -> bool:
        place = self._places.get(pk)
        return place is not None and bool(practices >> place & 1)

    def values(self, facet: str) -> list[str]:
        """Return the values of a facet in use, most frequent first."""
        found = [(known.bit_count(), value) for (name, value), known in self._sets.items() if name == facet and known]
        return [value for _number, value in sorted(found, key=lambda pair: (-pair[0], pair[1]))]


def _as_set(places: list[int]) -> int:
    """Return the set with a bit per place, built in a bytearray because each `|` copies a long integer."""
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
    """Return a function from a row to the label editions its school held at publication; one query."""
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
