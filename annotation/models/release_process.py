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
    """The rules as they were when the rows were frozen, and what the checks of people came to by then."""
    project, about = release.project, release.about
    then = release.frozen_at or release.created_at
    policy = about.get("policy", project.policy)
    looks: dict[str, Any] = next(
        (one["params"] for one in release.gate if one["check"] == "second_looks"), {}
    )
    controls = ControlResult.objects.filter(project=project, in_exam=False, at__lte=then)
    control = controls.aggregate(answers=Count("pk"), right=Count("pk", filter=Q(right=True)))
    rules = QualificationRule.objects.current().filter(project=project, exam__isnull=False)
    undertaking = Undertaking.objects.filter(project=project).order_by("-version").first()
    given = _given(release)
    return Process(
        policy=policy,
        overlap=about.get("overlap", project.overlap),
        overlap_max=about.get("overlap_max", project.overlap_max),
        dispute_rule=project.dispute_rule,
        answers=given["answers"],
        blind=given["blind"],
        per_item=_per_item(tally),
        stop_at=project.stop_at if policy == Policy.ADAPTIVE else None,
        specialists=project.specialists if policy == Policy.TIERED else None,
        suggestions=project.suggestions,
        qualified_only=project.qualified_only,
        exam=rules.exists(),
        undertaking=bool(undertaking and undertaking.text.strip()),
        bar_authors=project.bar_authors,
        bar_colleagues=project.bar_colleagues,
        walls=len(project.walls),
        control_rate=project.control_rate,
        control_answers=control["answers"],
        control_right=control["right"],
        suspensions=Suspension.objects.filter(project=project, began_at__lte=then).count(),
        looks=looks.get("looked", 0),
        looks_same=looks.get("same", 0),
    )


def _given(release: Release) -> dict[str, int]:
    """The counted answers of its items, and how many of them were given blind."""
    answers = Annotation.objects.counted().filter(item__in=release.members.values("item"))
    by_then = answers.filter(created_at__lte=release.frozen_at or release.created_at)
    return by_then.aggregate(answers=Count("pk"), blind=Count("pk", filter=Q(current__blind=True)))


def _per_item(tally: Tally) -> Counts:
    counted = tally.get("per_item", {})
    return {number: counted[number] for number in sorted(counted, key=int)}
