"""Where the edges of spans differ, and which labels overlapping spans carry."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, Sum
from django.utils.translation import gettext

from annotation.models import Project
from annotation.models.mixed_up import Meeting
from annotation.models.pattern import BoundaryCount
from annotation.web import charts
from annotation.web.projects.dashboard.asked import Asked
from annotation.web.projects.dashboard.figure import Figure, Link, Row, count, text
from annotation.web.projects.dashboard.labels import items_with, most_frequent, names_of

_EDGES: tuple[tuple[int, int], ...] = ((0, 0), (1, 1), (2, 3), (4, 7), (8, 15), (16, 49), (50, 50))


def edges(project: Project, asked: Asked) -> Figure:
    """By how many characters the edges of overlapping spans differ."""
    title = gettext("%(question)s: where the edges differ") % {"question": asked.title}
    rows = BoundaryCount.objects.filter(project=project, question=asked.key)
    starts, ends = _by_distance(rows, "start"), _by_distance(rows, "end")
    whole = sum(starts)
    if not whole:
        return Figure(
            "edges",
            title,
            question=asked.key,
            empty=gettext(
                "No two people have marked overlapping spans yet. "
                "Then this shows by how many characters their edges differ."
            ),
        )
    names = [_distance(low, high) for low, high in _EDGES]
    series = [(gettext("Start"), starts), (gettext("End"), ends)]
    link = items_with(project, question=asked.key, least="0.001")
    apart = (whole - starts[0], whole - ends[0])
    return Figure(
        "edges",
        title,
        codes=("characters_apart", "starts", "ends"),
        head=(gettext("Characters apart"), gettext("Starts"), gettext("Ends")),
        rows=[
            Row([text(name), count(start), count(end)])
            for name, start, end in zip(names, starts, ends, strict=True)
        ],
        svg=charts.sides(title, names, series, links=[link if at else "" for at in range(len(names))]),
        said=gettext(
            "Of %(pairs)s pairs of overlapping spans %(starts)s %% start and %(ends)s %% end at different characters."
        )
        % {
            "pairs": charts.number(whole),
            "starts": charts.number(100 * apart[0] / whole),
            "ends": charts.number(100 * apart[1] / whole),
        },
        notes=[gettext("Left column: start; right column: end.")],
        links=[Link(gettext("Those that differ most first"), link)],
        question=asked.key,
    )


def apart(project: Project) -> tuple[int, int]:
    """Over all questions, how many pairs of overlapping spans differ in an edge, and of how many. One statement."""
    rows = BoundaryCount.objects.filter(project=project)
    sums = rows.aggregate(all=Sum("pairs"), same=Sum("pairs", filter=Q(start=0, end=0)))
    whole = sums["all"] or 0
    return whole - (sums["same"] or 0), whole


def _by_distance(rows: Any, side: str) -> list[int]:
    sums = dict(rows.values_list(side).annotate(Sum("pairs")).order_by())
    return [sum(n for distance, n in sums.items() if low <= distance <= high) for low, high in _EDGES]


def _distance(low: int, high: int) -> str:
    if low == high:
        return f"{low}+" if low == _EDGES[-1][0] else str(low)
    return f"{low}–{high}"


def types(project: Project, asked: Asked) -> Figure:
    """The labels of spans that overlap, as a heat map."""
    title = gettext("%(question)s: labels of overlapping spans") % {"question": asked.title}
    sums = (
        BoundaryCount.objects.filter(project=project, question=asked.key)
        .values_list("one", "two")
        .annotate(n=Sum("pairs"))
        .order_by("-n", "one", "two")
    )
    met = [Meeting(one, two, 0, n) for one, two, n in sums[:400]]
    if not met:
        return Figure(
            "types",
            title,
            question=asked.key,
            empty=gettext("No two people have marked overlapping spans yet."),
        )
    labels = most_frequent(asked, met)
    names = [asked.name(label) for label in labels]
    cells = {(one.one, one.two): one for one in met} | {(one.two, one.one): one for one in met}
    grid = [[float(cells[a, b].pairs) if (a, b) in cells else 0.0 for b in labels] for a in labels]
    link = items_with(project, question=asked.key, least="0.001")
    return Figure(
        "types",
        title,
        codes=("one", "two", "pairs_of_spans"),
        head=(gettext("One says"), gettext("Another says"), gettext("Pairs of spans")),
        rows=[
            Row(
                [
                    text(asked.name(one.one), raw=one.one),
                    text(asked.name(one.two), raw=one.two),
                    count(one.pairs),
                ]
            )
            for one in met
        ],
        svg=charts.heat(title, charts.Heat(names, grid), lambda i, j: link if i != j else ""),
        said=_type_sentence(asked, met),
        links=[Link(gettext("Those that differ most first"), link)],
        question=asked.key,
    )


def _type_sentence(asked: Asked, met: Sequence[Meeting]) -> str:
    apart = [one for one in met if one.one != one.two]
    if not apart:
        return gettext("Overlapping spans always carry the same label.")
    return gettext("Most often mixed up: %(labels)s.") % {"labels": names_of(asked, apart[0])}
