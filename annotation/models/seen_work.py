"""Rows of a project that who sees its work may see, and nobody else."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

from annotation.models.project import Project
from core.roles import Capability

if TYPE_CHECKING:
    from core.models import User


M = TypeVar("M", bound=models.Model)


class WorkQuerySet(models.QuerySet[M]):
    """Of a model with a `project`."""

    def visible_to(self, user: "User") -> Self:
        """Those of projects whose work the person may see (leads and auditors)."""
        return self.filter(project__in=Project.objects.where(user, Capability.SEE_WORK).values("pk"))
