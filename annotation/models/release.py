"""An immutable, numbered, hashed set of gold labels."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models

from annotation.models.guideline import Guideline
from annotation.models.item import Item
from annotation.models.project import Project
from annotation.models.schema import LabelSchema
from core.ids import new_uid
from core.models import Job
from core.roles import Capability

if TYPE_CHECKING:
    from core.models import User


class ReleaseQuerySet(models.QuerySet["Release"]):
    def visible_to(self, user: "User") -> "ReleaseQuerySet":
        return self.filter(project__in=Project.objects.where(user, Capability.SEE_WORK).values("pk"))


class Release(models.Model):
    """Frozen first (its members are rows), then written by jobs, then published by one conditional update.

    `manifest` and `manifest_sha256` are empty until then. `number` and times are not part of the files' bytes: the same
    state gives the same bytes. Once published, triggers refuse a change.
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    label_schema = models.ForeignKey(LabelSchema, on_delete=models.PROTECT, related_name="+")
    guideline = models.ForeignKey(Guideline, on_delete=models.PROTECT, related_name="+")
    agreement_run = models.BigIntegerField(null=True)
    items = models.BigIntegerField(default=0)
    manifest = models.JSONField(default=dict)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ReleaseQuerySet] = ReleaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (models.UniqueConstraint(fields=["project", "number"], name="one_release_per_number"),)
        ordering: ClassVar[list[str]] = ["-number"]

    def __str__(self) -> str:
        return f"{self.project_id} r{self.number}"


class ReleaseMember(models.Model):
    """One item of a release at its position, with the gold labels and annotation versions it froze.

    `gold` lists `{"gold": id, "class"}`, `versions` lists `{"version": id, "class"}`: the class of credential behind
    the decision (null without one) or answer when it was made. Triggers refuse an update or a delete.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="members")
    position = models.BigIntegerField()
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    gold = models.JSONField()
    versions = models.JSONField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["release", "position"], name="one_member_per_position"),
        )

    def __str__(self) -> str:
        return f"{self.release_id} {self.position}"


class ReleaseFile(models.Model):
    """A finished shard, or with `shard` null a whole file. `path` is relative to the release's folder."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="files")
    format = models.CharField(max_length=40)
    shard = models.PositiveIntegerField(null=True)
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    rows = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["release", "format", "shard"], name="one_file_per_shard"),
            models.UniqueConstraint(fields=["release", "path"], name="one_file_per_path"),
        )

    def __str__(self) -> str:
        return self.path
