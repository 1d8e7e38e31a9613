"""What a project holds and who works in it: summary, model versions, annotators, counts, files, a sample."""

from typing import Any

from django.db.models import Count, Max
from django.urls import path
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import scripted
from annotation.api.base import person
from annotation.api.label_studio.asked import items_of
from annotation.api.label_studio.base import Studio, project_of, whole, yes
from annotation.api.label_studio.tasks import MOST_A_PAGE, bring, one_json
from annotation.formats.label_studio_config import data_keys
from annotation.models import Batch, Prediction, Project
from annotation.models.access import may
from annotation.models.studio_counts import answers, told_to
from annotation.models.studio_summary import summary_of
from annotation.studio import people
from annotation.studio.tasks import tasks_json
from core.models import User
from core.refusals import InvalidInput, NotFound
from core.roles import Capability


class ConfigIn(serializers.Serializer[Any]):
    label_config = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)


class Summary(Studio):
    """What the data and the answers hold."""

    def get(self, request: Request, pk: int) -> Response:
        project = project_of(person(request), pk, Capability.SEE_WORK)
        return Response({"project": project.pk, "created_at": project.created_at, **summary_of(project)})


class SummaryReset(Studio):
    """Count anew: nothing to do, since a summary is counted when it is asked for."""

    def post(self, request: Request, pk: int) -> Response:
        project_of(person(request), pk, Capability.LEAD_PROJECT)
        return Response(status=status.HTTP_200_OK)


class ModelVersions(Studio):
    """How many predictions each model version has made; a version's predictions can be taken away."""

    def get(self, request: Request, pk: int) -> Response:
        project = project_of(person(request), pk, Capability.SEE_WORK)
        counted: Any = Prediction.objects.filter(project=project, item__deleted_at=None).order_by("model")
        many = dict(counted.values_list("model").annotate(Count("pk")))
        if yes(request.query_params.get("extended", "")):
            latest = dict(counted.values_list("model").annotate(Max("created_at")))
            told = [
                {"model_version": name, "count": count, "latest": latest[name]}
                for name, count in many.items()
            ]
            return Response({"static": told, "live": None})
        return Response(many)

    def delete(self, request: Request, pk: int) -> Response:
        user = person(request)
        project = project_of(user, pk, Capability.LEAD_PROJECT)
        name = request.data.get("model_version") if isinstance(request.data, dict) else None
        if not isinstance(name, str) or not name:
            raise InvalidInput(_("Say which model version."), where="model_version")
        many = scripted.delete_version(project=project, by=user, name=name)
        return Response({"deleted_predictions": many})


class Annotators(Studio):
    """Who has answered items of the project."""

    def get(self, request: Request, pk: int) -> Response:
        project = project_of(person(request), pk, Capability.SEE_WORK)
        said = answers().filter(project=project)
        found = User.objects.filter(pk__in=said.values("expert__user")).order_by("pk")
        return Response([people.simple(one) for one in found])


class Counts(Studio):
    """The counters of the projects that the caller sees, a page at a time."""

    def get(self, request: Request) -> Response:
        given = request.query_params
        user = person(request)
        rows = Project.objects.visible_to(user).order_by("-pk").distinct()
        if given.get("ids"):
            rows = rows.filter(pk__in=[whole(one, "ids") for one in str(given["ids"]).split(",") if one])
        page, size = whole(given.get("page"), "page", 1, least=1), 100
        found = list(rows[(page - 1) * size : page * size])
        counted = told_to(user, found)
        results = [{"id": one.pk, **counted[one.pk]} for one in found]
        return Response({"count": rows.count(), "next": None, "previous": None, "results": results})


class Uploads(Studio):
    """The files that came in."""

    def get(self, request: Request, pk: int) -> Response:
        project = project_of(person(request), pk, Capability.SEE_WORK)
        rows = Batch.objects.filter(project=project).order_by("pk")
        ids = request.query_params.get("ids", "").strip("[]")
        if ids:
            rows = rows.filter(pk__in=[whole(one.strip(), "ids") for one in ids.split(",")])
        return Response([_upload(one) for one in rows])


