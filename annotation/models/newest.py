"""The questions and instructions of a project that are in force. Asked with every answer, so compiled once."""

from annotation.models.guideline import Guideline
from annotation.models.project import Project
from annotation.models.schema import LabelSchema
from core.questions import NUMBER, Question, ask_all

_schema = Question[LabelSchema](
    lambda project: LabelSchema.objects.filter(project=project).order_by("-version")[:1], project=NUMBER
)
_guideline = Question[Guideline](
    lambda project: Guideline.objects.filter(project=project).order_by("-version")[:1], project=NUMBER
)


def newest(project: Project) -> tuple[LabelSchema, Guideline]:
    """Both of them, asked together."""
    (schema,), (guideline,) = ask_all(
        (_schema, {"project": project.pk}), (_guideline, {"project": project.pk})
    )
    schema.project = guideline.project = project
    return schema, guideline


def newest_schema(project: Project) -> LabelSchema:
    """The questions in force."""
    (found,) = _schema.objects(project=project.pk)
    found.project = project
    return found


def newest_guideline(project: Project) -> Guideline:
    """The instructions in force."""
    (found,) = _guideline.objects(project=project.pk)
    found.project = project
    return found
