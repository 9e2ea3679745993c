"""The map of the directory: the shade of each country and the link behind it. The shapes come from europe/."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from django_countries import countries

from content.collation import sort_key

EUROPE = json.loads((Path(__file__).parent / "europe" / "countries.json").read_text())
# Upper bounds of the bands. At most five consecutive ones are used, so that the shades in the legend are distinct.
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
SHADES = 5
# Kosovo's name carries the footnote mark.
NOTED = {"XK": "*"}


@dataclass(frozen=True)
class Shape:
    """A country on the map and in its table; `shade` 0 means no schools."""

    code: str
    name: str
    number: int
    shade: int
    href: str
    is_chosen: bool
    path: str = ""
    marker: tuple[int, int] | None = None


@dataclass(frozen=True)
class Band:
    """A line of the legend: the range of school counts with this shade."""

    shade: int
    low: int
    high: int


@dataclass(frozen=True)
class Map:
    shapes: list[Shape]
    # Countries with schools outside the view.
    elsewhere: list[Shape]
    legend: list[Band]
    width: int = EUROPE["width"]
    height: int = EUROPE["height"]
    around: str = EUROPE["around"]

    @property
    def with_schools(self) -> list[Shape]:
        """Countries with schools in alphabetical order: the rows of the table that replaces the map."""
        return sorted((s for s in [*self.shapes, *self.elsewhere] if s.number), key=lambda s: sort_key(s.name))

    @property
    def rows(self) -> list[dict]:
        """The table's rows, as the bar chart takes them."""
        return [{"label": s.name, "value": s.number, "url": s.href} for s in self.with_schools]

    @property
    def small(self) -> list[Shape]:
        """Countries with schools that are too small to tap on a narrow map."""
        return [shape for shape in self.shapes if shape.number and shape.marker]


def bands(highest: int) -> list[Band]:
    """Return the bands for counts up to `highest`, with round bounds."""
    if not highest:
        return []
    needed = next(index for index, step in enumerate((*STEPS, highest)) if step >= highest) + 1
    uppers = [0, *(*STEPS, highest)[max(0, needed - SHADES) : needed]]
    # The highest band always gets the darkest shade, however few bands there are.
    first = SHADES - len(uppers) + 1
    return [Band(first + index, low + 1, high) for index, (low, high) in enumerate(pairwise(uppers), 1)]


def draw_map(numbers: dict[str, int], *, chosen: str = "", href: Callable[[str], str]) -> Map:
    """Return the map for these counts of schools by country.

    `href` returns the URL of a country, or with `""` that of all countries.
    """
    legend = bands(max(numbers.values(), default=0))

    def shape(code: str) -> Shape:
        number = numbers.get(code, 0)
        drawn = EUROPE["countries"].get(code, {})
        marker = drawn.get("marker")
        return Shape(
            code=code,
            name=countries.name(code) + NOTED.get(code, ""),
            number=number,
            shade=next((band.shade for band in legend if band.low <= number <= band.high), 0),
            # A second click on the country clears the filter.
            href=href("" if code == chosen else code),
            is_chosen=code == chosen,
            path=drawn.get("d", ""),
            marker=marker and tuple(marker),
        )

    drawn = sorted((shape(code) for code in EUROPE["countries"]), key=lambda shape: sort_key(shape.name))
    return Map(drawn, [shape(code) for code in numbers if code not in EUROPE["countries"]], legend)
