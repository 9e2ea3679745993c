"""The moderators' queue: waiting items of every kind in one query, soonest due first."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import CharField, F, QuerySet, Value
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import ngettext_lazy
from django_countries import countries

from community.languages import Language
from community.models import User

from ..models import Claim
from ..waiting import Row, WaitingKind, kinds
from .claims import claims_of

# Minimum age in days.
AGES = {"3": 3, "7": 7, "14": 14, "30": 30}
FIELDS = ("kind", "country", "language", "age")


@dataclass(frozen=True)
class Filters:
    """Queue filters read from the query string. Unknown values are ignored."""

    kind: str = ""
    country: str = ""
    language: str = ""
    age: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Filters":
        known = {
            "kind": [kind.key for kind in kinds()],
            "country": [code for code, _name in countries],
            "language": Language.values,
            "age": AGES,
        }
        return cls(**{name: query[name] for name in FIELDS if query.get(name) in known[name]})

    @property
    def query(self) -> str:
        """The filters as a query string (`?kind=report`), or ''."""
        chosen = {name: getattr(self, name) for name in FIELDS if getattr(self, name)}
        return f"?{urlencode(chosen)}" if chosen else ""

    @property
    def chosen(self) -> bool:
        return bool(self.query)


@dataclass
class Entry:
    """A waiting item; `row` and `claim` are filled in for the items on the page shown."""

    kind: WaitingKind
    pk: int
    since: datetime
    until: datetime
    country: str
    language: str
    row: Row | None = None
    claim: Claim | None = None
    now: datetime = field(default_factory=timezone.now)

    @property
    def is_overdue(self) -> bool:
        return self.until < self.now

    @property
    def days_overdue(self) -> int:
        return (self.now - self.until).days

    @property
    def days(self) -> int:
        """Days the item has waited."""
        return max(0, (self.now - self.since).days)

    @property
    def holder(self) -> str:
        return str(self.claim.holder) if self.claim else self.row.holder

    @property
    def country_name(self) -> str:
        return countries.name(self.country)

    @property
    def language_name(self) -> str:
        return Language(self.language).label if self.language in Language.values else ""


def _branches(user: User, filters: Filters) -> list[QuerySet]:
    found = []
    for kind in kinds():
        if filters.kind in ("", kind.key):
            rows = kind.waiting(user).order_by()
            if filters.country:
                rows = rows.filter(of_country=filters.country)
            if filters.language:
                rows = rows.filter(in_language=filters.language)
            if filters.age:
                rows = rows.filter(waits_since__lte=timezone.now() - timedelta(days=AGES[filters.age]))
            found.append(rows.annotate(of_kind=Value(kind.key, CharField()), item=F("pk")))
    return found


def _union(branches: list[QuerySet], *columns: str, everything: bool = True) -> QuerySet:
    first, *others = (rows.values_list(*columns) for rows in branches)
    return first.union(*others, all=everything)


def waiting(user: User, filters: Filters | None = None) -> QuerySet:
    """Return (until, kind, item, since, country, language) of every waiting item, soonest due first; one query."""
    columns = ("waits_until", "of_kind", "item", "waits_since", "of_country", "in_language")
    return _union(_branches(user, filters or Filters()), *columns).order_by("waits_until", "of_kind", "item")


def number_waiting(user: User) -> int:
    """Count the items waiting for the moderator; one query."""
    return _union(_branches(user, Filters()), "of_kind", "item").count()


def choices_of(user: User) -> dict[str, list[tuple[str, str]]]:
    """Return the filter choices: the kinds, countries and languages that occur in the queue; one query."""
    found = list(_union(_branches(user, Filters()), "of_kind", "of_country", "in_language", everything=False))
    present = {row[0] for row in found}
    return {
        "kind": [(kind.key, kind.label) for kind in kinds() if kind.key in present],
        "country": sorted(
            ((code, countries.name(code)) for code in {row[1] for row in found} if code), key=lambda each: each[1]
        ),
        "language": [(code, label) for code, label in Language.choices if code in {row[2] for row in found}],
        "age": [
            (key, ngettext_lazy("%(days)d day or more", "%(days)d days or more", "days") % {"days": days})
            for key, days in AGES.items()
        ],
    }


def entries(user: User, rows: list[tuple]) -> list[Entry]:
    """Add list details and claims to rows of `waiting`; a fixed number of queries per kind present."""
    by_key = {kind.key: kind for kind in kinds()}
    now = timezone.now()
    found = [
        Entry(by_key[kind], item, since, until, country, language, now=now)
        for until, kind, item, since, country, language in rows
    ]
    described = {
        key: kind.rows(user, keys)
        for key, kind in by_key.items()
        if (keys := [entry.pk for entry in found if entry.kind.key == key])
    }
    claims = claims_of([(entry.kind.key, entry.pk) for entry in found])
    for entry in found:
        entry.row = described[entry.kind.key].get(entry.pk)
        entry.claim = claims.get((entry.kind.key, entry.pk))
    # Drop items settled between the two queries.
    return [entry for entry in found if entry.row]


def next_after(user: User, filters: Filters, kind: str, item: int) -> tuple[str, int] | None:
    """Return the item after this one, wrapping around to the first; None if nothing else waits. One query."""
    order = [(row[1], row[2]) for row in waiting(user, filters)]
    place = order.index((kind, item)) if (kind, item) in order else -1
    others = [*order[place + 1 :], *order[: max(place, 0)]]
    return others[0] if others else None
