"""What a person has read: a version of the guideline, and what became of their answers."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models import Guideline, GuidelineReading, Project
from core import audit
from core.models import User
from core.refusals import InvalidInput
from experts.models import Expert


@transaction.atomic
def mark_guideline_read(*, project: Project, by: User, version: int) -> int:
    """Remember that the person has read this version; an older one than before changes nothing.

    Returns the newest that they have read. Raises InvalidInput for a version that there is not.
    """
    if not Guideline.objects.filter(project=project, version=version).exists():
        raise InvalidInput(
            _("There is no version %(number)s."),
            action=_("Load the item again."),
            where="version",
            params={"number": version},
        )
    now = timezone.now()
    row, made = GuidelineReading.objects.get_or_create(
        project=project, user=by, defaults={"version": version, "read_at": now}
    )
    older = GuidelineReading.objects.filter(pk=row.pk, version__lt=version)
    if not made and not older.update(version=version, read_at=now):
        return row.version
    audit.record(
        "guideline.read",
        by=by,
        on=project,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes={"version": version},
    )
    return version


def saw_outcomes(*, expert: Expert) -> None:
    """The person has looked at what became of their answers: what is settled from now on is news."""
    Expert.objects.filter(pk=expert.pk).update(outcomes_seen_at=timezone.now())
