"""Where not? Which labels are mixed up, how unsure items are, and how the edges of spans differ."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Q
from django.utils.translation import gettext, ngettext

from annotation.models import Agreement, Project
from annotation.models.mixed_up import Meeting, Pattern, meetings, patterns_of
from annotation.models.pattern import ItemPattern
from annotation.web import charts
from annotation.web.projects.dashboard.asked import Asked
from annotation.web.projects.dashboard.edges import edges, types
from annotation.web.projects.dashboard.figure import Figure, Link, Row, count, share, text
from annotation.web.projects.dashboard.labels import (
    LABELS,
    code_of,
    items_with,
    most_frequent,
    names_of,
    pair_link,
    plain,
)

_PAIRS = 10
_BANDS = ((0.001, 0.5), (0.5, 0.9), (0.9, 1.0), (1.0, 1.5), (1.5, 9.0))
_SPAN_BANDS = ((0.001, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1.01))


def figures(project: Project, questions: Sequence[Asked]) -> list[Figure]:
    """Two or three a question."""
    found: list[Figure] = []
    for asked in questions:
        found += differences_in(project, asked)
    return found


def differences_in(project: Project, asked: Asked) -> list[Figure]:
    """Of one question."""
    if asked.is_spans:
        return [edges(project, asked), types(project, asked), _overlap_bands(project, asked)]
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
            empty=gettext(
                "No item has two answers yet. Each square will count the pairs of answers that met on an item."
            ),
        )
    labels = most_frequent(asked, met)
    names = [asked.name(plain(label)) for label in labels]
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
                    text(asked.name(plain(one.one)), raw=code_of(one.one)),
                    text(asked.name(plain(one.two)), raw=code_of(one.two)),
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
            "The stronger the colour of a square, the more often the two labels met."
        )
        % {"share": charts.number(100 * same / whole), "pairs": charts.number(whole)},
        notes=[gettext("Only the %(labels)s most frequent labels are drawn.") % {"labels": LABELS}]
        if len(labels) == LABELS and len({one.one for one in met}) > LABELS
        else [],
        question=asked.key,
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
        return Figure("mixed", title, question=asked.key, empty=said)
    rows = [(names_of(asked, one), one) for one in apart]
    return Figure(
        "mixed",
        title,
        codes=("one", "two", "items", "pairs_of_answers"),
        head=(gettext("Labels"), gettext("Items"), gettext("Pairs of answers")),
        rows=[
            Row(
                [
                    text(name, raw=(code_of(one.one), code_of(one.two))),
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
    )


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
    )
