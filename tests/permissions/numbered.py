"""What the Label Studio compatible API names by number: in paths, in the query and in bodies."""

from annotation import scripted
from annotation.models import Assignment, Draft, StudioView
from annotation.models.assignment import Outcome
from tests import cast
from tests.cast import Scene

ASKED = {
    "api:studio-tasks": ("project",),
    "api:studio-predictions": ("project",),
    "api:studio-views": ("project",),
    "api:studio-view-reset": ("project",),
    "api:studio-columns": ("project",),
    "api:studio-state": ("project",),
    "api:studio-actions": ("project",),
}
"""Routes whose query says which object they are about."""
NAMED = {
    "api:studio-tasks": ("project",),
    "api:studio-predictions": ("task",),
    "api:studio-views": ("project",),
    "api:studio-view-order": ("project",),
}
"""Routes whose body says so."""


def numbered_of(scene: Scene) -> dict[str, str]:
    """One object of each kind. The task, the answer, the draft and the view are the annotator's."""
    project, carol, task = scene.project, scene.people["annotator"], scene.assignment.item
    answers = Assignment.objects.filter(project=project, expert__user=carol, outcome=Outcome.SUBMITTED)
    prediction = scripted.predict(item=task, by=scene.lead, given={"result": cast.choice()})
    snapshot = scripted.take_snapshot(project=project, by=scene.lead, title="All", lines=[b"{}\n"])
    numbers = {
        "project": project.pk,
        "organisation": scene.organisation.pk,
        "user": carol.pk,
        "task": task.pk,
        "annotation": answers.order_by("pk")[0].pk,
        "draft": Draft.objects.get(assignment=scene.assignment).pk,
        "prediction": prediction.pk,
        "view": StudioView.objects.create(project=project, user=carol).pk,
        "export": snapshot.pk,
        "file-upload": scene.assignment.item.batch_id,
    }
    return {f"number:{kind}": str(number) for kind, number in numbers.items()}
