"""Charts, drawn here as SVG: classes and attributes only, so that the content policy needs no exception.

Each chart has a title and a description for who does not see it; the page puts a table with the same figures beside it.
"""

from annotation.web.charts.bars import Bar, bars, sides
from annotation.web.charts.basic import QUARTERS, THRESHOLDS, Part, columns, interval, legend, meter, parts
from annotation.web.charts.fan import fan
from annotation.web.charts.forest import Line, forest
from annotation.web.charts.heat import Heat, heat
from annotation.web.charts.trend import Event, Point, trend
from annotation.web.charts.words import day, floor_of, number

__all__ = [
    "QUARTERS",
    "THRESHOLDS",
    "Bar",
    "Event",
    "Heat",
    "Line",
    "Part",
    "Point",
    "bars",
    "columns",
    "day",
    "fan",
    "floor_of",
    "forest",
    "heat",
    "interval",
    "legend",
    "meter",
    "number",
    "parts",
    "sides",
    "trend",
]
