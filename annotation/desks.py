"""What waits for an expert in several projects at once, in a bounded number of statements. Read-only."""

from django.db.models import Count, IntegerField, Subquery
from django.utils import timezone

from annotation.models import Annotation, Assignment, ControlItem, Desk, Project
from annotation.models.assignment import Purpose
from annotation.models.control import mixed_in
from annotation.models.queue.ahead import ahead_of
from annotation.models.standing import held_in_queue
from annotation.stages import lease
from experts.models import Expert


class _Rows(Subquery):
    """How many rows a query has, its limit counted in."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def left_for(projects: list[Project], expert: Expert) -> dict[int, int]:
    """What `lease.count_left` says, by project id, in one statement; a second one where control items are mixed in."""
    if not projects:
        return {}
    mixing = [one for one in projects if one.control_rate]
    counts = {
        f"left{project.pk}": _Rows(ahead_of(project, expert).values("pk")[: lease.COUNT_UP_TO])
        for project in projects
    } | {
        f"controls{project.pk}": _Rows(
            ControlItem.objects.for_work().allowed_to(project, expert).values("pk")[: lease.COUNT_UP_TO]
        )
        for project in mixing
    }
    found = Expert.objects.filter(pk=expert.pk).annotate(**counts).values(*counts).get()
    left = {project.pk: found[f"left{project.pk}"] for project in projects}
    desks = Desk.objects.filter(project__in=mixing, expert=expert) if mixing else Desk.objects.none()
    taken = dict(desks.values_list("project", "taken"))
    for one in mixing:
        mixed = mixed_in(one, expert, taken.get(one.pk, 0), left[one.pk], found[f"controls{one.pk}"])
        left[one.pk] = min(left[one.pk] + mixed, lease.COUNT_UP_TO)
    return left


def held_by(projects: list[Project], expert: Expert) -> dict[int, Assignment]:
    """What the expert holds in each project, by project id, with its draft."""
    leases = held_in_queue().filter(expert=expert, project__in=projects, lease_until__gt=timezone.now())
    return {one.project_id: one for one in leases.select_related("draft").order_by("-pk")}


def answered_today(projects: list[Project], expert: Expert) -> dict[int, int]:
    """How many answers they gave today, by project id; exams left out."""
    answered = Annotation.objects.filter(expert=expert, project__in=projects, retracted_at=None)
    answered = answered.exclude(tier=Purpose.EXAM)
    given = answered.filter(created_at__date=timezone.localdate()).values_list("project")
    return dict(given.annotate(Count("pk")).order_by())