class OneUpload(Studio):
    """One of them."""

    def get(self, request: Request, pk: int) -> Response:
        user = person(request)
        rows = Batch.objects.filter(project__in=Project.objects.visible_to(user).values("pk"))
        found = rows.select_related("project").filter(pk=pk).first() if pk < 2**63 else None
        if found is None or not may(user, found.project, Capability.SEE_WORK):
            raise NotFound
        return Response(_upload(found))


def _upload(batch: Batch) -> dict[str, Any]:
    return {"id": batch.pk, "file": batch.name, "size": batch.size}


class SampleTask(Studio):
    """A task that the config could show."""

    def post(self, request: Request, pk: int) -> Response:
        project = project_of(person(request), pk)
        given = self.body(request, ConfigIn).get("label_config")
        source = given or project.schemas.order_by("-version").values_list("source", flat=True)[0]
        with scripted.about_config():
            scripted.read_config(source)
        return Response({"sample_task": {key: _sample(tag) for key, tag in data_keys(source).items()}})


def _sample(tag: str) -> Any:
    if tag in {"Paragraphs", "Chat"}:
        part = {"Paragraphs": ("author", "text"), "Chat": ("role", "content")}[tag]
        return [dict(zip(part, ("user", "What does the clause say?"), strict=True))]
    if tag == "Table":
        return {"Party": "the tenant", "Term": "12 months"}
    return "The tenant owes rent." if tag in {"Text", "HyperText", "Header"} else ""


class ProjectTasks(Studio):
    """The tasks of a project as a bare list, a page at a time; for leads, away with all of them."""

    says_everywhere = True

    def get(self, request: Request, pk: int) -> Response:
        """The newest first. `start` is an offset, as an older client sends it."""
        user, given = person(request), request.query_params
        project = project_of(user, pk)
        size = whole(given.get("page_size"), "page_size", 100, least=-1)
        size = MOST_A_PAGE if size == -1 else min(size, MOST_A_PAGE)
        page = whole(given.get("page"), "page", 1, least=1)
        start = whole(given.get("start"), "start", (page - 1) * size)
        found = list(items_of(user, project).order_by("-pk")[start : start + size])
        if not found and (start or not size):
            raise NotFound(_("There is no such page."), action=_("Ask for an earlier one."))
        told = tasks_json(found, user, sees_all=may(user, project, Capability.SEE_WORK))
        return Response(
            [{**one, "updated_by": by.changed_by_id} for one, by in zip(told, found, strict=True)]
        )

    def post(self, request: Request, pk: int) -> Response:
        """One task more."""
        user = person(request)
        project = project_of(user, pk, Capability.BRING_BATCHES)
        brought = bring(project, user, request.data, "task.json", single=True)
        return Response(one_json(user, brought.items[0].pk), status=status.HTTP_201_CREATED)

    def delete(self, request: Request, pk: int) -> Response:
        user = person(request)
        project = project_of(user, pk, Capability.LEAD_PROJECT)
        found = items_of(user, project).values_list("pk", flat=True)
        scripted.delete_items(project=project, by=user, items=list(found))
        return Response(status=status.HTTP_204_NO_CONTENT)


urls = [
    path("projects/counts", Counts.as_view(), name="studio-counts"),
    path("projects/<int:pk>/summary", Summary.as_view(), name="studio-summary"),
    path("projects/<int:pk>/summary/reset", SummaryReset.as_view(), name="studio-summary-reset"),
    path("projects/<int:pk>/model-versions", ModelVersions.as_view(), name="studio-model-versions"),
    path("projects/<int:pk>/annotators", Annotators.as_view(), name="studio-annotators"),
    path("projects/<int:pk>/file-uploads", Uploads.as_view(), name="studio-uploads"),
    path("import/file-upload/<int:pk>", OneUpload.as_view(), name="studio-upload"),
    path("projects/<int:pk>/sample-task", SampleTask.as_view(), name="studio-sample-task"),
    path("projects/<int:pk>/tasks", ProjectTasks.as_view(), name="studio-project-tasks"),
]
