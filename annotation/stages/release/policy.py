"""Change what a project asks of its releases, and how their items are split."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from annotation.formats.release.format import SPLITS, TRAIN
from annotation.models import ItemSplit, Project, ReleasePolicy
from annotation.models.release_policy import SplitBy
from annotation.refuse import fitting
from core import audit
from core.models import User
from core.refusals import InvalidInput

ONCE_DRAWN = ("split_by", "seed", "stratify")
"""What stays as it is once items are drawn: an item never changes its split."""
FREE_TEXT = {"contact", "limits", "use", "licence"}  # the audit trail names them, no more
MOST_TEXT = 20_000
MOST_ANSWERS = 50
LARGEST = 2**63 - 1


@transaction.atomic
def change_policy(*, project: Project, by: User, **wanted: Any) -> ReleasePolicy:
    """Change some of it; what is not named stays. Callers have authorised.

    Releases that were asked for before keep what they were asked under. Raises InvalidInput naming the place, among
    others for what cannot change any more because items are drawn (`ONCE_DRAWN`).
    """
    current = Project.objects.select_for_update(of=("self",), no_key=True).get(pk=project.pk)
    policy = ReleasePolicy.objects.filter(project=current).first() or ReleasePolicy(project=current)
    if unknown := sorted(set(wanted) - set(CHECKED)):
        raise InvalidInput(
            _("A release policy has no “%(name)s”."), where=unknown[0][:40], params={"name": unknown[0][:40]}
        )
    given = {name: CHECKED[name](value, name) for name, value in wanted.items()}
    changed = {name: value for name, value in given.items() if getattr(policy, name) != value}
    _check_question(current, changed.get("stratify", ""))
    _check_not_drawn(current, changed)
    if not changed:
        return policy
    for name, value in changed.items():
        setattr(policy, name, value)
    policy.changed_by = by
    policy.save()
    audit.record(
        "project.release_policy_changed",
        by=by,
        on=project,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes={name: True if name in FREE_TEXT else value for name, value in changed.items()},
    )
    return policy


def is_drawn(project: Project) -> bool:
    """Whether items have their split, or a release that will draw them is under way."""
    drawing = project.releases.filter(frozen_at=None, dropped_at=None)
    return ItemSplit.objects.filter(project=project).exists() or drawing.exists()


def _check_not_drawn(project: Project, changed: Mapping[str, Any]) -> None:
    fixed = [name for name in ONCE_DRAWN if name in changed]
    if fixed and is_drawn(project):
        raise InvalidInput(
            _("The project's items are drawn into their splits, and never change them."),
            action=_("Leave this as it is, or found another project."),
            code="splits_are_drawn",
            where=fixed[0],
        )


def _check_question(project: Project, key: str) -> None:
    schema = project.schemas.order_by("-version").first()
    if key and (schema is None or key not in schema.schema.by_key):
        raise InvalidInput(
            _("The project has no question “%(question)s”."),
            action=_("Name questions by their keys."),
            code="no_such_question",
            where="stratify",
            params={"question": key[:100]},
        )


def _number(low: float, high: float) -> Callable[[Any, str], float | None]:
    def check(value: Any, where: str) -> float | None:
        if value is None:
            return None
        real = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not real or not low <= value <= high:
            raise InvalidInput(
                _("This must be a number from %(low)s to %(high)s, or nothing."),
                action=_("Nothing means that it is not asked."),
                where=where,
                params={"low": f"{low:g}", "high": f"{high:g}"},
            )
        return float(value)

    return check


def _whole(low: int, high: int, *, optional: bool = False) -> Callable[[Any, str], int | None]:
    def check(value: Any, where: str) -> int | None:
        if value is None and optional:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise InvalidInput(
                _("This must be a whole number from %(low)s to %(high)s."),
                where=where,
                params={"low": low, "high": high},
            )
        return value

    return check


def _yes_or_no(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise InvalidInput(_("This must be true or false."), where=where)
    return value


def _text(most: int) -> Callable[[Any, str], str]:
    def check(value: Any, where: str) -> str:
        if not isinstance(value, str):
            raise InvalidInput(_("This must be text."), where=where)
        if len(value.strip()) > most:
            raise InvalidInput(
                _("This is too long: at most %(limit)s characters."), where=where, params={"limit": most}
            )
        return fitting(ReleasePolicy, where, value.strip())

    return check


def _split_by(value: Any, where: str) -> str:
    if value not in SplitBy.values:
        raise InvalidInput(
            _("There is no such choice."),
            action=_("Choose among %(known)s."),
            where=where,
            params={"known": ", ".join(SplitBy.values)},
        )
    return str(value)


def _shares(value: Any, where: str) -> dict[str, float]:
    """Shares of all three splits, in their order. What is not named has none."""
    if not isinstance(value, Mapping) or set(value) - set(SPLITS):
        raise InvalidInput(
            _("Shares are numbers for %(splits)s."), where=where, params={"splits": ", ".join(SPLITS)}
        )
    shares = {split: _number(0, 1)(value.get(split, 0), f"{where}.{split}") or 0.0 for split in SPLITS}
    if not math.isclose(math.fsum(shares.values()), 1, abs_tol=1e-9):
        raise InvalidInput(
            _("The shares of the splits come to %(sum)s, not to 1."),
            action=_("For example 0.8, 0.1 and 0.1."),
            code="shares_add_up",
            where=where,
            params={"sum": f"{math.fsum(shares.values()):g}"},
        )
    if not shares[TRAIN]:
        raise InvalidInput(
            _("Nothing would be left to train on."),
            action=_("Give the training split a share."),
            code="no_training_split",
            where=f"{where}.{TRAIN}",
        )
    return shares


CHECKED: Mapping[str, Callable[[Any, str], Any]] = {
    "alpha_floor": _number(-1, 1),
    "least_overlap": _whole(1, MOST_ANSWERS, optional=True),
    "disputes_settled": _yes_or_no,
    "second_look_share": _number(0, 1),
    "second_look_agreement": _number(0, 1),
    "credentials": _yes_or_no,
    "licences": _yes_or_no,
    "licence": _text(100),
    "personal": _yes_or_no,
    "duplicates": _yes_or_no,
    "shares": _shares,
    "split_by": _split_by,
    "stratify": _text(100),
    "seed": _whole(-LARGEST, LARGEST),
    "contact": _text(300),
    "limits": _text(MOST_TEXT),
    "use": _text(MOST_TEXT),
}
"""Every setting with what checks it."""
