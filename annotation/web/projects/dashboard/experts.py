"""Who? How reliable people are, with intervals, against control items, over time, and how fast.

For who leads only. Nobody who may label here sees it: from one answer to the next a figure of one's own would tell
which item was a control item.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from django.utils.translation import gettext

from annotation.models import Project
from annotation.models.truth import ExpertMeasure
from annotation.web import charts, sentences
from annotation.web.projects.dashboard import markers
from annotation.web.projects.dashboard.asked import Asked
from annotation.web.projects.dashboard.compared import FEW, SHOWN, Comparison, Rated, comparison, person_link
from annotation.web.projects.dashboard.figure import Cell, Figure, Row, bounds, count, figure, text

FEW_CONTROLS = 10


@dataclass(frozen=True)
class People:
    """The stored measures of a project, in alphabetical order of people's names."""

    rows: Sequence[ExpertMeasure]

    def about(self, question: str) -> list[ExpertMeasure]:
        """Those of a question; '' are the figures of a person as a whole."""
        return [row for row in self.rows if row.question == question]


def people_of(project: Project) -> People:
    """One statement."""
    rows = ExpertMeasure.objects.filter(project=project).select_related("expert__user")
    return People(sorted(rows, key=lambda row: (str(row.expert), row.pk)))


def figures(project: Project, questions: Sequence[Asked], people: People) -> list[Figure]:
    """Of each question reliability and drift, or how people mark; then control items and speed."""
    found: list[Figure] = []
    whole = people.about("")
    marking = markers.markers_of(project) if any(one.is_spans for one in questions) else {}
    for one in questions:
        rows = people.about(one.key)
        if rows:
            found += [_reliability(project, one, rows), _drift(project, one, rows)]
        elif one.is_spans and (whole or marking):
            found.append(markers.of_question(project, one, marking.get(one.key, ())))
    if not found and not whole:
        return []
    return [*found, _controls(project, whole or people.rows), _speed(project, whole)]


def _name(project: Project, row: ExpertMeasure) -> Cell:
    return text(str(row.expert), href=person_link(project, row.expert), raw=row.expert.uid)


def _reliability(project: Project, asked: Asked, rows: Sequence[ExpertMeasure]) -> Figure:
    title = gettext("%(question)s: how often each person is right") % {"question": asked.title}
    lines = [
        charts.Line(
            str(row.expert),
            row.value,
            row.low,
            row.high,
            note=sentences.reason(row.reason) if row.value is None else "",
            weak=row.answers < FEW,
            href=person_link(project, row.expert),
        )
        for row in rows[:SHOWN]
    ]
    return Figure(
        "reliability",
        title,
        codes=("person", "reliability", "low", "high", "answers", "settled_right", "settled"),
        head=(
            gettext("Person"),
            gettext("Right"),
            gettext("Interval"),
            gettext("Answers"),
            gettext("As settled"),
        ),
        rows=[
            Row(
                [
                    _name(project, row),
                    figure(row.value, 2),
                    bounds(row.low, row.high),
                    count(row.answers),
                    _of(row.settled_right, row.settled),
                ],
                weak=row.answers < FEW,
            )
            for row in rows
        ],
        svg=charts.forest(title, lines),
        said=comparison_of(rows).said,
        notes=[
            gettext(
                "The model's estimate of how often an answer of theirs is the true one. "
                "Grey: fewer than %(few)s answers. People get different items; "
                "where two intervals overlap, do not put one above the other."
            )
            % {"few": FEW}
        ],
        question=asked.key,
        wide=len(lines) > 12,
    )


def comparison_of(rows: Sequence[ExpertMeasure]) -> Comparison:
    """Who is below everybody else's middle for sure, of one question."""
    return comparison(Rated(row.expert, row.value, row.high, row.answers) for row in rows)


def _of(right: int, asked: int) -> Cell:
    return Cell(
        gettext("%(right)s of %(asked)s") % {"right": right, "asked": asked} if asked else "–",
        (right, asked),
        number=True,
    )


def wilson(right: int, asked: int) -> tuple[float, float]:
    """A 95 % interval for a share (Wilson, 1927, doi:10.1080/01621459.1927.10502953); `asked` is at least 1."""
    z = 1.959964
    share = right / asked
    middle = (share + z * z / (2 * asked)) / (1 + z * z / asked)
    half = z * sqrt(share * (1 - share) / asked + z * z / (4 * asked * asked)) / (1 + z * z / asked)
    return max(0.0, middle - half), min(1.0, middle + half)


