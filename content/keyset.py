"""Keyset pagination: a page begins beyond a row named in its URL, so every page costs the same and nothing is counted.

The URL has `?after=` or `?before=` with a cursor, the row's sort key. Rows are read in the reading direction, one more
than fits on a page: the extra row tells whether there is another page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import BooleanField, F, Func, Model, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler
from django.http import QueryDict
from django.utils.http import urlencode

Row = TypeVar("Row")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Beyond(Func):
    """Row comparison of `(key, pk)` with a position.

    The first condition follows from the second. It lets SQLite begin in the index of a key that is an expression.
    """

    output_field = BooleanField()
    conditional = True

    def as_sql(self, compiler: SQLCompiler, connection: object, **kwargs: object) -> tuple[str, list]:
        (key, of_key), (pk, of_pk), (value, of_value), (last, of_last) = (
            compiler.compile(expression) for expression in self.source_expressions
        )
        sign = self.extra["sign"]
        bound, row = f"{key} {sign}= {value}", f"({key}, {pk}) {sign} ({value}, {last})"
        return f"({bound} AND {row})", [*of_key, *of_value, *of_key, *of_pk, *of_value, *of_last]


@dataclass(frozen=True)
class Numbers:
    """Whole numbers of at most so many digits."""

    digits: int

    def read(self, text: str) -> int | None:
        return int(text) if text.isascii() and text.isdecimal() and len(text) <= self.digits else None

    def write(self, value: int) -> str:
        return str(value)


class Moments:
    """Timestamps, written as microseconds."""

    # Until the year 2286.
    _NUMBERS = Numbers(16)

    def read(self, text: str) -> datetime | None:
        number = self._NUMBERS.read(text)
        return None if number is None else _EPOCH + timedelta(microseconds=number)

    def write(self, value: datetime) -> str:
        return self._NUMBERS.write((value - _EPOCH) // timedelta(microseconds=1))


@dataclass(frozen=True)
class Texts:
    """Texts; a longer one is cut."""

    longest: int

    def read(self, text: str) -> str | None:
        # PostgreSQL rejects NUL characters.
        return text.replace("\x00", "")[: self.longest] or None

    def write(self, value: str) -> str:
        return value


# A primary key has at most 19 digits, and ours never get so long.
KEYS = Numbers(18)


@dataclass(frozen=True)
class Start:
    """The position a page begins beyond, or None for the end of the list it is read from."""

    position: tuple | None = None
    backwards: bool = False


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """The rows of a page, with the cursors of the next and the previous page; empty at the ends of the list."""

    rows: list[Row]
    after: str
    before: str

    def link(self, name: str, querystring: str = "") -> str:
        """Return the URL of the page `after` or `before` this one, keeping the query string; empty at the end."""
        cursor = getattr(self, name)
        return "?" + "&".join(filter(None, [querystring, urlencode({name: cursor})])) if cursor else ""


@dataclass(frozen=True)
class Keyset:
    """A sort order: by a field or annotation, ties broken by the primary key unless the key is unique."""

    key: str
    values: Numbers | Moments | Texts
    descending: bool = True
    unique: bool = False

    def read(self, cursor: str) -> tuple | None:
        """Parse a cursor; None if it is malformed or longer than any of ours."""
        if self.unique:
            value = self.values.read(cursor)
            return None if value is None else (value,)
        value, _dash, pk = cursor.partition("-")
        position = self.values.read(value), KEYS.read(pk)
        return None if None in position else position

    def write(self, row: Model) -> str:
        """Return the cursor of a row."""
        value = self.values.write(getattr(row, self.key))
        return value if self.unique else f"{value}-{row.pk}"

    def start(self, query: QueryDict) -> Start:
        """Return where the page of this URL begins. `before` wins over `after`; without either, it is the first."""
        if position := self.read(query.get("before", "")):
            return Start(position, backwards=True)
        return Start(self.read(query.get("after", "")))

    def beyond(self, rows: QuerySet, start: Start) -> QuerySet:
        """Return the rows beyond the start, in the reading direction."""
        falling = self.descending != start.backwards
        if start.position is not None and self.unique:
            rows = rows.filter(**{f"{self.key}__{'lt' if falling else 'gt'}": start.position[0]})
        elif start.position is not None:
            value, pk = start.position
            rows = rows.filter(Beyond(F(self.key), F("pk"), Value(value), Value(pk), sign="<" if falling else ">"))
        names = [self.key] if self.unique else [self.key, "pk"]
        return rows.order_by(*(f"-{name}" if falling else name for name in names))

    def page(self, rows: QuerySet, start: Start, size: int) -> Slice:
        """Return the page that begins beyond the start; one query."""
        return self.cut(list(self.beyond(rows, start)[: size + 1]), start, size)

    def cut(
        self, found: Sequence[Row], start: Start, size: int, model_of: Callable[[Row], Any] = lambda row: row
    ) -> Slice[Row]:
        """Return the page from rows already read in the reading direction, one more than fits."""
        more, rows = len(found) > size, list(found[:size])
        if start.backwards:
            rows.reverse()
        is_inside = start.position is not None
        following, preceding = (is_inside, more) if start.backwards else (more, is_inside)
        return Slice(
            rows,
            after=self.write(model_of(rows[-1])) if rows and following else "",
            before=self.write(model_of(rows[0])) if rows and preceding else "",
        )
