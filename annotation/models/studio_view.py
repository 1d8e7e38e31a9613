"""A saved look at a project's items, as Label Studio's Data Manager keeps them ("tabs")."""

from django.conf import settings
from django.db import models

from annotation.models.project import Project


class StudioView(models.Model):
    """`data` holds what its user sent: title, filters, ordering, columns. Assay reads filters and ordering."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    data = models.JSONField(default=dict)
    order = models.IntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.project_id} {self.pk}"


class StudioExport(models.Model):
    """A snapshot of a project's tasks, made in one go: `file` holds them as they were, as JSON, a line each.

    `converted`: the formats that were asked for, as Label Studio's client reads them.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=2048, blank=True)
    file = models.FileField(upload_to="studio_exports/", max_length=200)
    status = models.CharField(max_length=20, default="completed")
    md5 = models.CharField(max_length=32, blank=True)
    counters = models.JSONField(default=dict)
    converted = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.project_id} {self.title}"