def _controls(project: Project, rows: Sequence[ExpertMeasure]) -> Figure:
    title = gettext("Against control items")
    tested = [row for row in rows if row.controls]
    if not tested:
        return Figure(
            "controls",
            title,
            empty=gettext(
                "Nobody has answered a control item. Under Routing, Control items, you mix items with a known answer "
                "into the work: the only figure here that rests on no model."
            ),
        )
    spans = [wilson(row.controls_right, row.controls) for row in tested]
    return Figure(
        "controls",
        title,
        codes=("person", "right", "asked", "low", "high"),
        head=(gettext("Person"), gettext("Right"), gettext("95% interval")),
        rows=[
            Row(
                [_name(project, row), _of(row.controls_right, row.controls), bounds(*span)],
                weak=row.controls < FEW_CONTROLS,
            )
            for row, span in zip(tested, spans, strict=True)
        ],
        svg=charts.forest(
            title,
            [
                charts.Line(
                    str(row.expert),
                    row.controls_right / row.controls,
                    *span,
                    weak=row.controls < FEW_CONTROLS,
                    href=person_link(project, row.expert),
                )
                for row, span in zip(tested[:SHOWN], spans, strict=False)
            ],
        ),
        notes=[gettext("Grey: fewer than %(few)s control items.") % {"few": FEW_CONTROLS}],
    )


def _drift(project: Project, asked: Asked, people: Sequence[ExpertMeasure]) -> Figure:
    title = gettext("%(question)s: newer answers against older ones") % {"question": asked.title}
    rows = [row for row in people if row.drift is not None]
    if not rows:
        return Figure(
            "drift",
            title,
            question=asked.key,
            empty=gettext(
                "After 20 answers of a person: are the newer ones right as often as the older ones?"
            ),
        )
    return Figure(
        "drift",
        title,
        codes=("person", "drift", "low", "high"),
        head=(gettext("Person"), gettext("Difference"), gettext("95% interval")),
        rows=[
            Row(
                [_name(project, row), figure(row.drift, 2), bounds(row.drift_low, row.drift_high)],
                weak=row.answers < 2 * FEW,
            )
            for row in rows
        ],
        svg=charts.forest(
            title,
            [
                charts.Line(
                    str(row.expert),
                    row.drift,
                    row.drift_low,
                    row.drift_high,
                    weak=row.answers < 2 * FEW,
                    href=person_link(project, row.expert),
                )
                for row in rows[:SHOWN]
            ],
            low=-1.0,
            marks=(-0.5, 0.0, 0.5),
            zero=0.0,
        ),
        said=gettext(
            "Left of the line: right less often than before. Only where the whole interval is left is it shown."
        ),
        question=asked.key,
    )


def _speed(project: Project, rows: Sequence[ExpertMeasure]) -> Figure:
    title = gettext("Time for an answer")
    timed = [row for row in rows if row.seconds is not None]
    if not timed:
        return Figure("speed", title, empty=gettext("No times are known yet."))
    longest = max(row.seconds_high or row.seconds or 0.0 for row in timed)
    ceiling = next((one for one in (30, 60, 120, 300, 600, 1200, 3600) if one >= longest), longest)
    return Figure(
        "speed",
        title,
        codes=("person", "median_seconds", "lower_quartile", "upper_quartile", "answers"),
        head=(gettext("Person"), gettext("Median, seconds"), gettext("Middle half"), gettext("Answers")),
        rows=[
            Row(
                [
                    _name(project, row),
                    figure(row.seconds, 0),
                    bounds(row.seconds_low, row.seconds_high, 0),
                    count(row.answers),
                ],
                weak=row.answers < FEW,
            )
            for row in timed
        ],
        svg=charts.forest(
            title,
            [
                charts.Line(
                    str(row.expert),
                    row.seconds,
                    row.seconds_low,
                    row.seconds_high,
                    weak=row.answers < FEW,
                    href=person_link(project, row.expert),
                )
                for row in timed[:SHOWN]
            ],
            high=float(ceiling),
            marks=(ceiling / 2,),
        ),
        said=gettext(
            "Seconds at work on an item, idling left out: the middle and the middle half of each person's answers."
        ),
        notes=[gettext("Fast is not careless: read it beside the control items.")],
        wide=len(timed) > 12,
    )
