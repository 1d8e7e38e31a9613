"""Replay a project's labels under several policies: what other ways of asking would have cost. The job `replay`.

It writes nothing but a `MeasureRun`: what it found, with the hash of the answers that it saw, the ids of the gold that
adjudicators had decided, its seed and version, so that `manage.py recompute` can do it again.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from annotation.algorithms.sethash import SetHash
from annotation.models import MeasureRun, Project
from annotation.models.agreement import RunKind
from annotation.models.project import Policy
from annotation.models.replayable import decided, replayable
from core import faults, jobs
from core.models import Job

REPLAY = "replay"
SEED = 20_261_121


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
    """The job: every choice question with items of two labels or more, under every policy."""
    # Late: web processes load this module to ask for the job, and hold no numpy.
    from annotation.stages.statistics.folding import locked
    from annotation.stages.statistics.replayed import policies, replayed

    project = Project.objects.get(pk=running.job.args["project"])
    with transaction.atomic():
        running.step()
        state = locked(project)
        state.run += 1
        state.save(update_fields=["run"])
    run, at = MeasureRun(project=project, number=state.run), timezone.now()
    run.seen_hash = state.answers_hash or SetHash().text
    found, allowed = replayable(project.pk, run.number), _allowed(project)
    total = sum(len(policies(triples)) for triples in found.labels.values())
    done = 0

    def step() -> None:
        nonlocal done
        with transaction.atomic():
            running.step(done=done, total=total)
        done += 1
        faults.point("replay.before_policy")

    # Read once, and kept: a decision made before `at` may be committed after this.
    known = {key: decided(project.pk, key, at) for key in found.labels}
    questions = [
        replayed(key, triples, known[key].values, allowed, SEED, step)
        for key, triples in found.labels.items()
    ]
    result = {"allowed": allowed, "questions": questions, "agrees": found.seen.text == run.seen_hash}
    gold = {key: one.gold for key, one in known.items()}
    with transaction.atomic():
        running.step(done=total, total=total)
        _store(run, at, found.seen.members, {**result, "gold": gold})
    return {"run": run.number, "seed": SEED, "version": settings.ASSAY_VERSION, **result}


def _store(run: MeasureRun, at: datetime, seen: int, result: dict[str, Any]) -> None:
    run.kind, run.at, run.seen, run.result = RunKind.REPLAY, at, seen, result
    run.seed, run.code_version = SEED, settings.ASSAY_VERSION
    run.label_schema = run.project.schemas.order_by("-version").first()
    run.save(force_insert=True)


def _allowed(project: Project) -> dict[str, Any]:
    """What the project allows the adaptive policy, where it is adaptive already; else the policy's own limits."""
    if project.policy != Policy.ADAPTIVE:
        return {}
    return {"least": project.overlap, "most": project.overlap_max, "stop_at": project.stop_at}
