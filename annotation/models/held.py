"""What people hold in one project: exams passed and grants given. Read-only."""

from datetime import date

from django.db.models import QuerySet

from annotation.models.project import Project
from experts.models import How, Qualification


def held_in(project: Project, day: date, *, ended: bool = False) -> "QuerySet[Qualification]":
    """Those in force on that day or, with `ended`, also those that ended or were revoked."""
    rows = Qualification.objects.filter(project_id=project.pk, how__in=[How.EXAM, How.GRANT])
    return rows if ended else rows.in_force(day)
