"""The map of the directory: which shape is how dark, and where a click leads. The shapes come from europe/."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from django_countries import countries

from content.collation import sort_key

EUROPE = json.loads((Path(__file__).parent / "europe" / "countries.json").read_text())
# Upper ends of the shades; at most five in a row are in use, so that neighbours in the legend can be told apart.
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
SHADES = 5
# Kosovo's name carries the mark of the footnote.
NOTED = {"XK": "*"}


@dataclass(frozen=True)
class Shape:
    """A country as the map and its table show it; `shade` 0 is a country without schools."""

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
    """A line of the legend: so many schools have this shade."""

    shade: int
    low: int
    high: int


@dataclass(frozen=True)
class Map:
    shapes: list[Shape]
    # Countries with schools that the view does not reach.
    elsewhere: list[Shape]
    legend: list[Band]
    width: int = EUROPE["width"]
    height: int = EUROPE["height"]
    around: str = EUROPE["around"]

    @property
    def with_schools(self) -> list[Shape]:
        """Every country that has schools, by the alphabet: the rows of the table that is the map's equal."""
        return sorted((s for s in [*self.shapes, *self.elsewhere] if s.number), key=lambda s: sort_key(s.name))

    @property
    def rows(self) -> list[dict]:
        """The table, as the bar chart takes it."""
        return [{"label": s.name, "value": s.number, "url": s.href} for s in self.with_schools]

    @property
    def small(self) -> list[Shape]:
        """The countries with schools that a finger does not hit on a narrow map."""
        return [shape for shape in self.shapes if shape.number and shape.marker]


def bands(highest: int) -> list[Band]:
    """The shades for figures up to `highest`, in round numbers."""
    if not highest:
        return []
    needed = next(index for index, step in enumerate((*STEPS, highest)) if step >= highest) + 1
    uppers = [0, *(*STEPS, highest)[max(0, needed - SHADES) : needed]]
    # The darkest shade is for most, however few shades there are.
    first = SHADES - len(uppers) + 1
    return [Band(first + index, low + 1, high) for index, (low, high) in enumerate(pairwise(uppers), 1)]


def draw_map(numbers: dict[str, int], *, chosen: str = "", href: Callable[[str], str]) -> Map:
    """The map for these numbers of schools by country; `href` tells where a country leads, and where nothing does
    (`""`): to every country again."""
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
            # A second click on the country takes the filter back.
            href=href("" if code == chosen else code),
            is_chosen=code == chosen,
            path=drawn.get("d", ""),
            marker=marker and tuple(marker),
        )

    drawn = sorted((shape(code) for code in EUROPE["countries"]), key=lambda shape: sort_key(shape.name))
    return Map(drawn, [shape(code) for code in numbers if code not in EUROPE["countries"]], legend)
