"""What here is what there: things that came from another server or a file, or went to one."""

from django.db import models
from django.db.models import Q

from annotation.models.project import Project


class TwinKind(models.TextChoices):
    PROJECT = "project"
    ITEM = "item"
    ANNOTATION = "annotation"
    PREDICTION = "prediction"
    DRAFT = "draft"


class StudioTwin(models.Model):
    """`theirs` is the number over there, `ours` the row's here, `digest` (SHA-256) what it said when it was carried.

    `outward`: it went from here. `theirs` is empty while it is on its way: after a kill one looks whether it arrived.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    server = models.CharField(max_length=300)
    outward = models.BooleanField(default=False)
    kind = models.CharField(max_length=12, choices=TwinKind.choices)
    theirs = models.BigIntegerField(null=True)
    ours = models.BigIntegerField()
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["project", "server", "kind", "theirs"],
                condition=Q(outward=False),
                name="a_twin_comes_in_once",
            ),
            models.UniqueConstraint(
                fields=["project", "server", "kind", "ours"],
                condition=Q(outward=True),
                name="a_twin_goes_out_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.theirs} = {self.ours}"
