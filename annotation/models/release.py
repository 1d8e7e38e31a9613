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
    """Frozen first (its members are rows), then judged by its policy, written by jobs, published by one update.

    `manifest` and `manifest_sha256` are empty until then. `number` and times are not part of the files' bytes: the same
    state gives the same bytes. Once published, triggers refuse a change. `formats` are the registry's keys, `policy`
    what was asked (`ReleasePolicy.frozen`), `licence` the release's own, `about` what was true of the project when its
    rows were frozen, `scope` a hash of those rows, which keys its pseudonyms. `gate` lists the checks with their
    figures; where one failed without a waiver the release is held (`held_at`) until somebody waives it or gives it up
    (`dropped_at`). `root` is the Merkle root over its rows, `key` the id of the signing key, `place` where it stands
    ("": a folder; else the address of a bucket).
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
    formats = models.JSONField(default=list)
    policy = models.JSONField(default=dict)
    licence = models.CharField(max_length=100, blank=True)
    about = models.JSONField(default=dict)
    splits = models.JSONField(default=dict)
    scope = models.CharField(max_length=64, blank=True)
    gate = models.JSONField(default=list)
    root = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ReleaseQuerySet] = ReleaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (models.UniqueConstraint(fields=["project", "number"], name="one_release_per_number"),)
        ordering: ClassVar[list[str]] = ["-number"]

    def __str__(self) -> str:
        return f"{self.project_id} r{self.number}"

    @property
    def has_proof(self) -> bool:
        """Whether it is published with a card, splits and a signed root. Those made before format 2 have none."""
        return self.published_at is not None and bool(self.root)


class ReleaseMember(models.Model):
    """One item of a release at its position, with the gold labels and annotation versions it froze.

    `gold` lists `{"gold": id, "class"}`, `versions` lists `{"version": id, "class"}`: the class of credential behind
    the decision (null without one) or answer when it was made. `origin` is what was stated of the item then:
    `language`, `source`, `group`, `licence` (its own, its batch's, or its batch's statement of rights, which is not
    `named`), and the hash of its data (`content`). Triggers refuse an update or a delete.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="members")
    position = models.BigIntegerField()
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    split = models.CharField(max_length=10, default="train")
    origin = models.JSONField(default=dict)
    gold = models.JSONField()
    versions = models.JSONField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["release", "position"], name="one_member_per_position"),
            models.UniqueConstraint(fields=["release", "item"], name="one_member_per_item"),
        )

    def __str__(self) -> str:
        return f"{self.release_id} {self.position}"


class ReleaseWaiver(models.Model):
    """Somebody's word that a release may be published although a check of its gate failed. Printed in its card."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="waivers")
    check_name = models.CharField(max_length=40)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["release", "check_name"], name="one_waiver_per_check"),
        )

    def __str__(self) -> str:
        return f"{self.release_id} {self.check_name}"


class ReleaseFile(models.Model):
    """A finished file. `path` is relative to the release's folder, `format` the registry's key or what wrote it.

    `shard` is the number of the part whose rows it holds; null for what holds none (documents, files of items).
    """

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
