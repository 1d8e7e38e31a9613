"""Compute figures from the tables of folding, and store them as a run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from annotation.algorithms.figures import Figure, Table, figures
from annotation.algorithms.statistic import Reason
from annotation.formats.schema import Question
from annotation.models import Agreement, FoldState, LabelSchema, MeasureRun, Project, SpanMeasure
from annotation.models.agreement import RunKind
from annotation.models.noting import COMPUTED, TO_COMPUTE
from annotation.models.scopes import FULL_ONLY
from annotation.stages.statistics.marking import Beside, full_figures_of
from annotation.stages.statistics.tables import SEED, compared, seed_of, stored_table
from core import faults, jobs

LIVE = 2000
"""Up to so many items intervals over documents are made while answers arrive; beyond, with a full measurement."""


@dataclass
class Computed:
    """Says in the job how many tables of figures are made; not of folding, which takes no time."""

    running: jobs.Running
    whole: int
    wanted: bool
    done: int = 0

    def one_more(self) -> None:
        """One more table is done."""
        self.done += 1
        if self.wanted:
            with transaction.atomic():
                self.running.step(args={COMPUTED: self.done, TO_COMPUTE: self.whole})


@dataclass(frozen=True)
class Opened:
    """A run's number, and what it is about to compute. `stale` is by scope the block in which it was touched last."""

    number: int
    seen_hash: str
    schema: LabelSchema
    stale: dict[str, int]
    grouped: bool = False

    @property
    def inputs_hash(self) -> str:
        """The sum in the hash of what the run saw."""
        return self.seen_hash.partition(":")[0] or "0" * 64

    @property
    def seen(self) -> int:
        """How many annotations the run saw."""
        return int(self.seen_hash.partition(":")[2] or 0)


def publish(
    running: jobs.Running,
    project: Project,
    *,
    kind: RunKind = RunKind.FOLD,
    result: dict[str, Any] | None = None,
) -> int:
    """Compute the figures of every scope that has changed since they were computed; how many were stored.

    The run is opened, and the tables are read, under the lock of the project's state: so what the run saw is what
    `Counted` says. The figures are computed outside of it.
    """
    schema = project.schemas.order_by("-version").first()
    if schema is None:
        return 0
    questions = compared(schema.schema.questions)
    with transaction.atomic():
        running.step()
        state = FoldState.objects.select_for_update(no_key=True).filter(project=project).first()
        if state is None or not state.stale:
            return 0
        opened = open_run(state, schema)
        tables = {
            (question, scope): stored_table(
                project.pk,
                question,
                scope,
                grouped=opened.grouped,
                most=None if kind == RunKind.FULL else LIVE,
            )
            for scope in opened.stale
            for question in questions
        }
    faults.point("fold.before_figures")
    rows, people = _computed(running, project, opened, tables, kind)
    with transaction.atomic():
        running.step()
        store(project, opened, rows, kind, {**(result or {}), **_failed(rows, people)})
        if kind == RunKind.FULL:
            _store_people(project, opened.number, people)
    return len(rows)


def _computed(
    running: jobs.Running,
    project: Project,
    opened: Opened,
    tables: Mapping[tuple[Question, str], Table],
    kind: RunKind,
) -> tuple[list[Agreement], list[SpanMeasure]]:
    """The rows of the tables' figures and, of a full measurement, of what it computes beside them."""
    told = Computed(running, len(tables) + len(opened.schema.schema.questions), kind == RunKind.FULL)
    rows: list[Agreement] = []
    people: list[SpanMeasure] = []
    for (question, scope), table in tables.items():
        found = figures(
            table, seed=seed_of(project.pk, question.key, scope), with_labels=not scope.startswith("week:")
        )
        rows += agreement_rows(question, scope, found)
        told.one_more()
    if kind == RunKind.FULL:
        for beside in full_figures_of(project, opened.number, opened.schema.schema, grouped=opened.grouped):
            rows += agreement_rows(beside.question, beside.scope, beside.figures)
            people += people_rows(beside)
            told.one_more()
    return rows, people


