"""Where not? Which labels are mixed up, how unsure items are, and how the edges of spans differ."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from annotation.models import Agreement, Project
from annotation.models.mixed_up import Meeting, Pattern, meetings, patterns_of
from annotation.models.pattern import BoundaryCount, ItemPattern
from annotation.web import charts
from annotation.web.projects.dashboard.asked import Asked
from annotation.web.projects.dashboard.figure import Figure, Link, Row, count, share, text

LABELS = 12  # of a heat map; more are read in the table of pairs
_PAIRS = 10
_BANDS = ((0.001, 0.5), (0.5, 0.9), (0.9, 1.0), (1.0, 1.5), (1.5, 9.0))
_SPAN_BANDS = ((0.001, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1.01))
_EDGES: tuple[tuple[int, int], ...] = ((0, 0), (1, 1), (2, 3), (4, 7), (8, 15), (16, 49), (50, 50))


def items_with(project: Project, **asked: Any) -> str:
    """The address of the items behind a mark; values are labels as JSON."""
    return f"{reverse('web:items', args=[project.uid])}?{urlencode(asked, doseq=True)}"


def figures(project: Project, questions: Sequence[Asked]) -> list[Figure]:
    """Two or three a question."""
    found: list[Figure] = []
    for asked in questions:
        found += differences_in(project, asked)
    return found


def differences_in(project: Project, asked: Asked) -> list[Figure]:
    """Of one question."""
    if asked.is_spans:
        return [_edges(project, asked), _types(project, asked), _overlap_bands(project, asked)]
    if not asked.has_labels:
        return [_number_bands(project, asked)]
    patterns = patterns_of(project, asked.key, asked.kind)
    met = meetings(patterns)
    return [_heat(project, asked, met), _mixed(project, asked, met), _bands(project, asked, patterns)]


def _heat(project: Project, asked: Asked, met: Sequence[Meeting]) -> Figure:
    title = gettext("%(question)s: who says what where another says…") % {"question": asked.title}
    if not met:
        return Figure(
            "confusion",
            title,
            question=asked.key,
            project=project.uid,
            empty=gettext(
                "No item has two answers yet. Each square will count the pairs of answers that met on an item."
            ),
        )
    labels = _shown(asked, met)
    names = [asked.name(_plain(label)) for label in labels]
    cells = {(one.one, one.two): one for one in met} | {(one.two, one.one): one for one in met}
    grid = [[float(cells[a, b].pairs) if (a, b) in cells else 0.0 for b in labels] for a in labels]
    whole = sum(one.pairs for one in met)
    same = sum(one.pairs for one in met if one.one == one.two)
    return Figure(
        "confusion",
        title,
        codes=("one", "two", "pairs_of_answers", "items"),
        head=(gettext("One says"), gettext("Another says"), gettext("Pairs of answers"), gettext("Items")),
        rows=[
            Row(
                [
                    text(asked.name(_plain(one.one)), raw=_code(one.one)),
                    text(asked.name(_plain(one.two)), raw=_code(one.two)),
                    count(one.pairs),
                    count(one.items, href=pair_link(project, asked, one.one, one.two)),
                ]
            )
            for one in met[:200]
        ],
        svg=charts.heat(
            title, charts.Heat(names, grid), lambda i, j: pair_link(project, asked, labels[i], labels[j])
        ),
        said=gettext(
            "%(share)s %% of %(pairs)s pairs of answers are equal. "
            "The darker a square, the more often the two labels met."
        )
        % {"share": charts.number(100 * same / whole), "pairs": charts.number(whole)},
        notes=[gettext("Only the %(labels)s most frequent labels are drawn.") % {"labels": LABELS}]
        if len(labels) == LABELS and len({one.one for one in met}) > LABELS
        else [],
        question=asked.key,
        project=project.uid,
    )


def _shown(asked: Asked, met: Sequence[Meeting]) -> list[Any]:
    """The labels in the order of the schema, then others; the most frequent of them."""
    weight: Counter[Any] = Counter()
    for one in met:
        weight[one.one] += one.pairs
        weight[one.two] += one.pairs
    often = [label for label, _ in weight.most_common(LABELS)]
    order = {key: at for at, key in enumerate(asked.labels)}
    return sorted(
        often, key=lambda label: (order.get(label, len(order)) if isinstance(label, str) else 0, str(label))
    )


def _mixed(project: Project, asked: Asked, met: Sequence[Meeting]) -> Figure:
    title = gettext("%(question)s: labels that are mixed up") % {"question": asked.title}
    apart = [one for one in met if one.one != one.two]
    if not apart:
        said = (
            gettext("Everybody has given the same label to every item so far.")
            if met
            else gettext("No item has two answers yet.")
        )
        return Figure("mixed", title, question=asked.key, project=project.uid, empty=said)
    rows = [(_names(asked, one), one) for one in apart]
    return Figure(
        "mixed",
        title,
        codes=("one", "two", "items", "pairs_of_answers"),
        head=(gettext("Labels"), gettext("Items"), gettext("Pairs of answers")),
        rows=[
            Row(
                [
                    text(name, raw=(_code(one.one), _code(one.two))),
                    count(one.items, pair_link(project, asked, one.one, one.two)),
                    count(one.pairs),
                ]
            )
            for name, one in rows[:200]
        ],
        svg=charts.bars(
            title,
            [
                charts.Bar(name, one.items, pair_link(project, asked, one.one, one.two))
                for name, one in rows[:_PAIRS]
            ],
        ),
        said=gettext("%(labels)s: this pair is behind more items than any other.") % {"labels": rows[0][0]},
        question=asked.key,
        project=project.uid,
    )


def _names(asked: Asked, one: Meeting) -> str:
    return f"{asked.name(_plain(one.one))} / {asked.name(_plain(one.two))}"


def pair_link(project: Project, asked: Asked, one: Any, two: Any) -> str:
    """The items on which the two labels met."""
    return items_with(project, question=asked.key, pair=[_raw(one), _raw(two)])


def _plain(label: Any) -> Any:
    return list(label) if isinstance(label, tuple) else label


def _raw(label: Any) -> str:
    return json.dumps(_plain(label), ensure_ascii=False)


def _code(label: Any) -> Any:
    """A label in a file: its key, or a set of keys as JSON."""
    return _raw(label) if isinstance(label, tuple) else label


@dataclass(frozen=True)
class _Band:
    name: str
    low: float
    high: float
    items: int


def _bands(project: Project, asked: Asked, patterns: Sequence[Pattern]) -> Figure:
    compared = [pattern for pattern in patterns if pattern.answers > 1]
    whole = sum(pattern.items for pattern in compared)
    found = [
        _Band(gettext("all the same"), -1.0, 0.0, sum(one.items for one in compared if one.entropy == 0))
    ]
    found += [
        _Band(
            gettext("%(low)s to %(high)s bits")
            % {"low": charts.number(low, 1), "high": charts.number(high, 1)}
            if high < 9
            else gettext("more than %(low)s bits") % {"low": charts.number(low, 1)},
            low,
            high,
            sum(one.items for one in compared if low <= one.entropy < high),
        )
        for low, high in _BANDS
    ]
    return _unsure(
        project,
        asked,
        found,
        whole,
        gettext(
            "The entropy of an item's answers: 0 when all are the same, 1 bit when two labels are as frequent."
        ),
    )


def _overlap_bands(project: Project, asked: Asked) -> Figure:
    bands = [
        _Band(
            gettext("%(low)s to %(high)s %%")
            % {"low": round(100 * low), "high": min(100, round(100 * high))},
            low,
            high,
            0,
        )
        for low, high in _SPAN_BANDS
    ]
    meaning = gettext("The share of an item's marks that nobody else made exactly so.")
    return _counted(project, asked, bands, meaning)


def _number_bands(project: Project, asked: Asked) -> Figure:
    return _counted(
        project,
        asked,
        [_Band(gettext("different"), 0.001, 99.0, 0)],
        gettext("Numbers are the same or they are not."),
    )


def _counted(project: Project, asked: Asked, bands: Sequence[_Band], meaning: str) -> Figure:
    """Bands counted along the index by entropy, which holds the items that differ first; the whole was measured."""
    differing = ItemPattern.objects.filter(project=project, question=asked.key, entropy__gt=0)
    sums = differing.aggregate(
        **{
            f"band{at}": Count("item", filter=Q(entropy__gte=band.low, entropy__lt=band.high))
            for at, band in enumerate(bands)
        }
    )
    main = Agreement.objects.filter(project=project, question=asked.key, scope="", label="").current()
    whole = max(main.order_by("pk").values_list("items", flat=True).first() or 0, sum(sums.values()))
    found = [replace(band, items=sums[f"band{at}"]) for at, band in enumerate(bands)]
    same = _Band(gettext("all the same"), -1.0, 0.0, whole - sum(band.items for band in found))
    return _unsure(project, asked, [same, *found], whole, meaning)


def _unsure(project: Project, asked: Asked, bands: Sequence[_Band], whole: int, meaning: str) -> Figure:
    title = gettext("%(question)s: items by how much their answers differ") % {"question": asked.title}
    if not whole:
        return Figure(
            "entropy",
            title,
            question=asked.key,
            project=project.uid,
            empty=gettext("No item has two answers yet."),
        )
    links = [
        items_with(project, question=asked.key, least=f"{band.low:g}", most=f"{band.high:g}")
        if band.low > 0
        else ""
        for band in bands
    ]
    differ = whole - bands[0].items
    return Figure(
        "entropy",
        title,
        codes=("difference", "items", "share"),
        head=(gettext("Difference"), gettext("Items"), gettext("Share")),
        rows=[
            Row([text(band.name), count(band.items, link), share(band.items / whole)])
            for band, link in zip(bands, links, strict=True)
        ],
        svg=charts.bars(
            title,
            [charts.Bar(band.name, band.items, link) for band, link in zip(bands, links, strict=True)],
        ),
        said=ngettext(
            "On %(items)s item of %(whole)s the answers differ.",
            "On %(items)s items of %(whole)s the answers differ.",
            differ,
        )
        % {"items": charts.number(differ), "whole": charts.number(whole)},
        notes=[meaning],
        links=[
            Link(
                gettext("Those that differ most first"),
                items_with(project, question=asked.key, least="0.001"),
            )
        ],
        question=asked.key,
        project=project.uid,
    )


def _edges(project: Project, asked: Asked) -> Figure:
    title = gettext("%(question)s: where the edges differ") % {"question": asked.title}
    rows = BoundaryCount.objects.filter(project=project, question=asked.key)
    starts, ends = _by_distance(rows, "start"), _by_distance(rows, "end")
    whole = sum(starts)
    if not whole:
        return Figure(
            "edges",
            title,
            question=asked.key,
            project=project.uid,
            empty=gettext(
                "No two people have marked overlapping spans yet. "
                "Then this shows by how many characters their edges differ."
            ),
        )
    names = [_distance(low, high) for low, high in _EDGES]
    series = [(gettext("Start"), starts), (gettext("End"), ends)]
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
        svg=charts.sides(title, names, series),
        said=gettext(
            "Of %(pairs)s pairs of overlapping spans %(starts)s %% start and %(ends)s %% end at different characters."
        )
        % {
            "pairs": charts.number(whole),
            "starts": charts.number(100 * apart[0] / whole),
            "ends": charts.number(100 * apart[1] / whole),
        },
        notes=[gettext("Left column: start; right column: end.")],
        question=asked.key,
        project=project.uid,
    )


def _by_distance(rows: Any, side: str) -> list[int]:
    sums = dict(rows.values_list(side).annotate(Sum("pairs")).order_by())
    return [sum(n for distance, n in sums.items() if low <= distance <= high) for low, high in _EDGES]


def _distance(low: int, high: int) -> str:
    if low == high:
        return f"{low}+" if low == _EDGES[-1][0] else str(low)
    return f"{low}–{high}"


def _types(project: Project, asked: Asked) -> Figure:
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
            project=project.uid,
            empty=gettext("No two people have marked overlapping spans yet."),
        )
    labels = _shown(asked, met)
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
        project=project.uid,
    )


def _type_sentence(asked: Asked, met: Sequence[Meeting]) -> str:
    apart = [one for one in met if one.one != one.two]
    if not apart:
        return gettext("Overlapping spans always carry the same label.")
    return gettext("Most often mixed up: %(labels)s.") % {"labels": _names(asked, apart[0])}
