"""Replay a project's labels under several policies: what other ways of asking would have cost. The job `replay`.

It reads only; what it found is the job's result, with its seed, the version and a hash of the labels it saw.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from annotation.algorithms.canonical import canonical_json, inputs_hash
from annotation.formats.schema import Kind
from annotation.models import GoldLabel, Project
from annotation.models.gold import HowSettled
from annotation.models.pattern import ItemPattern
from annotation.models.project import Policy
from core import faults, jobs
from core.models import Job

if TYPE_CHECKING:
    from annotation.algorithms.replay.board import Codes, Offers
    from annotation.algorithms.replay.policies import Limits

REPLAY = "replay"
SEED = 20_261_121
LEAST_LABELS = 3
"""An item with fewer labels has nothing to compare: two labels are what every policy asks for."""
FIXED = (1, 2, 3, 4, 5, 7)

Triple = tuple[int, int, str]


@transaction.atomic
def replay_soon(project: Project) -> None:
    """Ask for a replay, once for all who ask meanwhile."""
    jobs.enqueue_once(
        REPLAY,
        args={"project": project.pk},
        key=f"{REPLAY}:{project.pk}",
        project_id=project.pk,
        organisation_id=project.organisation_id,
    )


def last_replay(project: Project) -> Job | None:
    """The newest replay, under way or ended."""
    return Job.objects.filter(project_id=project.pk, kind=REPLAY).order_by("-pk").first()


def last_found(project: Project) -> Job | None:
    """The newest replay that came to its end."""
    done = Job.objects.filter(project_id=project.pk, kind=REPLAY, state="done")
    return done.order_by("-pk").first()


def replay(running: jobs.Running) -> dict[str, Any]:
    """The job: every choice question with items of LEAST_LABELS labels or more, under every policy."""
    project = Project.objects.get(pk=running.job.args["project"])
    read = _labels(project)
    total = len(read) * (len(FIXED) + 2)
    done = 0
    questions = []
    for key, triples in read.items():
        rows = []
        offers, gold = _offers(triples, _decided(project, key))
        every = _answers(offers)
        for name in _policies(offers):
            with transaction.atomic():
                running.step(done=done, total=total)
            rows.append(_row(offers, name, _limits(project, name), every, gold))
            done += 1
            faults.point("replay.after_policy")
        questions.append(
            {
                "question": key,
                "items": offers.items,
                "people": offers.workers,
                "labels": len(triples),
                "decided": int((gold != -1).sum()),
                "inputs": inputs_hash(triples),
                "rows": rows,
            }
        )
    with transaction.atomic():
        running.step(done=total, total=total)
    return {"seed": SEED, "version": settings.ASSAY_VERSION, "questions": questions}


def _labels(project: Project) -> dict[str, list[Triple]]:
    """(item, expert, label) by question: the labels that agreement is measured from, given blind. One statement."""
    found: dict[str, list[Triple]] = defaultdict(list)
    rows = ItemPattern.objects.filter(project=project, kind=Kind.CHOICE, labels__gte=LEAST_LABELS)
    for question, item, said in rows.order_by("question", "item_id").values_list(
        "question", "item_id", "said"
    ):
        found[question] += [(item, who, canonical_json(value).decode()) for who, value in said]
    return dict(found)


def _decided(project: Project, question: str) -> dict[int, str]:
    """What an adjudicator decided, by item."""
    rows = GoldLabel.objects.filter(
        item__project=project, question=question, how=HowSettled.ADJUDICATED, superseded_at=None
    )
    return {item: canonical_json(value).decode() for item, value in rows.values_list("item_id", "value")}


def _offers(triples: list[Triple], decided: dict[int, str]) -> tuple[Offers, Codes]:
    # Late: web processes load this module to ask for the job, and hold no numpy.
    import numpy as np

    from annotation.algorithms.replay.board import Offers

    columns = [sorted({triple[at] for triple in triples}) for at in range(3)]
    codes = [{thing: code for code, thing in enumerate(column)} for column in columns]
    item, worker, label = (
        np.array([codes[at][triple[at]] for triple in triples], dtype=np.int64) for at in range(3)
    )
    gold = [codes[2].get(decided[name], -2) if name in decided else -1 for name in columns[0]]
    return Offers(len(columns[0]), len(columns[1]), item, worker, label), np.array(gold, dtype=np.int64)


def _policies(offers: Offers) -> list[str]:
    import numpy as np

    most = int(np.bincount(offers.item).max())
    return [*(f"fixed{k}" for k in FIXED if k <= most), "lead-of-two", "adaptive"]


def _limits(project: Project, name: str) -> Limits:
    """What the project allows the adaptive policy, where it is adaptive already; else every policy's own."""
    from annotation.algorithms.replay.policies import DEFAULT, Limits

    if project.policy != Policy.ADAPTIVE or name != DEFAULT:
        return Limits()
    return Limits(project.overlap, project.overlap_max, project.stop_at)


def _answers(offers: Offers) -> Codes:
    """The majority of all labels, -1 where several tie."""
    import numpy as np

    counts = np.zeros((offers.items, int(offers.label.max()) + 1))
    np.add.at(counts, (offers.item, offers.label), 1)
    single = (counts == counts.max(axis=1, keepdims=True)).sum(axis=1) == 1
    return np.where(single, counts.argmax(axis=1), -1)


def _row(offers: Offers, name: str, limits: Limits, every: Codes, gold: Codes) -> dict[str, Any]:
    from annotation.algorithms.replay import scores
    from annotation.algorithms.replay.board import Board
    from annotation.algorithms.replay.policies import policy_of
    from annotation.algorithms.replay.policy import run

    board = Board(offers, SEED)
    endings = run(board, policy_of(name, limits))
    return {
        "policy": name,
        "labels_per_item": float((board.given + endings.adjudicate).mean()),
        "as_all": scores.accuracy(scores.scores(board, endings, every)),
        "as_decided": scores.accuracy(scores.scores(board, endings, gold)),
        "busiest_share": scores.busiest_share(board),
    }
