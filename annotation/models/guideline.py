"""The versioned instructions of a project."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from annotation.models.project import Project


class Guideline(models.Model):
    """Markdown with numbered clauses that decisions cite."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="guidelines")
    version = models.PositiveIntegerField()
    text = models.TextField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["project", "version"], name="one_guideline_per_version"),
        )
        ordering: ClassVar[list[str]] = ["-version"]

    def __str__(self) -> str:
        return f"{self.project_id} v{self.version}"
