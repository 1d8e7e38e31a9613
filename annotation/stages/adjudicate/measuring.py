"""How often a second look came to what was decided first: the Celery job behind the lead's figures."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from annotation.algorithms.kappa import kappa_of_table
from annotation.algorithms.proportion import interval
from annotation.algorithms.statistic import Reason
from annotation.formats.schema import Kind
from annotation.models import Project, SecondLookFigure
from annotation.models.second_look import Pair, pairs_of
from core import faults, jobs

SEED = 20_261_121
_ONE_VALUE = (Kind.CHOICE, Kind.RATING)


def measure_adjudicators(running: jobs.Running) -> Mapping[str, Any]:
    """The job: for everybody and for each adjudicator, over all questions and for each; beside the earlier runs."""
    project = Project.objects.get(pk=running.job.args["project"])
    pairs = pairs_of(project)
    groups: dict[tuple[int | None, str], list[Pair]] = defaultdict(list)
    for pair in pairs:
        for who in (None, pair.first.adjudicator_id):
            for question in ("", pair.look.question):
                groups[who, question].append(pair)
    rows = [
        figure(project, *key, groups[key]) for key in sorted(groups, key=lambda key: (key[0] or 0, key[1]))
    ]
    with transaction.atomic():
        running.step(done=len(pairs))
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        last = SecondLookFigure.objects.filter(project=project).aggregate(top=Max("run"))["top"] or 0
        for row in rows:
            row.run = last + 1
        SecondLookFigure.objects.bulk_create(rows)
        faults.point("measure_adjudicators.before_commit")
    return {"run": last + 1, "pairs": len(pairs)}


def figure(
    project: Project, adjudicator: int | None, question: str, pairs: Sequence[Pair]
) -> SecondLookFigure:
    """Not saved, and without its run. Wilson's interval for the share; Cohen's kappa for a question with one value."""
    same = sum(pair.same for pair in pairs)
    low, high = interval(same, len(pairs))
    found = SecondLookFigure(
        project=project,
        adjudicator_id=adjudicator,
        question=question,
        pairs=len(pairs),
        same=same,
        low=low,
        high=high,
        seed=SEED,
        inputs_hash=_hash(pairs),
        code_version=settings.ASSAY_VERSION,
        computed_at=timezone.now(),
    )
    if question and pairs[0].kind in _ONE_VALUE:
        statistic = kappa_of_table(_table(pairs), seed=SEED)
        found.kappa, found.kappa_low, found.kappa_high = statistic.value, statistic.low, statistic.high
        found.reason = statistic.reason or ""
    else:
        found.reason = Reason.INCOMPLETE
    return found


def _table(pairs: Sequence[Pair]) -> "np.typing.NDArray[np.int64]":
    """Counts, first decision x second look; that the item is bad is a category of its own."""
    keys = sorted({key for pair in pairs for key in (pair.first_key, pair.second_key)})
    table = np.zeros((len(keys), len(keys)), dtype=np.int64)
    for pair in pairs:
        table[keys.index(pair.first_key), keys.index(pair.second_key)] += 1
    return table


def _hash(pairs: Sequence[Pair]) -> str:
    found = hashlib.sha256()
    for pair in pairs:
        found.update(f"{pair.first.uid}:{pair.second.uid}\n".encode())
    return found.hexdigest()
