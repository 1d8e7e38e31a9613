"""Say what counts how much when items and experts are matched: weights, the highest rate, and rates."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from annotation.algorithms.ranking import MOST_WEIGHT, checked_weights
from annotation.models import Desk, Project
from annotation.models.fit import weights_of
from annotation.models.panel import annotators_of
from core import audit
from core.models import User
from core.refusals import InvalidInput
from experts.models import Expert

MOST_RATE = Decimal("99999999.99")
MOST_RATES = 5000
_LEAVE = object()


@transaction.atomic
def change_ranking(
    *,
    project: Project,
    by: User,
    weights: Mapping[str, Any] | None = None,
    rate_ceiling: Any = _LEAVE,
    rates: Mapping[str, Any] | None = None,
) -> None:
    """Change what is named: weights by part, the highest rate an item, rates by the expert's uid (None: none stated).

    A weight that is left out stays as it is. It counts for items that are given from now on. Raises InvalidInput naming
    the weight or rate that is wrong.
    """
    current = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    changes: dict[str, Any] = {}
    if weights is not None:
        changes["weights"] = _weights({**weights_of(current), **weights})
    if rate_ceiling is not _LEAVE:
        changes["rate_ceiling"] = _amount(rate_ceiling, "rate_ceiling")
    changed = {name: value for name, value in changes.items() if value != getattr(current, name)}
    Project.objects.filter(pk=project.pk).update(**changed)
    rated = _set_rates(current, rates or {})
    if changed or rated:
        # Whoever has a plan is ranked anew before the next item; a plan is a hint that costs nothing to lose.
        Desk.objects.filter(project=project).exclude(planned_at=None).update(planned_at=None)
        _tell(current, by, {**changed, **({"rates": rated} if rated else {})})
    project.refresh_from_db()


def _weights(weights: Mapping[str, Any]) -> dict[str, float]:
    try:
        return checked_weights(weights)
    except ValueError as error:
        name = str(error)
    if name == "all":
        raise InvalidInput(
            _("At least one weight must be above 0."),
            action=_("Raise the one that matters most."),
            where="weights",
            code="no_weight",
        )
    raise InvalidInput(
        _("The weight “%(name)s” must be the name of a part and a number from 0 to %(most)s."),
        action=_("Correct this weight."),
        where=f"weights.{name}",
        code="weight_invalid",
        params={"name": name, "most": int(MOST_WEIGHT)},
    )


def _amount(value: Any, where: str) -> Decimal | None:
    """An amount of money with two decimals, None for none. Raises InvalidInput."""
    if value is None or value == "":
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount <= MOST_RATE or amount != round(amount, 2):
        raise InvalidInput(
            _("A rate is an amount of 0 or more, with at most two decimals."),
            action=_("Correct this rate, or leave it empty."),
            where=where,
            code="rate_invalid",
        )
    return amount


def _set_rates(project: Project, rates: Mapping[str, Any]) -> list[str]:
    """Write the rates that differ; whose they are (uids)."""
    if len(rates) > MOST_RATES:
        raise InvalidInput(_("This is too many at once."), where="rates")
    amounts = {uid: _amount(value, f"rates.{uid}") for uid, value in rates.items()}
    experts = {one.uid: one for one in annotators_of(project).filter(uid__in=amounts)}
    if unknown := sorted(amounts.keys() - experts.keys()):
        raise InvalidInput(
            _("Nobody of that name labels in this project: %(uid)s."),
            action=_("Give them the role of an annotator first."),
            where=f"rates.{unknown[0]}",
            params={"uid": unknown[0]},
        )
    held = rates_of(project, list(experts.values()))
    differing = sorted(uid for uid in amounts if amounts[uid] != held.get(uid))
    Desk.objects.bulk_create(
        [Desk(project=project, expert=experts[uid], rate=amounts[uid]) for uid in differing],
        update_conflicts=True,
        unique_fields=["project", "expert"],
        update_fields=["rate"],
    )
    return differing


def rates_of(project: Project, experts: list[Expert]) -> dict[str, Decimal | None]:
    """What these experts ask for an item of the project, by uid; who has stated nothing is left out."""
    rows = Desk.objects.filter(project=project, expert__in=experts).exclude(rate=None)
    return dict(rows.values_list("expert__uid", "rate"))


def _tell(project: Project, by: User, changes: Mapping[str, Any]) -> None:
    told = {name: str(value) if isinstance(value, Decimal) else value for name, value in changes.items()}
    audit.record(
        "project.ranking_changed",
        by=by,
        on=project,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes=told,
    )
