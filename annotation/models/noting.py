"""Note what has changed, so that the job `fold` counts it anew: soon after it happened, never in what it happened in.

Without numpy: web processes note, workers fold (`stages.statistics.folding`).
"""

import time
from collections.abc import Sequence

from django.db import transaction

from annotation.models import FoldState, Project, Unfolded
from core import audit, jobs
from core.models import Job, User
from core.writes import send

FOLD, MEASURE, TRUTH = "fold", "measure", "truth"
COMPUTED, TO_COMPUTE = "computed", "to_compute"
"""In a full measurement's arguments: how many tables of figures are made, and of how many. Not the job's `done`: a job
that counts up there is never given up, and one whose figures fail every time should be."""
FOLD_DELAY = 0.4  # seconds: what is noted meanwhile is folded at once, for little more than one answer costs
MOST_KNOWN = 10_000
begins: dict[int, float] = {}
"""By project, until when the job that this process has asked for, or found waiting, cannot begin."""
INFER_DELAY = 3.0  # the answers that come in meanwhile are seen too
ENOUGH = 20  # a twentieth of new answers is reason to infer the truth anew


def note(project_id: int, items: Sequence[int]) -> None:
    """Have these items (ids) counted anew soon. In the transaction that changes what is counted of them.

    To be called whenever an answer comes in, is corrected, retracted or made surplus, when an item's `overlap`,
    `widened`, `round` or `control` changes, when a dispute is opened, and when the item is labelled or settled, or is
    not any more."""
    if len(items) == 1:
        send(Unfolded(project_id=project_id, item_id=items[0]))
    else:
        Unfolded.objects.bulk_create(Unfolded(project_id=project_id, item_id=item) for item in items)
    transaction.on_commit(lambda: fold_soon(project_id), robust=True)


def fold_soon(project_id: int) -> None:
    """Have what was noted folded, unless that is asked for already. Outside of what noted it: nobody waits for another.

    Should the process end before this is called, the sweep asks (`fold_waiting`).
    """
    now = time.monotonic()
    if now < begins.get(project_id, 0):
        return
    if len(begins) > MOST_KNOWN:
        begins.clear()
    begins[project_id] = now + _ask_for_folding(project_id)


def _ask_for_folding(project_id: int) -> float:
    """In how many seconds the job for it can begin: it will see what is committed by then. Made where none waits."""
    due = jobs.due(_key(project_id))
    if due is not None:
        return due
    organisation = Project.objects.filter(pk=project_id).values_list("organisation_id", flat=True).first()
    with transaction.atomic():
        jobs.enqueue_once(
            FOLD,
            args={"project": project_id},
            key=_key(project_id),
            delay=FOLD_DELAY,
            project_id=project_id,
            organisation_id=organisation,
            keep=False,
        )
    return FOLD_DELAY


def fold_waiting() -> None:
    """Ask for the folding of every project that has something to fold. One statement where there is nothing."""
    for project_id in set(Unfolded.objects.order_by().values_list("project_id", flat=True).distinct()):
        _ask_for_folding(project_id)


def measure_soon(project: Project) -> None:
    """Ask for everything to be computed anew (`statistics.measure`), once for all who ask. In a transaction."""
    jobs.enqueue_once(
        MEASURE,
        args={"project": project.pk},
        key=f"{MEASURE}:{project.pk}",
        project_id=project.pk,
        organisation_id=project.organisation_id,
    )


@transaction.atomic
def measure_anew(project: Project, *, by: User) -> Job:
    """The same, because somebody asks: the job that will do it, or is at it."""
    measure_soon(project)
    audit.record(
        "agreement.asked", by=by, on=project, project_id=project.pk, organisation_id=project.organisation_id
    )
    return Job.objects.filter(project_id=project.pk, kind=MEASURE).latest("pk")


def infer_soon(project: Project, *, delay: float = INFER_DELAY) -> None:
    """Ask for the truth to be inferred (`statistics.inferring`), once for all who ask. In a transaction."""
    jobs.enqueue_once(
        TRUTH,
        args={"project": project.pk},
        key=f"{TRUTH}:{project.pk}",
        delay=delay,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        keep=False,
    )


def infer_if_due(project: Project) -> None:
    """The same, where enough has been folded since the last time."""
    state = FoldState.objects.filter(project=project).first()
    if state is None or not state.fresh:
        return
    answers = int(state.answers_hash.partition(":")[2] or 0)
    if state.fresh * ENOUGH >= answers:
        with transaction.atomic():
            infer_soon(project)


def _key(project_id: int) -> str:
    return f"{FOLD}:{project_id}"
