"""Measure a project's agreement: the Celery job behind the lead's figures."""

import random
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from annotation.algorithms.canonical import canonical_json
from annotation.algorithms.statistic import Statistic
from annotation.algorithms.summary import Summary, summarise_labels, summarise_spans
from annotation.formats.schema import Question
from annotation.models import Agreement, Annotation, Judgement, Project
from core import faults, jobs

SEED = 20_261_120
Counted = Mapping[int, tuple[int, int]]


def measure_project(running: jobs.Running) -> dict[str, Any]:
    """The job: one row per question and measure, and per label; kept beside the earlier runs."""
    project = Project.objects.get(pk=running.job.args["project"])
    schema = project.schemas.order_by("-version")[0].schema
    counted = _first_labels(project)
    rows: list[Agreement] = []
    compared = [question for question in schema.questions if question.kind != "text"]
    for at, question in enumerate(compared):
        with transaction.atomic():
            running.step(done=at, total=len(compared))
        rows += _rows(question, _summary(project, question, counted))
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


def _first_labels(project: Project) -> dict[int, tuple[int, int]]:
    """(item, expert) by annotation, for each item's first `overlap` annotations given blind.

    Later ones, given because of a dispute, would bias the figure.
    """
    seen: dict[int, int] = {}
    counted: dict[int, tuple[int, int]] = {}
    given = Annotation.objects.counted().filter(project=project, tier="first", current__blind=True)
    rows = given.order_by("pk").values_list("pk", "item_id", "expert_id")
    for pk, item, expert in rows.iterator(chunk_size=5000):
        if seen.get(item, 0) < project.overlap:
            seen[item] = seen.get(item, 0) + 1
            counted[pk] = (item, expert)
    return counted


def _triples(project: Project, question: Question, counted: Counted) -> Iterator[tuple[int, int, Any]]:
    said = Judgement.objects.filter(project=project, question=question.key).order_by(
        "item_id", "annotation_id"
    )
    rows = said.values_list("annotation_id", "item_id", "expert_id", "value")
    for annotation, item, expert, value in rows.iterator(chunk_size=5000):
        if annotation in counted:
            yield item, expert, value


def _summary(project: Project, question: Question, counted: Counted) -> Summary:
    seed = random.Random(f"{SEED}:{project.pk}:{question.key}").getrandbits(31)  # noqa: S311
    triples = _triples(project, question, counted)
    if question.kind == "spans":
        answered = {(item, expert): value for item, expert, value in triples}
        answers = [
            (
                item,
                expert,
                frozenset((span[0], span[1], span[2]) for span in answered.get((item, expert), [])),
            )
            for item, expert in counted.values()
        ]
        return summarise_spans(answers, labels=[label.key for label in question.labels], seed=seed)
    if question.kind == "choices":  # a set is one value to the nominal measures: equal or not
        return summarise_labels(
            ((item, expert, canonical_json(sorted(value)).decode()) for item, expert, value in triples),
            seed=seed,
        )
    return summarise_labels(triples, labels=[label.key for label in question.labels], seed=seed)


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
