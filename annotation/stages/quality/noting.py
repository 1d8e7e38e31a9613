"""What a chunk's steps said, as rows of the database: figures added, flags replaced. In the chunk's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from annotation.algorithms.quality import lengths
from annotation.algorithms.quality.chunk import Found, Text, added
from annotation.models import Batch, QualityFinding, QualityRun, QualityStep, TextFacts
from annotation.models.quality import StepKey
from annotation.stages.quality.carrying import Key, Mark, key_of, marks_of
from annotation.stages.quality.likeness import compare
from annotation.stages.quality.looking import VERSIONS, Looked

KEPT_FINDINGS = 10_000
"""Of a step and a batch; the figures count all. Of personal data every flag is kept: somebody has to look at it."""
FAR = ("far_longer", "far_shorter")
_NONE: Mapping[Key, Mark] = {}


def note(batch: Batch, texts: list[Text], looked: Looked) -> None:
    """Write down what was seen of these texts, in place of what was seen of them before."""
    numbers = [one.number for one in texts]
    marks = marks_of(numbers)
    QualityFinding.objects.filter(item__in=numbers).delete()
    _keep_facts(batch, texts, looked)

    def likeness() -> None:
        with transaction.atomic():  # where it fails, the rest is kept
            looked.seen.update(compare(batch.project_id, looked))

    looked.attempt(StepKey.NEAR, likeness)
    if StepKey.EXACT not in looked.seen and (why := looked.errors.get(StepKey.NEAR)):
        looked.errors.setdefault(StepKey.EXACT, why)
    steps = {step.key: step for step in QualityStep.objects.filter(batch=batch)}
    now = timezone.now()
    fresh = [
        QualityStep(batch=batch, key=key, version=version, started_at=now)
        for key, version in VERSIONS.items()
        if key not in steps
    ]
    steps |= {step.key: step for step in fresh}
    for key, step in steps.items():
        step.error = step.error or looked.errors.get(key, "")
        if seen := looked.seen.get(key):
            step.figures = added(step.figures, seen.figures)
            _keep(batch, step, seen.found, marks)
    QualityStep.objects.bulk_create(fresh)
    kept = [step for step in steps.values() if step not in fresh]
    QualityStep.objects.bulk_update(kept, ["figures", "flagged", "error"])


def finish(batch: Batch, run: QualityRun) -> None:
    """When all texts are in: flag those far from the rest, and say that every step is done."""
    far = QualityFinding.objects.filter(batch=batch, step=StepKey.LENGTHS, code__in=FAR)
    gone = far.delete()[0]
    step = QualityStep.objects.filter(batch=batch, key=StepKey.LENGTHS, error="").first()
    if step is not None:
        step.flagged = max(step.flagged - gone, 0)
        _keep(batch, step, _far_from_the_rest(batch, step))
        step.save(update_fields=["flagged"])
    now = timezone.now()
    QualityStep.objects.filter(batch=batch, finished_at=None, error="").update(finished_at=now)
    QualityRun.objects.filter(pk=run.pk, number=run.number).update(finished_at=now)


def _keep_facts(batch: Batch, texts: list[Text], looked: Looked) -> None:
    TextFacts.objects.bulk_create(
        [
            TextFacts(
                item_id=one.number,
                batch=batch,
                characters=len(one.text),
                language=looked.languages.get(one.number, ""),
                sketch=looked.sketches.get(one.number, (b"", []))[0],
                key=looked.exact.get(one.number),
            )
            for one in texts
        ],
        update_conflicts=True,
        unique_fields=["item"],
        update_fields=["characters", "language", "sketch", "key"],
    )


def _keep(batch: Batch, step: QualityStep, found: Iterable[Found], marks: Mapping[Key, Mark] = _NONE) -> None:
    """Count the items flagged, and keep the first KEPT_FINDINGS flags or so."""
    flags = list(found)
    if step.flagged < KEPT_FINDINGS or step.key == StepKey.PERSONAL:
        QualityFinding.objects.bulk_create(
            QualityFinding(
                batch=batch,
                step=step.key,
                item_id=one.number,
                code=one.code,
                params=dict(one.params),
                **marks.get(key_of(one.number, one.code, one.params), {}),
            )
            for one in flags
        )
    step.flagged += len({one.number for one in flags})


def _far_from_the_rest(batch: Batch, step: QualityStep) -> list[Found]:
    fences = lengths.fences(step.figures.get("steps", {}))
    if fences is None:
        return []
    low, high = fences
    facts = TextFacts.objects.filter(Q(characters__lt=low) | Q(characters__gt=high), batch=batch)
    return [
        Found(pk, FAR[0] if characters > high else FAR[1], {"characters": characters})
        for pk, characters in facts.order_by("pk").values_list("pk", "characters")[:KEPT_FINDINGS]
    ]
