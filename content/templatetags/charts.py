"""Template tags that give the chart components their geometry from content/charts.py."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import get_language_bidi

from .. import charts

register = template.Library()


@register.simple_tag
def bars(rows: Iterable[Mapping[str, Any]], maximum: charts.Number | str | None = None) -> list[charts.Bar]:
    """Build the bars of a bar chart. An empty `maximum` counts as none."""
    return charts.bars(rows, maximum or None)


@register.simple_tag
def line_chart(labels: Sequence[str], series: Sequence[Mapping[str, Any]]) -> charts.LineChart:
    return charts.line_chart(labels, series, mirrored=get_language_bidi())


@register.simple_tag
def radar_chart(
    labels: Sequence[str], series: Sequence[Mapping[str, Any]], maximum: charts.Number
) -> charts.RadarChart:
    return charts.radar_chart(labels, series, maximum)
