"""How a release's answers were asked for and checked, as facts of its card."""

from typing import Any

from django.db.models import Count, Q

from annotation.formats.release.documents.facts import Counts, Process
from annotation.models.annotation import Annotation
from annotation.models.control import ControlResult, Suspension
from annotation.models.project import Policy
from annotation.models.release import Release
from annotation.models.release_people import Tally
from annotation.models.requirement import QualificationRule, Undertaking


def process_of(release: Release, tally: Tally) -> Process:
    """The rules as they were when the rows were frozen, and what the checks of people had come to by then."""
    looks: dict[str, Any] = next(
        (one["params"] for one in release.gate if one["check"] == "second_looks"), {}
    )
    return Process(
        **release.about["process"],
        per_item=_per_item(tally),
        looks=looks.get("looked", 0),
        looks_same=looks.get("same", 0),
    )


def process_now(release: Release) -> dict[str, Any]:
    """What `Process` says of rules and checks, read now: a release keeps it with its rows. Six statements."""
    project = release.project
    controls = ControlResult.objects.filter(project=project, in_exam=False)
    control = controls.aggregate(answers=Count("pk"), right=Count("pk", filter=Q(right=True)))
    rules = QualificationRule.objects.current().filter(project=project, exam__isnull=False)
    undertaking = Undertaking.objects.filter(project=project).order_by("-version").first()
    return {
        "policy": project.policy,
        "overlap": project.overlap,
        "overlap_max": project.overlap_max,
        "dispute_rule": project.dispute_rule,
        **_given(release),
        "stop_at": project.stop_at if project.policy == Policy.ADAPTIVE else None,
        "specialists": project.specialists if project.policy == Policy.TIERED else None,
        "suggestions": project.suggestions,
        "qualified_only": project.qualified_only,
        "exam": rules.exists(),
        "undertaking": bool(undertaking and undertaking.text.strip()),
        "bar_authors": project.bar_authors,
        "bar_colleagues": project.bar_colleagues,
        "walls": len(project.walls),
        "control_rate": project.control_rate,
        "control_answers": control["answers"],
        "control_right": control["right"],
        "suspensions": Suspension.objects.filter(project=project).count(),
    }


def _given(release: Release) -> dict[str, int]:
    """The counted answers of its items, and how many of them were given blind."""
    answers = Annotation.objects.counted().filter(item__in=release.members.values("item"))
    return answers.aggregate(answers=Count("pk"), blind=Count("pk", filter=Q(current__blind=True)))


def _per_item(tally: Tally) -> Counts:
    counted = tally.get("per_item", {})
    return {number: counted[number] for number in sorted(counted, key=int)}
