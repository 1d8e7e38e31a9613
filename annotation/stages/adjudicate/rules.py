"""What a project says of its disputes: how much each question weighs, appeals, and how many to look at again."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from annotation.models import Project
from annotation.stages.adjudicate import looking
from annotation.stages.adjudicate.weighing import reweigh_questions
from core import audit
from core.models import User
from core.refusals import InvalidInput

MOST_DAYS = 365
HEAVIEST = 100.0


@transaction.atomic
def change(
    *,
    project: Project,
    by: User,
    weights: Mapping[str, Any] | None = None,
    appeal_days: Any = None,
    second_look_share: Any = None,
) -> None:
    """Change some of them; None stays as it is. Raises InvalidInput naming the place.

    Open disputes take their new place at once. A larger share draws among the decisions that there are; a smaller one
    takes none back.
    """
    wanted: dict[str, Any] = {}
    if weights is not None:
        wanted["question_weights"] = _weights(project, weights)
    if appeal_days is not None:
        wanted["appeal_days"] = _days(appeal_days)
    if second_look_share is not None:
        wanted["second_look_share"] = _number(second_look_share, 0, 1, "second_look_share")
    current = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    changed = {name: value for name, value in wanted.items() if getattr(current, name) != value}
    if not changed:
        return
    Project.objects.filter(pk=project.pk).update(**changed)
    project.refresh_from_db(fields=[*changed])
    audit.record(
        "project.disputes_changed",
        by=by,
        on=project,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes=changed,
    )
    if "question_weights" in changed:
        reweigh_questions(project)
    if "second_look_share" in changed:
        looking.draw_all(project)


def _weights(project: Project, weights: Mapping[str, Any]) -> dict[str, float]:
    schema = project.schemas.order_by("-version").first()
    known = set(schema.schema.by_key) if schema else set()
    if unknown := sorted(set(weights) - known):
        raise InvalidInput(
            _("The project has no question “%(question)s”."),
            action=_("Name questions by their keys."),
            where=f"weights.{unknown[0][:100]}",
            code="no_such_question",
            params={"question": unknown[0][:100]},
        )
    found = {key: _number(value, 0, HEAVIEST, f"weights.{key}") for key, value in weights.items()}
    return {key: value for key, value in sorted(found.items()) if value != 1}


def _days(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_DAYS:
        raise InvalidInput(
            _("This must be a whole number from %(low)s to %(high)s."),
            where="appeal_days",
            params={"low": 0, "high": MOST_DAYS},
        )
    return value


def _number(value: Any, low: float, high: float, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise InvalidInput(
            _("This must be a number from %(low)s to %(high)s."),
            where=where,
            params={"low": low, "high": high},
        )
    return float(value)
