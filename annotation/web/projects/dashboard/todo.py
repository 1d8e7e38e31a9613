"""What to do? The clause behind most disputes, items worth discussing, the label that would help most."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from annotation.formats.markdown import clauses
from annotation.models import Adjudication, Dispute, Item, Project
from annotation.models.adjudication import Turn
from annotation.models.pattern import ItemPattern
from annotation.models.truth import ItemTruth
from annotation.web import charts, coverage_words
from annotation.web.cut import cut
from annotation.web.projects.dashboard.asked import Asked
from annotation.web.projects.dashboard.figure import Figure, Link, Row, count, figure, text
from annotation.web.projects.dashboard.labels import items_with
from annotation.web.values import Values

_ROWS = 8
_CLAUSES = 10


def figures(project: Project, questions: Sequence[Asked], *, blind: bool) -> list[Figure]:
    """`blind`: the reader may still answer, so that only settled items are named."""
    found = [_clauses(project)]
    for asked in questions:
        found.append(_discuss(project, asked, blind=blind))
        if not asked.is_spans:
            found.append(_next(project, asked, blind=blind))
    return found


def _clauses(project: Project) -> Figure:
    title = gettext("Clauses behind disputes")
    guideline = project.guidelines.first()
    found = clauses(guideline.text) if guideline else ()
    names = {clause: title.replace("*", "") for clause, title in found}
    decided = Adjudication.objects.filter(dispute__project=project).exclude(dispute__turn=Turn.SECOND_LOOK)
    unclear = Count("doubts", filter=Q(doubts__isnull=False), distinct=True)
    cited = list(
        decided.exclude(clause="")
        .values_list("clause")
        .annotate(n=Count("pk", distinct=True), d=unclear)
        .order_by("-n", "clause")
    )
    without = decided.filter(clause="").count()
    if not cited:
        return Figure(
            "clauses",
            title,
            empty=gettext(
                "No decision has named a clause yet. When adjudicators cite the clause that decides, this shows which "
                "part of the guideline people read differently."
            ),
            links=[_disputes(project)],
        )
    rows = [
        (f"{clause} {names[clause]}" if clause in names else clause, clause, number, doubts)
        for clause, number, doubts in cited
    ]
    return Figure(
        "clauses",
        title,
        codes=("clause", "decisions", "said_to_be_unclear"),
        head=(gettext("Clause"), gettext("Decisions"), gettext("Said to be unclear")),
        rows=[
            Row([text(name, raw=clause), count(number, _cites(project, clause)), count(doubts)])
            for name, clause, number, doubts in rows
        ],
        svg=charts.bars(
            title,
            [
                charts.Bar(name, number, _cites(project, clause))
                for name, clause, number, _ in rows[:_CLAUSES]
            ],
        ),
        said=gettext(
            "Clause %(clause)s decides most disputes: an example or a sharper sentence there saves most."
        )
        % {"clause": rows[0][1]},
        notes=[
            ngettext("%(count)s decision names no clause.", "%(count)s decisions name no clause.", without)
            % {"count": without}
        ]
        if without
        else [],
        links=[
            Link(gettext("Edit the guideline"), reverse("web:guideline", args=[project.uid])),
            _disputes(project),
        ],
    )


def _cites(project: Project, clause: str) -> str:
    return items_with(project, clause=clause)


def _disputes(project: Project) -> Link:
    waiting = Dispute.objects.filter(project=project, closed_at=None).count()
    told = ngettext("%(count)s dispute waits", "%(count)s disputes wait", waiting) % {"count": waiting}
    return Link(told, reverse("web:project-disputes", args=[project.uid]))


def _discuss(project: Project, asked: Asked, *, blind: bool) -> Figure:
    title = gettext("%(question)s: items worth discussing") % {"question": asked.title}
    rows = ItemPattern.objects.filter(project=project, question=asked.key, entropy__gt=0)
    if blind:
        rows = rows.filter(item__settled_at__isnull=False)
    found = list(rows.order_by("-entropy", "item_id").select_related("item")[:_ROWS])
    if not found:
        return Figure(
            "discuss",
            title,
            question=asked.key,
            empty=gettext(
                "No two answers differ yet. Items on which people differ most will stand here: "
                "the best material for a meeting."
            ),
        )
    parsed = _parsed(project)
    return Figure(
        "discuss",
        title,
        codes=("item", "said", "difference"),
        head=(gettext("Item"), gettext("Said"), gettext("Difference")),
        rows=[
            Row(
                [
                    _item(project, parsed, row.item),
                    text(said_in_words(asked, row.said)),
                    figure(row.entropy, 2),
                ]
            )
            for row in found
        ],
        said=gettext(
            "Where answers differ most, the most is learned by talking: about the item, and about the guideline."
        ),
        links=[Link(gettext("All of them"), items_with(project, question=asked.key, least="0.001"))],
        question=asked.key,
        open_table=True,
        wide=True,
    )


def said_in_words(asked: Asked, said: Sequence[Any]) -> str:
    """What was said and how often, without names."""
    if asked.is_spans:
        return ", ".join(
            ngettext("%(count)s span", "%(count)s spans", len(spans)) % {"count": len(spans)}
            for _, spans in said
        )
    times: dict[str, int] = {}
    for _, value in said:
        name = asked.name(value)
        times[name] = times.get(name, 0) + 1
    ordered = sorted(times.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(
        gettext("%(count)s × “%(label)s”") % {"count": number, "label": cut(name)} for name, number in ordered
    )


def _next(project: Project, asked: Asked, *, blind: bool) -> Figure:
    title = gettext("%(question)s: where one more answer helps most") % {"question": asked.title}
    if blind:
        return Figure(
            "next",
            title,
            question=asked.key,
            empty=gettext(
                "You may answer items here: which of them are in doubt would sway you, so they are not named."
            ),
        )
    rows = ItemTruth.objects.filter(project=project, question=asked.key, open=True, gain__gt=0)
    found = list(rows.order_by("-gain", "item_id").select_related("item__lane")[:_ROWS])
    if not found:
        return Figure(
            "next",
            title,
            question=asked.key,
            empty=gettext(
                "No open item has an answer yet. Then the model says on which item one more answer "
                "lowers the expected error most."
            ),
        )
    parsed = _parsed(project)
    return Figure(
        "next",
        title,
        codes=("item", "likeliest", "probability", "gain", "asks_for"),
        head=(
            gettext("Item"),
            gettext("Likeliest"),
            gettext("Sure"),
            gettext("Gain"),
            gettext("Who may answer it"),
        ),
        rows=[
            Row(
                [
                    _item(project, parsed, row.item),
                    text(asked.name(row.value)),
                    figure(row.probability, 2),
                    figure(row.gain, 3),
                    text(coverage_words.asks(_signature(row.item))),
                ]
            )
            for row in found
        ],
        said=gettext(
            "The gain is how much the expected share of errors on the item falls "
            "with one more answer of an average expert."
        ),
        links=[
            Link(gettext("Give items by name"), reverse("web:assigning", args=[project.uid])),
            Link(gettext("What would fewer labels have cost?"), reverse("web:replay", args=[project.uid])),
        ],
        question=asked.key,
        open_table=True,
        wide=True,
    )


def _signature(item: Item) -> dict[str, Any]:
    return asdict(item.lane.signature)


def _parsed(project: Project) -> dict[str, Any]:
    schema = project.schemas.first()
    return schema.parsed if schema else {"questions": [], "fields": []}


def _item(project: Project, parsed: dict[str, Any], item: Item) -> Any:
    excerpt = Values(parsed, item.data).excerpt(120) or item.uid
    return text(excerpt, href=reverse("web:item", args=[project.uid, item.uid]), raw=item.uid)


def newest(project: Project) -> tuple[Any, ...]:
    """What tells that a dispute was opened or decided since; each by an index."""
    last = Dispute.objects.filter(project=project).order_by("-pk").values_list("pk", flat=True).first()
    waiting = Dispute.objects.filter(project=project, closed_at=None).count()
    return last, waiting
