"""How often an expert's answers were right: counted as they come, and read back."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from annotation.models.control import ControlResult, Reliability, Suspension
from annotation.models.project import Project


@transaction.atomic
def count(project_id: int, right: Mapping[int, bool], kind: str) -> None:
    """One more answer by each expert (id -> whether it was right), in the transaction of what it is counted for."""
    count_all(project_id, {(expert, kind): (1, int(says)) for expert, says in right.items()})


@transaction.atomic
def count_all(project_id: int, answers: Mapping[tuple[int, str], tuple[int, int]]) -> None:
    """So many more answers by each expert (id) to each kind of item, and how many of those were right.

    In the order of ids, so that nobody waits crosswise.
    """
    if not answers:
        return
    Reliability.objects.bulk_create(
        [Reliability(project_id=project_id, expert_id=expert, kind=kind) for expert, kind in sorted(answers)],
        ignore_conflicts=True,
    )
    rows = Reliability.objects.filter(project=project_id)
    for (expert, kind), (asked, right) in sorted(answers.items()):
        rows.filter(expert=expert, kind=kind).update(asked=F("asked") + asked, right=F("right") + right)


@transaction.atomic
def adjust(project_id: int, expert_id: int, kind: str, *, asked: int, right: int) -> None:
    """Change a record by so much, in the transaction of what corrects it. Who has none gets one where it grows."""
    if asked > 0:
        Reliability.objects.bulk_create(
            [Reliability(project_id=project_id, expert_id=expert_id, kind=kind)], ignore_conflicts=True
        )
    rows = Reliability.objects.filter(project=project_id, expert=expert_id, kind=kind)
    rows.update(asked=F("asked") + asked, right=F("right") + right)


def tested(project: Project, expert_id: int) -> tuple[int, int]:
    """How many of the expert's last `control_window` control items in work were right, and how many those are.

    A suspension that has ended was a fresh start: what lies before its end is not counted again.
    """
    ended = Suspension.objects.filter(project=project, expert=expert_id).exclude(ended_at=None)
    since = ended.order_by("-ended_at").values_list("ended_at", flat=True).first()
    results = ControlResult.objects.filter(project=project, expert=expert_id, in_exam=False)
    if since is not None:
        results = results.filter(at__gt=since)
    last = list(results.order_by("-pk").values_list("right", flat=True)[: project.control_window])
    return sum(last), len(last)
