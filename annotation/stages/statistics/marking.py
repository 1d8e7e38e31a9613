"""Figures of questions about spans that no table of folding holds: computed from the answers, with a full measurement.

They stand in a scope of their own (`scopes.SPANS`), so that folding, which computes the exact F1 anew with every
answer, leaves them as they are until the next full measurement. Read-only.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Length

from annotation.algorithms.figures import Figure
from annotation.algorithms.span_figures import span_figures
from annotation.algorithms.study import Study
from annotation.formats.schema import Kind, Question, Schema
from annotation.models import Item, Project
from annotation.models.counting import Asked
from annotation.models.scopes import SPANS
from annotation.models.seen import seen_by
from annotation.stages.statistics.tables import SEED, document_of, seed_of

MOST_ITEMS = 20_000
"""Of more items only the exact F1 is measured: every pair of answers is compared place by place."""


@dataclass
class _Marks:
    """What was said to one question: (item, expert, spans), and by item its document and the length of its text."""

    rows: list[tuple[int, int, tuple[Any, ...]]] = field(default_factory=list)
    documents: dict[Hashable, Hashable] = field(default_factory=dict)
    lengths: dict[Hashable, int] = field(default_factory=dict)

    def study(self) -> Study:
        for (
            item,
            _,
            spans,
        ) in self.rows:  # a database may end a text at a NUL: no span lies outside of its text
            self.lengths[item] = max(self.lengths.get(item, 0), *(end for _, end, _ in spans), 0)
        return Study.from_triples(self.rows, groups=self.documents, extents=self.lengths)


def marked_figures(
    project: Project, run: int, schema: Schema, *, seed: int = SEED, from_results: bool = False
) -> list[tuple[Question, list[Figure]]]:
    """By question about spans, its figures from the answers that run `run` saw; none for more than MOST_ITEMS items.

    `from_results` reads the answers from the immutable results of their versions. Raises AnswerInvalid as `seen_by`.
    """
    questions = [one for one in schema.questions if one.kind == Kind.SPANS]
    if (
        not questions
        or Item.objects.filter(project=project, control=False)[MOST_ITEMS : MOST_ITEMS + 1].exists()
    ):
        return []
    said = _said(project, run, questions, from_results=from_results)
    return [
        (
            question,
            span_figures(
                _with_texts(project, marks, schema.data_keys[question.field]).study(),
                [label.key for label in question.labels],
                seed=seed_of(project.pk, question.key, SPANS, seed),
            ),
        )
        for question, marks in zip(questions, said, strict=True)
    ]


def _said(project: Project, run: int, questions: Sequence[Question], *, from_results: bool) -> list[_Marks]:
    asked, found = Asked(project.pk), [_Marks() for _ in questions]
    for answers in seen_by(project.pk, run, only_first=True, from_results=from_results):
        by_question = asked.said(answers)
        for question, marks in zip(questions, found, strict=True):
            for answer in by_question.get((question.key, str(question.kind)), []):
                spans = tuple(sorted(tuple(span) for span in answer.values.get(question.key, [])))
                marks.rows.append((answer.item, answer.expert, spans))
    return found


def _with_texts(project: Project, marks: _Marks, key: str) -> _Marks:
    """The same with documents and lengths: those of all items of the project, by one statement."""
    size = Length(Cast(KeyTextTransform(key, "data"), TextField()))
    rows = Item.objects.filter(project=project, control=False).annotate(size=size)
    for item, group, length in rows.values_list("pk", "group_key", "size").iterator():
        marks.documents[item] = document_of(item, group)
        marks.lengths[item] = length or 0
    return marks
