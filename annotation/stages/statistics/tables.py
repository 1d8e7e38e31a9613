"""A question's tables in a scope: read from what is stored, or added up from items' parts."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet, Sum

from annotation.algorithms.canonical import canonical_json
from annotation.algorithms.contribution import pairs
from annotation.algorithms.figures import Table
from annotation.formats.schema import Kind, Question
from annotation.models import Counted, ItemPattern, PairCount, PatternCount
from annotation.models.contributed import Part
from annotation.models.scopes import WHOLE, holds, within

SEED = 20_261_121

Pair = tuple[int, int]
Told = tuple[Any, Any, int]


def seed_of(project_id: int, question: str, scope: str, seed: int = SEED) -> int:
    """The seed of a question's figures in a scope: the same whenever, and wherever, they are computed."""
    return random.Random(f"{seed}:{project_id}:{question}:{scope}").getrandbits(31)  # noqa: S311


def compared(questions: Iterable[Question]) -> list[Question]:
    """The questions that are measured: not those whose answers are only collected."""
    return [question for question in questions if question.kind.compared]


def stored_table(
    project_id: int, question: Question, scope: str, *, grouped: bool = False, most: int | None = None
) -> Table:
    """As the tables of folding have it. Three statements at most.

    `grouped`: items of one document belong together, so that every item is read with its document. Beyond `most` items
    they are not read: then the figures get no intervals.
    """
    mine = {"project": project_id, "question": question.key, "kind": str(question.kind)}
    cells = PatternCount.objects.filter(within(scope), **mine)
    if not grouped:
        rows = cells.order_by().values_list("pattern").annotate(Sum("items"))
        table = _empty(question, [(found, items) for found, items in rows])
    elif most is not None and (cells.aggregate(items=Sum("items"))["items"] or 0) > most:
        table = replace(stored_table(project_id, question, scope), bounded=False)
    else:
        table = _with_documents(question, _documents_of(cells))
    if scope == WHOLE and not grouped:
        told = PairCount.objects.filter(**mine)
        if len(told.order_by().values_list("first", "second").distinct()[:2]) == 1:
            for first, second, *rest in told.values_list("first", "second", "one", "two", "items"):
                table.pairs.setdefault((first, second), []).append((rest[0], rest[1], rest[2]))
    if not _is_shared(table):
        now = Counted.objects.filter(project=project_id, first=True, run_out=None).order_by()
        table.annotators = len(now.values_list("version__annotation__expert").distinct()[:2])
    return table


Document = tuple[str, Any]
"""A document, and the pattern of one of its items."""


def document_of(item: int, group_key: str) -> str:
    """The document of an item: its own, where none is named."""
    return f"d{group_key}" if group_key else f"i{item}"


def _documents_of(cells: QuerySet[PatternCount]) -> list[Document]:
    patterns = dict(cells.values_list("pk", "pattern"))
    rows = ItemPattern.objects.filter(cell__in=cells.order_by().values("pk"))
    return [
        (document_of(item, group), patterns[cell])
        for item, group, cell in rows.order_by()
        .values_list("item_id", "item__group_key", "cell_id")
        .iterator()
    ]


def _with_documents(question: Question, rows: list[Document]) -> Table:
    ordered = sorted(
        ((document, canonical_json(pattern), pattern) for document, pattern in rows), key=_first_two
    )
    table = _empty(question, [])
    table.rows = [(pattern, 1) for _, _, pattern in ordered]
    table.documents = [document for document, _, _ in ordered]
    return table


def _first_two(row: tuple[str, bytes, Any]) -> tuple[str, bytes]:
    return row[:2]


@dataclass
class Tally:
    """The tables of one question in one scope, added up item by item. Tallies of shards add up."""

    question: Question
    scope: str
    patterns: Counter[bytes] = field(default_factory=Counter)
    shapes: dict[bytes, Any] = field(default_factory=dict)
    told: dict[Pair, Counter[bytes]] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)

    def add(self, part: Part, document: str = "") -> None:
        """Count an item's part, where it belongs into the scope; `document` where items are kept with theirs."""
        if not holds(self.scope, part.cell.guideline, part.cell.day):
            return
        shape = part.pattern
        key = canonical_json(shape)
        self.shapes.setdefault(key, shape)
        self.patterns[key] += 1
        if document:
            self.documents.append((document, self.shapes[key]))
        if self.scope == WHOLE:
            for first, second, one, two in pairs(part.cell.kind, part.said_pairs):
                said = canonical_json([one, two])
                self.shapes[said] = [one, two]
                self.told.setdefault((first, second), Counter())[said] += 1

    def table(self, annotators: int, *, grouped: bool = False, bounded: bool = True) -> Table:
        """As `stored_table` gives it; `annotators` is how many people gave the answers."""
        table = _empty(self.question, [(self.shapes[key], items) for key, items in self.patterns.items()])
        if grouped and bounded:
            table = _with_documents(self.question, self.documents)
        table.bounded = bounded
        if len(self.told) == 1 and not grouped:
            table.pairs = {
                pair: [(*self.shapes[said], items) for said, items in counts.items()]
                for pair, counts in self.told.items()
            }
        if not _is_shared(table):
            table.annotators = min(annotators, 2)
        return table


def _empty(question: Question, rows: Sequence[tuple[Any, int]]) -> Table:
    in_order = sorted(rows, key=lambda row: canonical_json(row[0]))
    return Table(str(question.kind), [label.key for label in question.labels], in_order)


def _is_shared(table: Table) -> bool:
    """Whether two people have answered one item."""
    if table.kind == Kind.SPANS:
        return any(pattern["answers"] > 1 for pattern, _ in table.rows)
    return any(sum(times for _, times in pattern) > 1 for pattern, _ in table.rows)
