"""The versioned questions of a project."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from annotation.formats.config_controls import control_names
from annotation.formats.schema import Schema, outside_notes
from annotation.models.project import Project


class LabelSchema(models.Model):
    """`source` is the labelling config, byte for byte; `parsed` the same as JSON, for editor and checks."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="schemas")
    version = models.PositiveIntegerField()
    source = models.TextField()
    parsed = models.JSONField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["project", "version"], name="one_schema_per_version"),)
        ordering: ClassVar[list[str]] = ["-version"]

    def __str__(self) -> str:
        return f"{self.project_id} v{self.version}"

    @property
    def beyond_workspace(self) -> tuple[Mapping[str, Any], ...]:
        """Notes of what the workspace cannot show; with any, scripts label the project."""
        return outside_notes(self.parsed.get("notes", ()))

    @property
    def schema(self) -> Schema:
        return Schema.from_json(self.parsed)

    @property
    def also_asked(self) -> frozenset[str] | None:
        """Controls of the config that the schema has no question for; None where the config asks nothing at all."""
        names = control_names(self.source)
        return frozenset(names - self.schema.by_key.keys()) if names else None
