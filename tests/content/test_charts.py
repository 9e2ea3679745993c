"""Chart geometry, with numbers that are easy to check by hand."""

import re

import pytest
from django.template import Context, Template
from django.utils import translation

from content.charts import bars, length, line_chart, radar_chart, steps_up_to


def drawn(template: str, **context) -> str:
    return Template(template).render(Context(context))


def test_lengths_have_a_dot_in_every_language():
    with translation.override("tr"):
        assert [length(12.5), length(0), length(1 / 3), length(100.0)] == ["12.5", "0", "0.33", "100"]


def test_the_largest_bar_is_full_unless_a_maximum_is_named():
    rows = [{"label": "a", "value": 3}, {"label": "b", "value": 12, "url": "/b/"}, {"label": "c", "value": 0}]
    assert [bar.share for bar in bars(rows)] == ["25", "100", "0"]
    assert [bar.share for bar in bars(rows, maximum=24)] == ["12.5", "50", "0"]
    assert [bar.share for bar in bars(rows, maximum=6)] == ["50", "100", "0"]
    assert [bar.url for bar in bars(rows)] == ["", "/b/", ""]


def test_bars_without_rows_or_amounts_are_empty():
    assert bars([]) == []
    assert [bar.share for bar in bars([{"label": "a", "value": 0}])] == ["0"]


def test_a_bar_is_never_negative():
    with pytest.raises(ValueError, match="never negative"):
        bars([{"label": "a", "value": -1}])


@pytest.mark.parametrize(
    ("top", "steps"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (7, [0, 2, 4, 6, 8]),
        (61, [0, 20, 40, 60, 80]),
        (100, [0, 25, 50, 75, 100]),
        (0.8, [0, 0.2, 0.4, 0.6000000000000001, 0.8]),
    ],
)
def test_steps_are_round_and_reach_the_top(top, steps):
    assert steps_up_to(top) == steps


def test_a_line_goes_from_edge_to_edge_and_from_zero_up():
    chart = line_chart(["Jan", "Feb", "Mar"], [{"label": "Read", "values": [0, 4, 2]}])
    assert chart.lines[0].points == "0,100 50,0 100,50"
    assert chart.lines[0].area == "0,100 0,100 50,0 100,50 100,100"
    assert chart.rows == [("Jan", [0]), ("Feb", [4]), ("Mar", [2])]


def test_in_right_to_left_languages_time_runs_the_other_way():
    chart = line_chart(["Jan", "Feb"], [{"label": "Read", "values": [0, 1]}], mirrored=True)
    assert chart.lines[0].points == "100,100 0,0"


def test_one_point_stands_in_the_middle_and_none_draws_nothing():
    assert line_chart(["Jan"], [{"label": "Read", "values": [1]}]).lines[0].points == "50,0"
    assert line_chart([], [{"label": "Read", "values": []}]).lines == []


def test_long_axes_name_every_few_labels():
    labels = [str(number) for number in range(24)]
    shown = line_chart(labels, [{"label": "Read", "values": [1] * 24}]).labels
    assert [mark.label for mark in shown] == ["0", "4", "8", "12", "16", "20"]


def test_every_series_has_a_value_for_every_label():
    with pytest.raises(ValueError, match="value for every label"):
        line_chart(["Jan", "Feb"], [{"label": "Read", "values": [1]}])
    with pytest.raises(ValueError, match="At most four"):
        line_chart(["Jan"], [{"label": "a", "values": [1]}] * 5)


def test_a_radar_reaches_its_rim_at_the_maximum():
    chart = radar_chart(["N", "E", "S", "W"], [{"label": "Now", "values": [4, 2, 0, 4]}], maximum=4)
    assert chart.shapes[0].points == "220,56 276,168 220,168 108,168"
    assert chart.rings[-1] == "220,56 332,168 220,280 108,168"
    assert [axis.anchor for axis in chart.axes] == ["middle", "start", "middle", "end"]


@pytest.mark.parametrize(
    ("labels", "values"), [(["a", "b"], [1, 1]), (["a", "b", "c"], [1, 1, 5]), (["a", "b", "c"], [1, 1, -1])]
)
def test_a_radar_refuses_what_it_cannot_draw(labels, values):
    with pytest.raises(ValueError, match=r"three axes|outside"):
        radar_chart(labels, [{"label": "Now", "values": values}], maximum=4)


def test_the_words_of_a_radar_are_broken_beside_it():
    chart = radar_chart(
        ["a", "Social inclusion and innovation", "c"], [{"label": "Now", "values": [0, 0, 0]}], maximum=4
    )
    assert [line for _y, line in chart.axes[1].text_lines] == ["Social", "inclusion and", "innovation"]


CHARTS = {
    "line": (
        '{% include "components/line_chart.html" with title="Read" desc="Rising" labels=labels series=series only %}',
        {"labels": ["a", "b", "c"], "series": [{"label": "Read", "values": [1000, 2.5, 1234.5]}]},
    ),
    "radar": (
        '{% include "components/radar_chart.html" with title="Read" desc="Rising" labels=labels series=series'
        " maximum=4 %}",
        {"labels": ["a", "b", "c"], "series": [{"label": "Read", "values": [1, 2.5, 3]}]},
    ),
}


@pytest.mark.parametrize("kind", ["line", "radar"])
@pytest.mark.parametrize("language", ["en", "tr"])
def test_a_chart_is_named_has_its_table_and_geometry_that_browsers_read(kind, language):
    template, context = CHARTS[kind]
    with translation.override(language):
        html = drawn(template, **context)
    assert "<title>Read</title><desc>Rising</desc>" in html
    assert html.count("<tr>") == 4
    assert ("2,5" in html) == (language == "tr")
    geometry = re.findall(r'\b(?:x|y|x1|x2|y1|y2|cx|cy|width)="([^"]*)"', html)
    assert geometry
    assert [value for value in geometry if not re.fullmatch(r"-?\d+(\.\d+)?%?", value)] == []


def test_a_bar_chart_is_a_table_with_links():
    html = drawn(
        '{% include "components/bar_chart.html" with title="By pillar" rows=rows only %}',
        rows=[{"label": "<Agency>", "value": 1208, "url": "/p/", "tone": "agency"}, {"label": "b", "value": 604}],
    )
    assert '<a href="/p/">&lt;Agency&gt;</a>' in html
    assert 'class="bars__bar pillar--agency"' in html
    assert 'width="50%"' in html
    assert "1,208" in html


def test_an_empty_bar_chart_says_so():
    assert "Nothing to show yet." in drawn('{% include "components/bar_chart.html" with rows=rows only %}', rows=[])
