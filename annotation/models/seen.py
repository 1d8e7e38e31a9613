"""The answers that a stored figure was computed from: which they were stands in `Counted`, what they said in versions.

Read-only. Items come one after the other, so that a project of any size can be read.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db.models import Q

from annotation.formats.answers import check
from annotation.formats.schema import Schema
from annotation.models.annotation import AnnotationVersion, Judgement
from annotation.models.counting import Answer
from annotation.models.folding import Counted
from annotation.models.schema import LabelSchema

AT_ONCE = 500

_COLUMNS = (
    "item_id",
    "version_id",
    "first",
    "version__annotation_id",
    "version__annotation__uid",
    "version__annotation__current_id",
    "version__number",
    "version__annotation__expert_id",
    "version__label_schema_id",
    "version__guideline__version",
    "version__created_at",
    "version__seconds",
)


def seen_by(
    project_id: int, run: int, *, only_first: bool = False, from_results: bool = False
) -> Iterator[list[Answer]]:
    """Item by item, in the order of their ids, the answers that run `run` saw, in the order in which they were given.

    `only_first`: those that agreement is measured from. `from_results`: what was said is read from the results of the
    versions, which nobody can change, and checked again; else from the judgements, where the version is the newest.
    Raises AnswerInvalid for a result that is none by today's rules.
    """
    rows = Counted.objects.filter(
        Q(run_out=None) | Q(run_out__gt=run), project=project_id, run_in__lte=run
    ).order_by("item_id", "version__annotation_id")
    if only_first:
        rows = rows.filter(first=True)
    reader = _Reader(project_id, from_results=from_results)
    after = 0
    while True:
        items = list(
            rows.filter(item__gt=after)
            .order_by("item_id")
            .values_list("item_id", flat=True)
            .distinct()[:AT_ONCE]
        )
        if not items:
            return
        after = items[-1]
        block = list(rows.filter(item__in=items).values_list(*_COLUMNS))
        values = reader.values(block)
        for _, group in groupby(block, key=lambda row: row[0]):
            yield [_answer(row, values[row[1]]) for row in group]


def _answer(row: tuple[Any, ...], values: dict[str, Any]) -> Answer:
    item, version, first, _, uid, _, number, expert, schema, guideline, given_at, seconds = row
    return Answer(item, version, uid, number, expert, schema, guideline, given_at, seconds, first, values)


class _Reader:
    def __init__(self, project_id: int, *, from_results: bool) -> None:
        self._from_results = from_results
        self._schemas: dict[int, Schema] = {
            one.pk: one.schema for one in LabelSchema.objects.filter(project=project_id)
        }

    def values(self, block: list[tuple[Any, ...]]) -> dict[int, dict[str, Any]]:
        """By version (an id), what it says. Two statements at most."""
        old = [row[1] for row in block if self._from_results or row[1] != row[5]]
        found: dict[int, dict[str, Any]] = defaultdict(dict)
        if len(old) < len(block):
            version_of = {row[3]: row[1] for row in block}
            said = Judgement.objects.filter(annotation__in=version_of)
            for annotation, question, value in said.values_list("annotation_id", "question", "value"):
                found[version_of[annotation]][question] = value
        if old:
            rows = AnnotationVersion.objects.filter(pk__in=old).values_list(
                "pk", "label_schema_id", "annotation__item__data", "result"
            )
            for version, schema, data, result in rows:
                found[version] = check(self._schemas[schema], data, result, complete=False)
        return found