def _failed(rows: Sequence[Agreement], people: Sequence[SpanMeasure]) -> dict[str, int]:
    """How many figures could not be computed, for what the run says of itself; nothing where all could."""
    reasons = [row.reason for row in rows] + [row.reason for row in people]
    failed = reasons.count(Reason.NOT_COMPUTED)
    return {"not_computed": failed} if failed else {}


def open_run(state: FoldState, schema: LabelSchema) -> Opened:
    """Give the next run its number: what is folded from here on is not seen by it. Under the lock of `state`."""
    state.run += 1
    state.save(update_fields=["run"])
    return Opened(state.run, state.seen_hash, schema, dict(state.stale), state.grouped)


def agreement_rows(question: Question, scope: str, found: Sequence[Figure]) -> list[Agreement]:
    """The rows of a question's figures, not stored yet and without their run."""
    return [
        Agreement(
            question=question.key,
            scope=scope,
            measure=figure.statistic.kind,
            label=figure.label,
            value=figure.statistic.value,
            low=figure.statistic.low,
            high=figure.statistic.high,
            reason=figure.statistic.reason or "",
            items=figure.statistic.items,
            judgements=figure.statistic.labels,
            details={**figure.statistic.to_json(), **figure.more},
            seed=figure.statistic.seed or 0,
        )
        for figure in found
    ]


def people_rows(beside: Beside) -> list[SpanMeasure]:
    """The rows of how people mark, not stored yet and without project and run."""
    return [
        SpanMeasure(
            question=beside.question.key,
            expert_id=cast(int, person.annotator),
            measure=found.kind,
            value=found.value,
            low=found.low,
            high=found.high,
            reason=found.reason or "",
            texts=person.texts,
            seed=beside.seed,
        )
        for person in beside.people
        for found in person.figures
    ]


def _store_people(project: Project, run: int, rows: Sequence[SpanMeasure]) -> None:
    """Put them in the place of an older run's; a later run's stay."""
    if SpanMeasure.objects.filter(project=project, run__gt=run).exists():
        return
    SpanMeasure.objects.filter(project=project).delete()
    for row in rows:
        row.project, row.run = project, run
    SpanMeasure.objects.bulk_create(rows)


def store(
    project: Project,
    opened: Opened,
    rows: Sequence[Agreement],
    kind: RunKind,
    result: dict[str, Any] | None = None,
) -> None:
    """Store a run with its figures, which become the current ones of their scopes unless a later run was faster."""
    now = timezone.now()
    state = FoldState.objects.select_for_update(no_key=True).get(project=project)
    later = set(
        Agreement.objects.filter(project=project, run__gt=opened.number)
        .values_list("scope", flat=True)
        .distinct()
    )
    scopes = ({row.scope for row in rows} | (set(FULL_ONLY) if kind == RunKind.FULL else set())) - later
    Agreement.objects.filter(project=project, scope__in=scopes, current=True).update(current=False)
    for row in rows:
        row.project, row.run, row.computed_at, row.current = project, opened.number, now, row.scope in scopes
        row.inputs_hash, row.code_version = opened.inputs_hash, settings.ASSAY_VERSION
    Agreement.objects.bulk_create(rows)
    MeasureRun.objects.create(
        project=project,
        number=opened.number,
        kind=kind,
        at=now,
        seen=opened.seen,
        seen_hash=opened.seen_hash or f"{0:064x}:0",
        label_schema=opened.schema,
        seed=SEED,
        code_version=settings.ASSAY_VERSION,
        result={**(result or {}), **({"grouped": True} if opened.grouped else {})},
    )
    state.stale = {scope: at for scope, at in state.stale.items() if at > opened.stale.get(scope, -1)}
    state.save(update_fields=["stale"])
