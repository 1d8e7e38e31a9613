"""Write down anew what settling disputes is worth: when weights change, and daily, as more is known of people."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from annotation.models import Adjudication, Dispute, Project
from annotation.models.adjudication import Turn
from annotation.models.weighing import weigh
from annotation.models.worth import weighed, weight_of
from annotation.stages.adjudicate.precedents import index
from core import faults, jobs

WEIGH = "weigh_disputes"
CHUNK = 100


def reweigh_questions(project: Project) -> None:
    """The weights of the project's questions have changed: one statement a question. In a transaction."""
    rows = Dispute.objects.filter(project=project, closed_at=None)
    for question in rows.order_by().values_list("question", flat=True).distinct():
        rows.filter(question=question).update(gain=F("uncertainty") * weight_of(project, question))


@transaction.atomic
def weigh_daily() -> None:
    """Have the disputes of every project that has open ones weighed again."""
    rows = Project.objects.filter(disputes__closed_at=None, disputes__isnull=False).distinct()
    for project in rows.order_by("pk"):
        weigh_soon(project)


def weigh_soon(project: Project) -> None:
    """Have the project's disputes weighed again, once for all who ask. In a transaction."""
    jobs.enqueue_once(
        WEIGH,
        args={"project": project.pk},
        key=f"{WEIGH}:{project.pk}",
        project_id=project.pk,
        organisation_id=project.organisation_id,
        keep=False,
    )


def weigh_all(running: jobs.Running) -> Mapping[str, Any]:
    """The job: weigh a project's open disputes from their answers, and those whose decisions are not indexed yet."""
    open_ones, unindexed = Q(closed_at=None), Q(adjudication__isnull=False, adjudication__precedent=None)
    rows = Dispute.objects.filter(
        open_ones | unindexed & ~Q(turn=Turn.SECOND_LOOK), project=running.job.args["project"]
    ).select_related("project", "item__lane", "item__project")
    after, count = 0, 0
    while chunk := list(rows.filter(pk__gt=after).order_by("pk")[:CHUNK]):
        with transaction.atomic():
            running.step(done=count)
            for dispute in chunk:
                _weigh(dispute)
        after, count = chunk[-1].pk, count + len(chunk)
        faults.point("weigh_disputes.after_chunk")
    return {"disputes": count}


def _weigh(dispute: Dispute) -> None:
    for each in weigh(dispute.item):
        if each.question.key == dispute.question and each.deciding.annotations:
            weighed(dispute, each)
            Dispute.objects.filter(pk=dispute.pk).update(
                uncertainty=dispute.uncertainty, gain=dispute.gain, tally=dispute.tally
            )
    if dispute.turn != Turn.SECOND_LOOK:
        for decision in Adjudication.objects.filter(dispute=dispute, precedent=None).select_related(
            "dispute__item__lane", "label_schema"
        ):
            index(decision)
