"""Control items: made and retired by a lead, answered unknowingly by experts, and what the answers come to."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.formats.known_answer import comparable, wrong_in
from annotation.formats.schema import Schema
from annotation.models import Annotation, ControlItem, ControlResult, Project
from annotation.models.assignment import Purpose
from annotation.models.control import ControlUse
from annotation.models.reliability import count
from core import audit, faults
from core.models import User
from core.refusals import AlreadyDone, InvalidInput

MOST_EXPLANATION = 4000
RANGES: Mapping[str, tuple[int, int]] = {"control_least": (1, 100), "control_window": (1, 500)}
SHARES: Mapping[str, tuple[float, float]] = {"control_rate": (0.0, 0.5), "control_mark": (0.0, 1.0)}
SETTINGS = (*SHARES, *RANGES)


@transaction.atomic
def change_controls(*, project: Project, by: User, **settings: Any) -> None:
    """Change what is named of SETTINGS: rate and mark are shares. Raises InvalidInput with the field that is wrong."""
    _check(settings)
    current = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    wanted = {name: settings.get(name, getattr(current, name)) for name in SETTINGS}
    if wanted["control_window"] < wanted["control_least"]:
        raise InvalidInput(
            _("The window cannot hold fewer answers than are needed to judge."),
            where="control_window",
            code="window_below_least",
        )
    changed = {name: value for name, value in wanted.items() if value != getattr(current, name)}
    if not changed:
        return
    Project.objects.filter(pk=project.pk).update(**changed)
    project.refresh_from_db()
    _tell("project.controls_changed", project, project, by, changed)


def _check(settings: Mapping[str, Any]) -> None:
    for name, value in settings.items():
        if name not in SETTINGS:
            raise InvalidInput(_("There is no setting called %(name)s."), where=name, params={"name": name})
        kinds = int if name in RANGES else (int, float)
        low, high = (RANGES if name in RANGES else SHARES)[name]
        if isinstance(value, bool) or not isinstance(value, kinds) or not low <= value <= high:
            raise InvalidInput(
                _("This must be a number from %(low)s to %(high)s."),
                where=name,
                params={"low": low, "high": high},
            )


@transaction.atomic
def change_control(
    *, control: ControlItem, by: User, explanation: str | None = None, use: str | None = None
) -> None:
    """Change what is told about a control item after it was answered, and what it is used for. Raises InvalidInput."""
    changed: dict[str, str] = {}
    if explanation is not None:
        changed["explanation"] = explained(explanation)
    if use is not None:
        if use not in ControlUse.values:
            raise InvalidInput(_("There is no such choice."), where="use")
        changed["use"] = use
    ControlItem.objects.filter(pk=control.pk).update(**changed)
    control.refresh_from_db()
    _tell("control.changed", control, control.project, by, {"fields": sorted(changed)})


def explained(text: str) -> str:
    """An explanation as it is stored. Raises InvalidInput."""
    text = text.strip()
    if len(text) > MOST_EXPLANATION:
        raise InvalidInput(
            _("This is too long: at most %(limit)s characters."),
            where="explanation",
            params={"limit": MOST_EXPLANATION},
        )
    return text


@transaction.atomic
def retire(*, control: ControlItem, by: User) -> None:
    """Give it to nobody any more; what was answered stays. Raises AlreadyDone."""
    if not ControlItem.objects.current().filter(pk=control.pk).update(retired_at=timezone.now()):
        raise AlreadyDone(_("This control item was retired already."))
    _tell("control.retired", control, control.project, by, {})


def judge(annotation: Annotation, schema: Schema) -> ControlResult | None:
    """Hold the answer to a control item against the known one, and count it; in the transaction that stores it.

    None where the questions have changed so much that nothing can be compared.
    """
    control = ControlItem.objects.select_related("item__lane").get(item=annotation.item_id)
    if not comparable(schema, control.answer):
        return None
    said = dict(annotation.judgements.values_list("question", "value"))
    wrong = wrong_in(schema, control.answer, said)
    result = ControlResult.objects.create(
        project_id=annotation.project_id,
        control=control,
        expert_id=annotation.expert_id,
        annotation=annotation,
        in_exam=annotation.assignment.purpose == Purpose.EXAM,
        right=not wrong,
        wrong=wrong,
        at=annotation.created_at,
    )
    count(annotation.project_id, {annotation.expert_id: not wrong}, control.item.lane.kind)
    faults.point("controls.after_result")
    return result


def _tell(action: str, on: Any, project: Project, by: User | None, changes: Mapping[str, Any]) -> None:
    audit.record(
        action,
        by=by,
        on=on,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes=changes,
    )
