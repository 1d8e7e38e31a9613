"""Do they agree? By question and label, week by week, under each version of the guideline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from annotation.models import Agreement, Guideline, Project
from annotation.models.scopes import FULL_ONLY
from annotation.web import charts, sentences
from annotation.web.projects.dashboard import measures
from annotation.web.projects.dashboard.asked import Asked, asked_in
from annotation.web.projects.dashboard.few import FEW, FEW_WITH_LABEL, few
from annotation.web.projects.dashboard.figure import Figure, Row, bounds, count, figure, text
from annotation.web.projects.dashboard.labels import as_json, items_with

_WEEK, _GUIDELINE = "week:", "guideline:"
# Measures that Krippendorff's thresholds are for.
_MARKED = ("alpha", "alpha_ordinal", "alpha_interval", "alpha_masi", "alpha_u")


@dataclass(frozen=True)
class Measured:
    """The figures that count now, of one question; `main` is its first measure as a whole.

    `overall` are all its measures as a whole that are kept live, `full` what the newest full measurement added.
    """

    asked: Asked
    main: Agreement
    labels: Sequence[Agreement]
    weeks: Sequence[tuple[date, Agreement]]
    versions: Sequence[tuple[int, Agreement]]
    overall: Sequence[Agreement] = ()
    full: Sequence[Agreement] = ()

    @property
    def marks(self) -> Sequence[float]:
        return charts.THRESHOLDS if self.main.measure in _MARKED else charts.QUARTERS

    @property
    def measure(self) -> str:
        return sentences.measure(self.main.measure)


def selection() -> str:
    """What agreement is measured from, in a sentence (the rule stands in `models.Agreement`)."""
    return gettext(
        "Counted are the first answers to each item, as many as the project asks for whatever was answered, given "
        "blind and without a suggestion. Left out are answers asked for because the first ones differed, those of "
        "specialists and adjudicators, surplus and retracted ones, control items and exams: they would bend the figure."
    )


def measured_in(project: Project) -> list[Measured]:
    """Question by question; one statement for the figures, one for the questions."""
    rows = list(Agreement.objects.filter(project=project).current().order_by("pk"))
    found = []
    for asked in asked_in(project):
        mine = [row for row in rows if row.question == asked.key]
        whole = [row for row in mine if not row.scope]
        overall = [row for row in whole if not row.label]
        if not overall:
            continue
        scoped = [row for row in mine if row.scope and not row.label and row.measure == overall[0].measure]
        found.append(
            Measured(
                asked,
                overall[0],
                [row for row in whole if row.label],
                sorted(_weeks(scoped), key=lambda pair: pair[0]),
                sorted(_versions(scoped), key=lambda pair: pair[0]),
                overall,
                [row for row in mine if row.scope in FULL_ONLY],
            )
        )
    return found


def _weeks(rows: Iterable[Agreement]) -> list[tuple[date, Agreement]]:
    return [(date.fromisoformat(row.scope[len(_WEEK) :]), row) for row in rows if row.scope.startswith(_WEEK)]


def _versions(rows: Iterable[Agreement]) -> list[tuple[int, Agreement]]:
    return [(int(row.scope[len(_GUIDELINE) :]), row) for row in rows if row.scope.startswith(_GUIDELINE)]


def figures(project: Project, measured: Sequence[Measured]) -> list[Figure]:
    """The questions, then of each its labels, its weeks and its guideline versions."""
    if not measured:
        return []
    events = [
        charts.Event(
            guideline.created_at.date(), gettext("Guideline %(version)s") % {"version": guideline.version}
        )
        for guideline in Guideline.objects.filter(project=project).order_by("version").defer("text")
        if guideline.version > 1
    ]
    found = [_overall(project, measured)]
    for one in measured:
        found.append(measures.of_question(one.asked, [*one.overall, *one.full]))
        found += [_labels(project, one), _trend(project, one, events), _before_after(project, one)]
    return found


def _overall(project: Project, measured: Sequence[Measured]) -> Figure:
    lines = [
        _line(one.asked.title, one.main, href=items_with(project, question=one.asked.key, least="0.001"))
        for one in measured
    ]
    title = gettext("Agreement by question")
    return Figure(
        "agreement",
        title,
        codes=("question", "measure", "value", "low", "high", "items", "answers"),
        head=(
            gettext("Question"),
            gettext("Measure"),
            gettext("Value"),
            gettext("95% interval"),
            gettext("Items"),
            gettext("Answers"),
        ),
        rows=[
            Row(
                [
                    text(one.asked.title, raw=one.asked.key),
                    text(one.measure, raw=one.main.measure),
                    figure(one.main.value),
                    bounds(one.main.low, one.main.high),
                    count(one.main.items),
                    count(one.main.judgements),
                ],
                weak=one.main.items < FEW,
            )
            for one in measured
        ],
        svg=charts.forest(title, lines, low=charts.floor_of(lines), marks=charts.THRESHOLDS),
        notes=few([one.main for one in measured]),
        wide=True,
    )


def _labels(project: Project, one: Measured) -> Figure:
    title = gettext("%(question)s: each label against the rest") % {"question": one.asked.title}
    rows = sorted(one.labels, key=lambda row: (row.value is None, row.value or 0.0))
    if not rows:
        return Figure(
            "labels",
            title,
            question=one.asked.key,
            empty=gettext("This question has no labels."),
        )
    lines = [
        _line(
            one.asked.name(row.label),
            row,
            few=FEW_WITH_LABEL,
            items=_carrying(row),
            href=_label_link(project, one.asked, row.label),
        )
        for row in rows[:20]
    ]
    return Figure(
        "labels",
        title,
        codes=("label", "value", "low", "high", "items_with_it"),
        head=(gettext("Label"), gettext("Value"), gettext("95% interval"), gettext("Items with it")),
        rows=[
            Row(
                [
                    text(one.asked.name(row.label), raw=row.label),
                    figure(row.value),
                    bounds(row.low, row.high),
                    count(_carrying(row)),
                ],
                weak=_carrying(row) < FEW_WITH_LABEL,
            )
            for row in rows
        ],
        svg=charts.forest(title, lines, low=charts.floor_of(lines), marks=one.marks),
        said=gettext("The label that people agree on least stands first."),
        question=one.asked.key,
    )


def _trend(project: Project, one: Measured, events: Sequence[charts.Event]) -> Figure:
    title = gettext("%(question)s: week by week") % {"question": one.asked.title}
    points = [
        charts.Point(
            day,
            row.value,
            row.low,
            row.high,
            row.items,
            weak=row.items < FEW,
            href=items_with(project, question=one.asked.key, week=day.isoformat()),
        )
        for day, row in one.weeks
        if row.value is not None
    ]
    if len(points) < 2:
        return Figure(
            "trend",
            title,
            question=one.asked.key,
            empty=gettext("A trend needs two weeks with items that two people answered."),
        )
    return Figure(
        "trend",
        title,
        codes=("week", "value", "low", "high", "items"),
        head=(gettext("Week from"), gettext("Value"), gettext("95% interval"), gettext("Items")),
        rows=[
            Row(
                [
                    text(charts.day(day), raw=day.isoformat()),
                    figure(row.value),
                    bounds(row.low, row.high),
                    count(row.items),
                ],
                weak=row.items < FEW,
            )
            for day, row in reversed(one.weeks)
        ],
        svg=charts.trend(title, points, events, marks=one.marks),
        said=gettext("An item belongs to the week in which its last counted answer came."),
        question=one.asked.key,
    )


def _before_after(project: Project, one: Measured) -> Figure:
    title = gettext("%(question)s: by version of the guideline") % {"question": one.asked.title}
    if not one.versions:
        return Figure(
            "guideline",
            title,
            question=one.asked.key,
            empty=gettext("Nothing has been measured under a single version of the guideline yet."),
        )
    named = [(gettext("Version %(version)s") % {"version": version}, row) for version, row in one.versions]
    lines = [
        _line(name, row, href=items_with(project, question=one.asked.key, guideline=version))
        for (name, row), (version, _) in zip(named, one.versions, strict=True)
    ]
    return Figure(
        "guideline",
        title,
        codes=("version", "value", "low", "high", "items"),
        head=(gettext("Guideline"), gettext("Value"), gettext("95% interval"), gettext("Items")),
        rows=[
            Row(
                [text(name), figure(row.value), bounds(row.low, row.high), count(row.items)],
                weak=row.items < FEW,
            )
            for name, row in named
        ],
        svg=charts.forest(title, lines, low=charts.floor_of(lines), marks=one.marks),
        said=_change(one.versions),
        notes=[gettext("Items whose answers were given under several versions are in none of the rows.")],
        question=one.asked.key,
    )


def _change(versions: Sequence[tuple[int, Agreement]]) -> str:
    """What the newest version brought, where the intervals lie apart; that they overlap, where they do."""
    if len(versions) < 2:
        return ""
    (_, before), (_, after) = versions[-2], versions[-1]
    if before.low is None or before.high is None or after.low is None or after.high is None:
        return ""
    if after.low > before.high:
        return gettext("Under the newest version people agree more: the intervals lie apart.")
    if after.high < before.low:
        return gettext("Under the newest version people agree less: the intervals lie apart.")
    return gettext("The intervals overlap: a difference between the last two versions is not shown.")


def _line(
    name: str, row: Agreement, *, few: int = FEW, items: int | None = None, href: str = ""
) -> charts.Line:
    seen = row.items if items is None else items
    if row.value is None:
        return charts.Line(name, None, note=sentences.reason(row.reason), weak=True, href=href)
    return charts.Line(name, row.value, row.low, row.high, weak=seen < few, href=href)


def _label_link(project: Project, asked: Asked, label: str) -> str:
    """The items on which somebody gave the label and somebody did not; of spans those whose marks differ."""
    if asked.is_spans:
        return items_with(project, question=asked.key, least="0.001")
    return items_with(project, question=asked.key, label=label if asked.kind == "rating" else as_json(label))


def _carrying(row: Agreement) -> int:
    carrying = row.details.get("carrying")
    return row.items if carrying is None else int(carrying)
