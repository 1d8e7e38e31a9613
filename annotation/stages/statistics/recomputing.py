"""Compute a stored run's figures again, from the answers that it saw. Writes nothing.

Which answers those were stands in `Counted`; what they said is read from the immutable results of their versions. The
hash of the set tells whether it is the one that the run saw.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotation.algorithms.figures import Figure, figures
from annotation.algorithms.sethash import SetHash
from annotation.formats.schema import Question
from annotation.models import Agreement, Item, MeasureRun, Project, SpanMeasure
from annotation.models.agreement import RunKind
from annotation.models.contributed import parts_of
from annotation.models.counting import Answer, Asked
from annotation.models.scopes import FULL_ONLY
from annotation.models.seen import seen_by
from annotation.stages.statistics.marking import full_figures_of
from annotation.stages.statistics.publishing import LIVE, people_rows
from annotation.stages.statistics.tables import Tally, compared, document_of, seed_of
from core.refusals import NotFound

EQUAL = 1e-12
COLUMNS = ("value", "low", "high", "reason", "items", "judgements")
DETAILS = ("observed", "expected", "standard_error")
"""What stands in `Agreement.details` beside the columns."""

Key = tuple[str, str, str, str]
"""Question, scope, measure and label of a figure; of inferred truth the question, what it is of, '', and the id."""


@dataclass(frozen=True)
class Row:
    """One figure as it was stored and as it comes out now; None where one of the two has none."""

    key: Key
    stored: Mapping[str, Any] | None
    again: Mapping[str, Any] | None

    @property
    def equal(self) -> bool:
        """Whether they are the same to 1e-12."""
        if self.stored is None or self.again is None:
            return False
        return all(
            name in self.again and same(value, self.again[name]) for name, value in self.stored.items()
        )


@dataclass(frozen=True)
class Recomputed:
    """A run's figures computed again. `seen_hash` is of the answers that were found, `run.seen_hash` of those seen."""

    run: MeasureRun
    answers: int
    seen_hash: str
    rows: list[Row] = field(default_factory=list)

    @property
    def hash_equal(self) -> bool:
        """Whether the answers are those that the run saw."""
        return self.seen_hash == self.run.seen_hash

    @property
    def equal(self) -> bool:
        """Whether everything is as it was stored."""
        return self.hash_equal and all(row.equal for row in self.rows)


def same(one: Any, other: Any) -> bool:
    """Equal; numbers to 1e-12."""
    if isinstance(one, float) or isinstance(other, float):
        return None not in (one, other) and math.isclose(one, other, rel_tol=EQUAL, abs_tol=EQUAL)
    return bool(one == other)


def find_run(project: Project, number: int | None) -> MeasureRun:
    """The run of this number, or the newest one that computed agreement. Raises NotFound."""
    runs = MeasureRun.objects.filter(project=project).order_by("-number")
    found = (
        runs.filter(kind__in=(RunKind.FOLD, RunKind.FULL)) if number is None else runs.filter(number=number)
    )
    run = found.select_related("label_schema").first()
    if run is None:
        raise NotFound
    return run


def recompute(project: Project, run: MeasureRun) -> Recomputed:
    """Compute a run of agreement again. The answers pass one by one; what is kept are the tables of patterns.
    Figures that a later version of the code computes beside the stored ones are left out.

    Raises AnswerInvalid where a stored result is none any more.
    """
    stored = {
        (row.question, row.scope, row.measure, row.label): _columns(row)
        for row in Agreement.objects.filter(project=project, run=run.number)
    }
    scopes = sorted({(question, scope) for question, scope, _, _ in stored})
    questions = (
        {one.key: one for one in compared(run.label_schema.schema.questions)} if run.label_schema else {}
    )
    tallies = [
        Tally(questions[question], scope)
        for question, scope in scopes
        if question in questions and scope not in FULL_ONLY
    ]
    grouped = bool(run.result.get("grouped"))
    found = _Found(Asked(project.pk), tallies, _groups(project) if grouped else None)
    for answers in seen_by(project.pk, run.number, only_first=True, from_results=True):
        found.count(answers)
    again = {key: figure for tally in tallies for key, figure in found.figures(project, run, tally)}
    if run.label_schema and run.kind == RunKind.FULL:
        stored |= _people_of_spans(project, run)
        for beside in full_figures_of(
            project, run.number, run.label_schema.schema, grouped=grouped, seed=run.seed, from_results=True
        ):
            again |= dict(_stored(beside.question, beside.scope, one) for one in beside.figures)
            again |= {_person_key(row): _person_columns(row) for row in people_rows(beside)}
    rows = [Row(key, values, again.get(key)) for key, values in stored.items()]
    return Recomputed(run, found.seen.members, found.seen.text, rows)


def _people_of_spans(project: Project, run: MeasureRun) -> dict[Key, dict[str, Any]]:
    """How people mark, as run `run` stored it; empty where a later one has taken its place."""
    rows = SpanMeasure.objects.filter(project=project, run=run.number)
    return {_person_key(row): _person_columns(row) for row in rows}


def _person_key(row: SpanMeasure) -> Key:
    """The question, what it is of, the measure and the person."""
    return (row.question, "people", row.measure, str(row.expert_id))


def _person_columns(row: SpanMeasure) -> dict[str, Any]:
    """What must come out the same."""
    return {name: getattr(row, name) for name in ("value", "low", "high", "reason", "texts")}


def _groups(project: Project) -> dict[int, str]:
    """The documents that are named, by item."""
    named = Item.objects.filter(project=project).exclude(group_key="")
    return dict(named.values_list("pk", "group_key").iterator())


@dataclass
class _Found:
    asked: Asked
    tallies: list[Tally]
    groups: dict[int, str] | None
    seen: SetHash = field(default_factory=SetHash)
    people: Counter[int] = field(default_factory=Counter)

    def count(self, answers: list[Answer]) -> None:
        """One item's answers."""
        for one in answers:
            self.seen = self.seen.added(one.digest)
            self.people[one.expert] += 1
        parts = parts_of(answers, self.asked)
        document = (
            "" if self.groups is None else document_of(answers[0].item, self.groups.get(answers[0].item, ""))
        )
        for tally in self.tallies:
            part = parts.get((tally.question.key, str(tally.question.kind)))
            if part is not None:
                tally.add(part, document)

    def figures(
        self, project: Project, run: MeasureRun, tally: Tally
    ) -> Iterable[tuple[Key, dict[str, Any]]]:
        """The figures of a tally, as they are stored."""
        grouped = self.groups is not None
        bounded = not grouped or run.kind == RunKind.FULL or sum(tally.patterns.values()) <= LIVE
        made = figures(
            tally.table(len(self.people), grouped=grouped, bounded=bounded),
            seed=seed_of(project.pk, tally.question.key, tally.scope, run.seed),
            with_labels=not tally.scope.startswith("week:"),
        )
        return [_stored(tally.question, tally.scope, one) for one in made]


def _columns(row: Agreement) -> dict[str, Any]:
    return {name: getattr(row, name) for name in COLUMNS} | {
        name: row.details[name] for name in DETAILS if name in row.details
    }


def _stored(question: Question, scope: str, figure: Figure) -> tuple[Key, dict[str, Any]]:
    found = figure.statistic
    values = (found.value, found.low, found.high, found.reason or "", found.items, found.labels)
    columns = dict(zip(COLUMNS, values, strict=True)) | {name: getattr(found, name) for name in DETAILS}
    return (question.key, scope, found.kind, figure.label), columns
