"""Lists of practices: filters out of the address, and pages that cost the same however far one reads."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.cache import cache
from django.db.models import Q
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_countries import countries

from community.models import School
from content.search import MAX_QUERY, matching
from content.taxonomy import Language, Pillar

from ..models import Practice
from ..models.querysets import PracticeQuerySet

PAGE_SIZE = 20
# Counting further than this costs more than it tells.
COUNTED = 1000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Filters:
    """What a reader asked the list for. Values that do not exist are left out and named in `unknown`."""

    q: str
    pillar: str
    country: str
    language: str
    unknown: tuple[str, ...]

    @classmethod
    def of(cls, query: QueryDict) -> "Filters":
        known = {"pillar": Pillar.values, "country": countries, "language": Language.values}
        asked = {name: query.get(name, "").strip() for name in known}
        found = {name: value if value in known[name] else "" for name, value in asked.items()}
        unknown = tuple(value[:40] for name, value in asked.items() if value and not found[name])
        return cls(q=query.get("q", "").strip()[:MAX_QUERY], unknown=unknown, **found)

    @property
    def chosen(self) -> dict[str, str]:
        """The filters in force, as they stand in the address."""
        every = {"q": self.q, "pillar": self.pillar, "country": self.country, "language": self.language}
        return {name: value for name, value in every.items() if value}

    def narrow(self, practices: PracticeQuerySet) -> PracticeQuerySet:
        """Only the practices that were asked for."""
        if self.q:
            practices = matching(practices, self.q)
        if self.pillar:
            practices = practices.filter(pillars__includes=self.pillar)
        if self.country:
            practices = practices.filter(school__country=self.country)
        if self.language:
            practices = practices.filter(language=self.language)
        return practices


@dataclass(frozen=True)
class Page:
    """Some practices, newest first, and the addresses of what is before and after them."""

    practices: list[Practice]
    older: str
    newer: str


def _cursor(practice: Practice) -> str:
    microseconds = (practice.first_published_at - _EPOCH) // timedelta(microseconds=1)
    return f"{microseconds}-{practice.pk}"


def _position(cursor: str) -> tuple[datetime, int] | None:
    """What a cursor points at; None for one that we did not write."""
    microseconds, dash, key = cursor.partition("-")
    if not (dash and microseconds.isascii() and microseconds.isdecimal() and key.isascii() and key.isdecimal()):
        return None
    if len(microseconds) > 16 or len(key) > 18:
        return None
    return _EPOCH + timedelta(microseconds=int(microseconds)), int(key)


def page_of(practices: PracticeQuerySet, query: QueryDict, chosen: dict[str, str]) -> Page:
    """The page that `?before=` or `?after=` asks for, else the newest; never counts, so that page 2,000 is as quick
    as page 1."""
    before, after = _position(query.get("before", "")), _position(query.get("after", ""))
    if after:
        moment, key = after
        # The first bound is redundant: with it the database walks the index instead of filtering all of it.
        rows = practices.filter(first_published_at__gte=moment).filter(Q(first_published_at__gt=moment) | Q(pk__gt=key))
        found = list(rows.order_by("first_published_at", "pk")[: PAGE_SIZE + 1])
        more_newer, more_older = len(found) > PAGE_SIZE, True
        found = found[:PAGE_SIZE][::-1]
    else:
        if before:
            moment, key = before
            practices = practices.filter(first_published_at__lte=moment).filter(
                Q(first_published_at__lt=moment) | Q(pk__lt=key)
            )
        found = list(practices[: PAGE_SIZE + 1])
        more_newer, more_older = before is not None, len(found) > PAGE_SIZE
        found = found[:PAGE_SIZE]

    def address(name: str, practice: Practice) -> str:
        return "?" + urlencode({**chosen, name: _cursor(practice)})

    return Page(
        found,
        older=address("before", found[-1]) if found and more_older else "",
        newer=address("after", found[0]) if found and more_newer else "",
    )


def counted(practices: PracticeQuerySet) -> str:
    """How many there are, up to a thousand."""
    number = practices.order_by()[: COUNTED + 1].count()
    return _("more than 1,000") if number > COUNTED else str(number)


def countries_of_schools() -> list[tuple[str, str]]:
    """The countries that schools of the site are in, by name; the same for everybody, hence remembered."""
    language = get_language()
    remembered = cache.get(f"groups.countries.{language}")
    if remembered is None:
        codes = School.objects.order_by().values_list("country", flat=True).distinct()
        remembered = sorted(((str(code), countries.name(code)) for code in codes), key=lambda pair: pair[1])
        cache.set(f"groups.countries.{language}", remembered, 600)
    return remembered
