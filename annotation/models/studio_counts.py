"""How many tasks, answers and predictions there are, as Label Studio's API counts them. Read-only."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BigIntegerField, Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from annotation.models.arriving import still_to_come
from annotation.models.assignment import Assignment, Outcome, Purpose
from annotation.models.batch import Batch
from annotation.models.item import Item
from annotation.models.prediction import Prediction
from annotation.models.project import Project
from annotation.models.studio import StudioAnswer
from core.models import User
from core.questions import NUMBER, Rows
from core.roles import Capability

ANSWERED = Q(outcome=Outcome.SUBMITTED, annotation__retracted_at=None)
SKIPPED = Q(outcome=Outcome.SKIPPED)


def answers() -> "QuerySet[Assignment]":
    """What Label Studio calls annotations: answers that stand, and skips. No control items."""
    rows = Assignment.objects.filter(ANSWERED | SKIPPED, purpose=Purpose.WORK, item__deleted_at=None)
    found: QuerySet[Assignment] = rows.filter(item__control=False)
    return found


def own_answers(user: User) -> "QuerySet[Assignment]":
    """One's own answers that stand, and skips. Control items are among them: nothing tells those from work."""
    rows = Assignment.objects.filter(ANSWERED | SKIPPED, expert__user=user, item__deleted_at=None)
    return rows.exclude(purpose=Purpose.EXAM)


def _many(rows: "QuerySet[Any]") -> Subquery:
    counted: Any = rows.filter(project=OuterRef("pk")).order_by().values("project").annotate(n=Count("pk"))
    return Subquery(counted.values("n"))


def _stored(project: OuterRef) -> Combinable:
    """A project's items by what its batches say they stored: nobody waits for a hundred thousand rows to be counted.

    Control items are copies of others and in no such figure.
    """
    batches: Any = Batch.objects.filter(project=project).order_by().values("project")
    gone: Any = Item.everything.filter(project=project, deleted_at__isnull=False, control=False)
    removed = gone.order_by().values("project").annotate(n=Count("pk"))
    stored: Any = Cast(Sum("items_stored"), BigIntegerField())  # PostgreSQL's sum of them is a decimal
    return Coalesce(Subquery(batches.annotate(n=stored).values("n")), 0) - Coalesce(
        Subquery(removed.values("n")), 0
    )


_whole = Rows[int](
    lambda project: (
        Project.objects.filter(pk=project)
        .order_by()
        .values_list(
            _stored(OuterRef("pk")) + Coalesce(Subquery(still_to_come(OuterRef("pk"))), 0),
            _many(answers().filter(ANSWERED)),
            _many(Prediction.objects.filter(item__deleted_at=None)),
        )
    ),
    project=NUMBER,
)


def whole_project(project: int) -> tuple[int, int, int]:
    """How many items, answers and predictions the project of that number has; one statement.

    With the items that a job is about to store: those have neither answers nor predictions.
    """
    ((items, answered, predicted),) = _whole.ask(project=project)
    return items or 0, answered or 0, predicted or 0


def of_projects(projects: Sequence[Project]) -> dict[int, dict[str, Any]]:
    """The counters of each project, by its id. Five statements for all of them."""
    ids = [project.pk for project in projects]
    stored: Any = Project.objects.filter(pk__in=ids).order_by()
    items = dict(stored.values_list("pk", _stored(OuterRef("pk"))))
    done = _by_project(Item.objects.filter(project__in=ids, control=False, filled__gte=F("overlap")))
    said = answers().filter(project__in=ids)
    counted = {
        row["project"]: row
        for row in said.order_by()
        .values("project")
        .annotate(
            answered=Count("pk", filter=ANSWERED),
            skipped=Count("pk", filter=SKIPPED),
            items=Count("item", filter=ANSWERED, distinct=True),
        )
    }
    true = _by_project(
        StudioAnswer.objects.filter(
            assignment__in=said.values("pk"), ground_truth=True, cancelled=False
        ).annotate(project=F("item__project"))
    )
    predicted = _by_project(Prediction.objects.filter(project__in=ids, item__deleted_at=None))
    nothing: dict[str, int] = {"answered": 0, "skipped": 0, "items": 0}
    return {
        pk: {
            "task_number": items.get(pk, 0),
            "finished_task_number": done.get(pk, 0),
            "total_annotations_number": counted.get(pk, nothing)["answered"],
            "skipped_annotations_number": counted.get(pk, nothing)["skipped"],
            "num_tasks_with_annotations": counted.get(pk, nothing)["items"],
            "useful_annotation_number": counted.get(pk, nothing)["answered"] - true.get(pk, 0),
            "ground_truth_number": true.get(pk, 0),
            "total_predictions_number": predicted.get(pk, 0),
        }
        for pk in ids
    }


def told_to(user: User, projects: Sequence[Project]) -> dict[int, dict[str, Any]]:
    """The counters as the person may know them, by project's id.

    Who does not see the work is told of their own answers alone, control items among them: a count that stays as it
    was when they answered would tell which those are.
    """
    ids = [project.pk for project in projects]
    seen = set(
        Project.objects.where(user, Capability.SEE_WORK).filter(pk__in=ids).values_list("pk", flat=True)
    )
    blind = [project for project in projects if project.pk not in seen]
    told = of_projects([project for project in projects if project.pk in seen])
    return {**told, **_blindly(user, blind)} if blind else told


def _blindly(user: User, projects: Sequence[Project]) -> dict[int, dict[str, Any]]:
    counted = of_projects(projects)
    mine = own_answers(user).filter(project__in=[project.pk for project in projects])
    given: dict[int, int] = _by_project(mine.filter(ANSWERED))
    skipped = _by_project(mine.filter(SKIPPED))
    items: Any = mine.filter(ANSWERED).order_by().values_list("project")
    done = dict(items.annotate(Count("item", distinct=True)))
    true = _by_project(
        StudioAnswer.objects.filter(
            assignment__in=mine.values("pk"), ground_truth=True, cancelled=False
        ).annotate(project=F("item__project"))
    )
    return {
        project.pk: {
            **counted[project.pk],
            "finished_task_number": done.get(project.pk, 0),
            "total_annotations_number": given.get(project.pk, 0),
            "skipped_annotations_number": skipped.get(project.pk, 0),
            "num_tasks_with_annotations": done.get(project.pk, 0),
            "useful_annotation_number": given.get(project.pk, 0) - true.get(project.pk, 0),
            "ground_truth_number": true.get(project.pk, 0),
            **({} if project.suggestions else {"total_predictions_number": 0}),
        }
        for project in projects
    }


def _by_project(rows: "QuerySet[Any]") -> dict[int, int]:
    counted: Any = rows.order_by().values_list("project").annotate(Count("pk"))
    return dict(counted)


def of_items(items: Sequence[int], *, of: User | None = None) -> dict[int, dict[str, int]]:
    """Answers (those `of` one person alone), skips and predictions of each item, by its id. Two statements."""
    every = answers() if of is None else own_answers(of)
    said = every.filter(item__in=items).order_by().values("item")
    counted = said.annotate(answered=Count("pk", filter=ANSWERED), skipped=Count("pk", filter=SKIPPED))
    found = {row["item"]: {"answered": row["answered"], "skipped": row["skipped"]} for row in counted}
    predicted: Any = (
        Prediction.objects.filter(item__in=items).order_by().values_list("item").annotate(Count("pk"))
    )
    many = dict(predicted)
    nothing = {"answered": 0, "skipped": 0}
    return {pk: {**found.get(pk, nothing), "predicted": many.get(pk, 0)} for pk in items}
