"""Count a project's items from 1, in the order in which they came: each number is given once."""

from django.db import models
from django.db.models import F

from annotation.models.project import Project


class Numbering(models.Model):
    """`last` is the highest number that the project has given."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, primary_key=True, related_name="+")
    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.project_id}: {self.last}"


def numbers(project_id: int, count: int) -> int:
    """Reserve so many numbers in a row; the first of them. Its row stays locked until the transaction ends."""
    mine = Numbering.objects.filter(project=project_id)
    if not mine.update(last=F("last") + count):
        Numbering.objects.bulk_create([Numbering(project_id=project_id)], ignore_conflicts=True)
        mine.update(last=F("last") + count)
    return mine.values_list("last", flat=True).get() - count + 1
