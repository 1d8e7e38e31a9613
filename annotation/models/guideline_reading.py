"""Which version of a guideline a person has marked as read."""

from collections.abc import Sequence
from functools import lru_cache

from django.conf import settings
from django.db import models

from annotation.formats.guideline_changes import ClauseChange, changes
from annotation.models.annotation import AnnotationVersion
from annotation.models.guideline import Guideline
from annotation.models.project import Project


class GuidelineReading(models.Model):
    """The newest version that a person has marked as read; it only ever rises."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "project"], name="one_guideline_reading_a_person"),
        )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.project_id} v{self.version}"


def read_version(guideline: Guideline, reader: int) -> int | None:
    """The version that the reader (the id of a person) knows.

    The one marked as read, else the one under which their newest answer was given.
    """
    own = {"user_id": reader, "project_id": guideline.project_id}
    marked = GuidelineReading.objects.filter(**own).values_list("version", flat=True).first()
    if marked is not None:
        return marked
    if guideline.version == 1:
        return None
    answered = AnnotationVersion.objects.filter(
        annotation__expert__user_id=reader, annotation__project=guideline.project_id
    )
    return answered.order_by("-annotation_id").values_list("guideline__version", flat=True).first()


def changes_since(guideline: Guideline, version: int | None) -> Sequence[ClauseChange]:
    """What this version has otherwise than the one that was read; nothing where none was, or it is this one."""
    if version is None or version >= guideline.version:
        return ()
    old = Guideline.objects.filter(project_id=guideline.project_id, version=version).values_list(
        "text", flat=True
    )
    return _compared(old.first() or "", guideline.text)


@lru_cache(maxsize=32)
def _compared(old: str, new: str) -> Sequence[ClauseChange]:
    """A project's readers come one after another: a process compares the same two texts once."""
    return changes(old, new)
