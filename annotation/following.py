"""Bring a script's new overlap to items that somebody has begun, as Label Studio does: a job, and the first at once.

On the pages those keep what they asked for (`stages.spread`).
"""

from typing import Any

from django.db import transaction

from annotation.models import Item, Project
from annotation.models.noting import note
from annotation.models.project import Policy
from annotation.stages import revise, spread
from core import faults, jobs

FOLLOW = "follow_overlap"
CHUNK = 200


@transaction.atomic
def follow_soon(project: Project) -> None:
    """The first items in the caller's transaction, the others by a job; nothing where a policy counts the answers."""
    if project.policy != Policy.FIXED:
        return
    if _follow(project, after=0) is None:
        return
    jobs.enqueue_once(
        FOLLOW,
        args={"project": project.pk},
        key=f"{FOLLOW}:{project.pk}",
        project_id=project.pk,
        organisation_id=project.organisation_id,
    )


def follow_overlap(running: jobs.Running) -> dict[str, Any]:
    """The job: all begun items, a chunk a transaction. What is changed meanwhile holds from there on."""
    done = running.job.done
    while True:
        with transaction.atomic():
            args = running.job.args
            running.step()
            last = _follow(Project.objects.get(pk=args["project"]), after=args.get("after", 0))
            if last is None:
                return {"items": done}
            done += CHUNK
            running.step(done=done, args={"after": last})
        faults.point("follow.after_chunk")


def _follow(project: Project, after: int) -> int | None:
    """One chunk; the last item's number, None where there is none left."""
    begun = Item.objects.filter(project=project, control=False, widened=0, pk__gt=after)
    waiting = begun.exclude(routed_at=None).exclude(overlap=project.overlap).order_by("pk")
    pks = list(waiting.values_list("pk", flat=True)[:CHUNK])
    for pk in pks:
        revise.ask_anew(item_id=pk, answers=project.overlap)
    spread.advance_complete(pks, project)
    note(project.pk, pks)
    return pks[-1] if pks else None
