"""Measure a project's agreement: the Celery job behind the lead's figures."""

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from annotation.algorithms.spans import Answer
from annotation.algorithms.statistic import Statistic
from annotation.algorithms.summary import Summary, summarise_labels, summarise_sets, summarise_spans
from annotation.formats.schema import Kind, Question
from annotation.models import Agreement, Annotation, Judgement, LabelSchema, Project
from annotation.models.verdicts import asks
from core import faults, jobs

SEED = 20_261_120
Triple = tuple[int, int, Any]


class Counted(NamedTuple):
    """An annotation that is measured: whose item, by whom, under which schema version (ids)."""

    item: int
    expert: int
    schema: int


def measure_project(running: jobs.Running) -> dict[str, Any]:
    """The job: one row per question and measure, and per label; kept beside the earlier runs."""
    project = Project.objects.get(pk=running.job.args["project"])
    schemas = list(project.schemas.order_by("-version"))
    counted = _first_labels(project)
    rows: list[Agreement] = []
    compared = [question for question in schemas[0].schema.questions if question.kind != "text"]
    for at, question in enumerate(compared):
        with transaction.atomic():
            running.step(done=at, total=len(compared))
        rows += _rows(question, _summary(project, question, _asked(schemas, question, counted)))
    faults.point("measure.before_store")
    now = timezone.now()
    with transaction.atomic():
        running.step(done=len(compared))
        last = Agreement.objects.filter(project=project).aggregate(top=Max("run"))["top"] or 0
        for row in rows:
            row.project, row.run, row.computed_at = project, last + 1, now
            row.code_version = settings.ASSAY_VERSION
        Agreement.objects.bulk_create(rows)
    return {"run": last + 1, "questions": len(compared)}


def _first_labels(project: Project) -> dict[int, Counted]:
    """The annotations given blind before an item was queued for more (`Item.widened`), by id.

    Later ones, given because the first differed or because of a dispute, would bias the figure; and so would the
    answers to control items, which are chosen to be hard, or clear.
    """
    seen: Counter[int] = Counter()
    counted: dict[int, Counted] = {}
    given = Annotation.objects.counted().filter(
        project=project, tier="first", current__blind=True, item__control=False
    )
    rows = given.order_by("pk").annotate(wanted=F("item__overlap") - F("item__widened"))
    columns = ("pk", "item_id", "expert_id", "current__label_schema_id", "wanted")
    for pk, item, expert, schema, wanted in rows.values_list(*columns).iterator(chunk_size=5000):
        if seen[item] < wanted:
            seen[item] += 1
            counted[pk] = Counted(item, expert, schema)
    return counted


def _asked(schemas: list[LabelSchema], question: Question, counted: dict[int, Counted]) -> dict[int, Counted]:
    """Those whose own version asked the question: for the others a label is not missing, nor a set of spans empty."""
    asking = {schema.pk for schema in schemas if asks(schema.schema, question)}
    return {pk: one for pk, one in counted.items() if one.schema in asking}


def _triples(project: Project, question: Question, asked: dict[int, Counted]) -> Iterator[Triple]:
    said = Judgement.objects.filter(project=project, question=question.key).order_by(
        "item_id", "annotation_id"
    )
    rows = said.values_list("annotation_id", "item_id", "expert_id", "value")
    for annotation, item, expert, value in rows.iterator(chunk_size=5000):
        if annotation in asked:
            yield item, expert, value


def _summary(project: Project, question: Question, asked: dict[int, Counted]) -> Summary:
    seed = random.Random(f"{SEED}:{project.pk}:{question.key}").getrandbits(31)  # noqa: S311
    triples = _triples(project, question, asked)
    labels = [label.key for label in question.labels]
    match question.kind:
        case Kind.SPANS:
            return summarise_spans(_span_sets(triples, asked), labels=labels, seed=seed)
        case Kind.CHOICES:
            return summarise_sets(triples, labels=labels, seed=seed)
        case Kind.NUMBER:  # a figure per number would say nothing
            return summarise_labels(triples, labels=None, seed=seed)
        case _:
            return summarise_labels(triples, labels=labels, seed=seed)


def _span_sets(triples: Iterator[Triple], asked: dict[int, Counted]) -> list[Answer]:
    """Everybody who was asked has a set of spans; it is empty where they marked none."""
    marked = {(item, expert): spans for item, expert, spans in triples}
    return [
        (
            one.item,
            one.expert,
            frozenset((span[0], span[1], span[2]) for span in marked.get((one.item, one.expert), [])),
        )
        for one in asked.values()
    ]


def _rows(question: Question, summary: Summary) -> list[Agreement]:
    rows = [_row(question, summary.overall)]
    rows += [_row(question, statistic) for statistic in (summary.percent, summary.kappa) if statistic]
    rows += [_row(question, statistic, label=str(label)) for label, statistic in summary.labels.items()]
    return rows


def _row(question: Question, statistic: Statistic, label: str = "") -> Agreement:
    return Agreement(
        question=question.key,
        measure=statistic.kind,
        label=label,
        value=statistic.value,
        low=statistic.low,
        high=statistic.high,
        reason=statistic.reason or "",
        items=statistic.items,
        judgements=statistic.labels,
        details=statistic.to_json(),
        seed=statistic.seed or 0,
        inputs_hash=statistic.inputs_hash,
    )
