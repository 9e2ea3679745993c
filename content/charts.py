"""Geometry of the charts in templates/components/.

Lengths are strings with a decimal point, whatever the reader's language, because they go into SVG attributes.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

Number = int | float
# Series differ by colour, dash and marker; a chart with more of them is unreadable.
MAX_SERIES = 4
RADAR_CENTRE, RADAR_RADIUS, RADAR_RINGS = (220.0, 168.0), 112.0, 4
RADAR_LABEL_WIDTH, RADAR_LINE_HEIGHT = 15, 17


def length(value: float) -> str:
    """Format a number for an SVG attribute: at most two decimals, always with a point."""
    return f"{round(value, 2):g}"


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart. `share` is its length as a percentage of the longest."""

    label: str
    value: Number
    share: str
    url: str = ""
    tone: str = ""
    text: str = ""


def bars(rows: Iterable[Mapping[str, Any]], maximum: Number | None = None) -> list[Bar]:
    """Build bars from `{label, value}` rows, optionally with `url`, `tone` and `text`.

    `tone` is a pillar's key, `text` the value in words. `maximum` is the value of a full bar, by default the largest
    value. Raises ValueError for a negative value.
    """
    rows = list(rows)
    if any(row["value"] < 0 for row in rows):
        raise ValueError("A bar shows an amount, which is never negative.")
    full = maximum or max((row["value"] for row in rows), default=0)
    return [
        Bar(
            label=row["label"],
            value=row["value"],
            share=length(min(100, 100 * row["value"] / full) if full else 0),
            url=row.get("url", ""),
            tone=row.get("tone", ""),
            text=row.get("text", ""),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Mark:
    """A point of a line chart or a vertex of a radar. Coordinates are percentages in a line chart, units in a radar."""

    label: str
    value: Number
    x: str
    y: str


@dataclass(frozen=True)
class Line:
    """One series: its marks, and the same as polyline points."""

    label: str
    number: int
    marks: list[Mark]
    points: str

    @property
    def area(self) -> str:
        """Return the line closed along the bottom."""
        return f"{self.marks[0].x},100 {self.points} {self.marks[-1].x},100"


@dataclass(frozen=True)
class Tick:
    value: Number
    y: str


@dataclass(frozen=True)
class LineChart:
    lines: list[Line]
    ticks: list[Tick]
    # Axis labels; only some of them if there are many.
    labels: list[Mark]
    rows: list[tuple[str, list[Number]]]


def steps_up_to(top: Number, wanted: int = 4) -> list[Number]:
    """Return about `wanted` round steps from 0 to the first that is at least `top`."""
    if top <= 0:
        return [0, 1]
    power = 10 ** math.floor(math.log10(top / wanted))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor * wanted >= top)
    if isinstance(top, int):
        # Counts have no fractions.
        step = max(1, math.ceil(step))
    return [step * number for number in range(math.ceil(top / step) + 1)]


def line_chart(labels: Sequence[str], series: Sequence[Mapping[str, Any]], *, mirrored: bool = False) -> LineChart:
    """Build a line chart of `{label, values}` series from zero up; `mirrored` for right-to-left languages.

    Raises ValueError for more than MAX_SERIES series, or for a series whose values don't match the labels in number.
    """
    if len(series) > MAX_SERIES or any(len(one["values"]) != len(labels) for one in series):
        raise ValueError("At most four series, each with a value for every label.")
    values = [value for one in series for value in one["values"]]
    ticks = steps_up_to(max(values, default=0))
    top = ticks[-1]

    def x_of(place: int) -> str:
        share = 50 if len(labels) < 2 else 100 * place / (len(labels) - 1)
        return length(100 - share if mirrored else share)

    def y_of(value: Number) -> str:
        return length(100 - 100 * value / top)

    lines = []
    for number, one in enumerate(series, 1):
        marks = [
            Mark(label, value, x_of(place), y_of(value))
            for place, (label, value) in enumerate(zip(labels, one["values"], strict=True))
        ]
        if marks:
            lines.append(Line(one["label"], number, marks, " ".join(f"{mark.x},{mark.y}" for mark in marks)))
    every = max(1, math.ceil(len(labels) / 6))
    return LineChart(
        lines=lines,
        ticks=[Tick(value, y_of(value)) for value in ticks],
        labels=[Mark(label, 0, x_of(place), "100") for place, label in enumerate(labels) if place % every == 0],
        rows=[(label, [one["values"][place] for one in series]) for place, label in enumerate(labels)],
    )


@dataclass(frozen=True)
class Axis:
    """A spoke of a radar, with its wrapped label."""

    label: str
    x: str
    y: str
    text_lines: list[tuple[str, str]]
    text_x: str
    anchor: str


@dataclass(frozen=True)
class RadarChart:
    axes: list[Axis]
    rings: list[str]
    shapes: list[Line]
    rows: list[tuple[str, list[Number]]]
    maximum: Number
    centre: tuple[str, str] = (length(RADAR_CENTRE[0]), length(RADAR_CENTRE[1]))


def radar_chart(labels: Sequence[str], series: Sequence[Mapping[str, Any]], maximum: Number) -> RadarChart:
    """Build a radar chart of `{label, values}` series over at least three axes, each from 0 to `maximum`.

    Raises ValueError for fewer axes, too many series, or a value outside its axis.
    """
    if len(labels) < 3 or len(series) > MAX_SERIES:
        raise ValueError("A radar has at least three axes and at most four series.")
    if any(not 0 <= value <= maximum for one in series for value in one["values"]):
        raise ValueError("A value lies outside its axis.")
    angles = [2 * math.pi * place / len(labels) - math.pi / 2 for place in range(len(labels))]

    def at(angle: float, share: float) -> tuple[float, float]:
        reach = RADAR_RADIUS * share
        return RADAR_CENTRE[0] + reach * math.cos(angle), RADAR_CENTRE[1] + reach * math.sin(angle)

    def polygon(shares: Iterable[float]) -> str:
        corners = (at(angle, share) for angle, share in zip(angles, shares, strict=True))
        return " ".join(f"{length(x)},{length(y)}" for x, y in corners)

    shapes = []
    for number, one in enumerate(series, 1):
        shares = [value / maximum for value in one["values"]]
        corners = [at(angle, share) for angle, share in zip(angles, shares, strict=True)]
        marks = [
            Mark(label, value, length(x), length(y))
            for label, value, (x, y) in zip(labels, one["values"], corners, strict=True)
        ]
        shapes.append(Line(one["label"], number, marks, polygon(shares)))
    return RadarChart(
        axes=[_axis(label, angle, at) for label, angle in zip(labels, angles, strict=True)],
        rings=[polygon([ring / RADAR_RINGS] * len(labels)) for ring in range(1, RADAR_RINGS + 1)],
        shapes=shapes,
        rows=[(label, [one["values"][place] for one in series]) for place, label in enumerate(labels)],
        maximum=maximum,
    )


def _axis(label: str, angle: float, at) -> Axis:
    (x, y), (text_x, text_y) = at(angle, 1), at(angle, 1.13)
    side = math.cos(angle)
    lines = wrap(str(label), RADAR_LABEL_WIDTH, break_long_words=False) or [""]
    # Labels grow upwards above the chart, downwards below it, and both ways beside it.
    height = (len(lines) - 1) * RADAR_LINE_HEIGHT
    first = text_y - height * (1 - math.sin(angle)) / 2 + 5
    return Axis(
        label=str(label),
        x=length(x),
        y=length(y),
        text_lines=[(length(first + place * RADAR_LINE_HEIGHT), line) for place, line in enumerate(lines)],
        text_x=length(text_x),
        anchor="middle" if abs(side) < 0.2 else "start" if side > 0 else "end",
    )
