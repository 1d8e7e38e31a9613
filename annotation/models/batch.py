"""One import: a file, its rights, and what was wrong with it."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from annotation.models.project import Project
from core.ids import new_uid
from core.models import Job
from core.roles import Capability

if TYPE_CHECKING:
    from core.models import User


class Duplicates(models.TextChoices):
    SKIP = "skip", _("Skip rows whose content is here already")
    KEEP = "keep", _("Keep every row")


class WrittenBy(models.TextChoices):
    UNSTATED = "", _("Not stated")
    PEOPLE = "people", _("People")
    BOTH = "both", _("People and machines")
    MACHINES = "machines", _("Machines")


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, user: "User") -> "BatchQuerySet":
        """All batches of projects whose work one may see; else the ones one brought in."""
        return self.filter(
            models.Q(project__in=Project.objects.where(user, Capability.SEE_WORK).values("pk"))
            | models.Q(
                created_by=user,
                project__in=Project.objects.where(user, Capability.BRING_BATCHES).values("pk"),
            )
        )


class Batch(models.Model):
    """Counts are written by the import job with each chunk, in the chunk's transaction.

    `html_cleaned` counts values of HTML of which something was left out, `scans` PDFs without a text layer.
    `deidentified_*` is a named person's statement, asked for where the sector needs it.
    """

    uid = models.CharField(max_length=20, unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="batches")
    name = models.CharField(_("name"), max_length=200)
    format = models.CharField(max_length=10)
    file = models.FileField(upload_to="batches/", max_length=200)
    size = models.BigIntegerField(default=0)
    source = models.CharField(_("source"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    rights = models.TextField(_("statement of rights"), blank=True)
    rights_from = models.CharField(max_length=12, blank=True)  # batch, project or organisation
    language = models.CharField(_("language"), max_length=20, blank=True)
    duplicates = models.CharField(
        _("repeated content"), max_length=10, choices=Duplicates.choices, default=Duplicates.SKIP
    )
    written_by = models.CharField(
        _("texts were written by"),
        max_length=10,
        choices=WrittenBy.choices,
        default=WrittenBy.UNSTATED,
        blank=True,
    )
    deidentified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    deidentified_statement = models.TextField(_("statement of de-identification"), blank=True)
    deidentified_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    stored_at = models.DateTimeField(null=True, blank=True)
    routed_at = models.DateTimeField(null=True, blank=True)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    items_stored = models.BigIntegerField(default=0)
    items_repeated = models.BigIntegerField(default=0)
    rows_bad = models.BigIntegerField(default=0)
    html_cleaned = models.BigIntegerField(default=0)
    scans = models.BigIntegerField(default=0)

    objects: ClassVar[BatchQuerySet] = BatchQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name


class BatchProblem(models.Model):
    """One bad row: its line, a code, and what fills the code's sentence."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="problems")
    line = models.BigIntegerField()
    offset = models.BigIntegerField()
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["batch", "offset"], name="one_problem_per_row"),)

    def __str__(self) -> str:
        return f"{self.line}: {self.code}"
