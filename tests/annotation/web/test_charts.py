"""Charts are well-formed, stay inside their frame, and say in words what they show."""

from datetime import date
from xml.etree import ElementTree

import pytest

from annotation.web import charts
from annotation.web.charts.words import ticked


def _parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def test_parts_fill_the_bar_in_proportion() -> None:
    shares = [
        charts.Part("Settled", "settled", 3),
        charts.Part("Open <b>", "open", 1),
        charts.Part("None", "x", 0),
    ]
    svg = _parsed(charts.parts("Items", shares))
    assert [bar.attrib["width"] for bar in svg.findall("rect")] == ["75.000%", "25.000%"]
    assert svg.findtext("desc") == "Settled: 3, Open <b>: 1, None: 0"


def test_an_empty_whole_is_an_empty_bar() -> None:
    assert _parsed(charts.parts("Items", [])).findall("rect") == []


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [(0.8, 0.7, 0.9), (-0.4, -1.5, 0.2), (1.0, 1.0, 1.0), (0.0, None, None), (0.2, -0.1, 0.4)],
)
def test_an_interval_stays_on_its_axis(value: float, low: float | None, high: float | None) -> None:
    svg = _parsed(charts.interval("alpha", value, low, high))
    point = float(next(svg.iter("circle")).attrib["cx"])
    places = [float(line.attrib[end]) for line in svg.iter("line") for end in ("x1", "x2")]
    assert all(12 <= place <= 348 for place in [point, *places])
    meter = _parsed(charts.meter("a label", value, low, high))
    places = [float(line.attrib[end].rstrip("%")) for line in meter.iter("line") for end in ("x1", "x2")]
    assert all(4 <= place <= 96 for place in places)


def test_columns_name_the_busiest_day_and_leave_the_others_blank() -> None:
    svg = _parsed(
        charts.columns("Answers", [(date(2026, 11, 1), 4), (date(2026, 11, 2), 0), (date(2026, 11, 3), 2)])
    )
    assert [bar.attrib["height"] for bar in svg.findall("rect")] == ["96.0", "48.0"]
    assert svg.findtext("desc") == "Highest day: 4"


def test_no_days_no_columns() -> None:
    assert _parsed(charts.columns("Answers", [])).findall("rect") == []


def test_numbers_that_would_run_into_one_another_are_left_out() -> None:
    assert ticked([-1, 0.667, 0.8, 1], [10, 200, 216, 260]) == ["-1", "", "0.8", "1"]
    assert ticked([0, 0.667, 0.8, 1], [10, 220, 270, 330]) == ["0", "0.667", "0.8", "1"]
