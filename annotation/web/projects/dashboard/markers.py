"""Who marks how: of a question about spans what each person finds, and how much of what they mark is there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext

from annotation.models import Project, SpanMeasure
from annotation.web import charts, sentences
from annotation.web.projects.dashboard.asked import Asked
from annotation.web.projects.dashboard.compared import FEW, SHOWN, Comparison, Rated, comparison, person_link
from annotation.web.projects.dashboard.figure import Cell, Figure, Link, Row, bounds, count, figure, text
from experts.models import Expert

CODES = (
    *("person", "f1", "f1_low", "f1_high", "found", "found_low", "found_high"),
    *("right", "right_low", "right_high", "texts"),
)
F1, FOUND, RIGHT = "span_person_f1", "span_person_sensitivity", "span_person_precision"


@dataclass
class Marker:
    """One person's figures by measure."""

    expert: Expert
    by: dict[str, SpanMeasure] = field(default_factory=dict)

    @property
    def texts(self) -> int:
        return max((row.texts for row in self.by.values()), default=0)

    @property
    def few(self) -> bool:
        return self.texts < FEW


def markers_of(project: Project) -> dict[str, list[Marker]]:
    """By question the people of the newest full measurement, by name. One statement."""
    rows = SpanMeasure.objects.filter(project=project).select_related("expert__user")
    found: dict[str, dict[int, Marker]] = {}
    for row in rows:
        people = found.setdefault(row.question, {})
        people.setdefault(row.expert_id, Marker(row.expert)).by[row.measure] = row
    return {key: _by_name(people.values()) for key, people in found.items()}


def _by_name(people: Iterable[Marker]) -> list[Marker]:
    return sorted(people, key=lambda one: (str(one.expert), one.expert.pk))


def of_question(project: Project, asked: Asked, people: Sequence[Marker]) -> Figure:
    """The people of a question about spans; where there are none, what to look at meanwhile."""
    title = gettext("%(question)s: how each person marks") % {"question": asked.title}
    edges = reverse("web:dashboard", args=[project.uid, "differences"])
    if not people:
        return Figure(
            "reliability",
            title,
            question=asked.key,
            empty=gettext(
                "How people mark is computed with a full measurement, once a day, or with “Compute anew”. Until then "
                "look at where the edges of their spans differ, and at the control items below."
            ),
            links=[Link(gettext("Differences"), edges)],
        )
    return Figure(
        "reliability",
        title,
        codes=CODES,
        head=_head(),
        rows=[_row(project, one) for one in people],
        svg=charts.forest(title, [_line(project, one) for one in people[:SHOWN]]),
        said=comparison_of(people).said,
        notes=_notes(),
        links=[Link(gettext("Where the edges differ"), edges)],
        question=asked.key,
        wide=len(people) > 12,
    )


def _head() -> tuple[str, ...]:
    return (
        gettext("Person"),
        gettext("F1"),
        gettext("95% interval"),
        gettext("Of what is there, marked"),
        gettext("95% interval"),
        gettext("Of what they marked, there"),
        gettext("95% interval"),
        gettext("Texts"),
    )


def _notes() -> list[str]:
    counted = gettext(
        "Counted in words, over texts that somebody else marked too; F1 takes what was missed and what was too "
        "much alike. With two people a text this is how far they agree, and does not say who of them is right. "
        "Grey: fewer than %(few)s texts. Of a large project some texts are drawn. "
        "Computed with the last full measurement."
    )
    return [
        gettext(
            "What is there is inferred from the others' marks of the text, each weighed by how well its author "
            "marks. Those weights come from one fit to everybody's marks, one's own among them."
        ),
        counted % {"few": FEW},
    ]


def comparison_of(people: Sequence[Marker]) -> Comparison:
    """Who is below everybody else's middle for sure, by F1."""
    rated = ((one, one.by.get(F1)) for one in people)
    return comparison(
        Rated(one.expert, row.value if row else None, row.high if row else None, one.texts)
        for one, row in rated
    )


def _row(project: Project, one: Marker) -> Row:
    cells = [text(str(one.expert), href=person_link(project, one.expert), raw=one.expert.uid)]
    for measure in (F1, FOUND, RIGHT):
        cells += _cells(one.by.get(measure))
    return Row([*cells, count(one.texts)], weak=one.few)


def _cells(row: SpanMeasure | None) -> list[Cell]:
    if row is None:
        return [figure(None), bounds(None, None)]
    return [figure(row.value, 2), bounds(row.low, row.high)]


def _line(project: Project, one: Marker) -> charts.Line:
    row, href = one.by.get(F1), person_link(project, one.expert)
    if row is None or row.value is None:
        note = sentences.reason(row.reason if row else "no_labels")
        return charts.Line(str(one.expert), None, note=note, weak=True, href=href)
    return charts.Line(str(one.expert), row.value, row.low, row.high, weak=one.few, href=href)
