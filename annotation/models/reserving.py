"""Write the assignments of items that are given to an expert by name, each with a slot; in a stage's transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models.assignment import Assignment
from annotation.models.eligibility import RULES
from annotation.models.fit import fits_of
from annotation.models.giving import AGAIN, PRIVATE, Sorted
from annotation.models.item import Item
from annotation.models.lane import Desk
from annotation.models.project import Project
from annotation.models.queue.planning import monday
from annotation.models.requirement import enter_room
from core import audit
from core.models import User
from core.refusals import InvalidInput
from experts.models import Expert

MOST_DAYS = 90
_WHY = {rule.code: rule.why for rule in RULES if not rule.private}


def checked_until(project: Project, until: datetime | None) -> datetime:
    """When a reservation ends; the project's minutes from now where nothing is said. Raises InvalidInput."""
    now = timezone.now()
    if until is None:
        return now + timedelta(minutes=project.lease_minutes)
    if not now < until <= now + timedelta(days=MOST_DAYS):
        raise InvalidInput(
            _("The reservation must end in the future, within %(days)s days."),
            action=_("Choose another day or time."),
            where="until",
            params={"days": MOST_DAYS},
        )
    return until


def barred(expert: Expert, code: str) -> InvalidInput:
    """The refusal for a lead who names somebody that a rule keeps from the item."""
    why: Any = _WHY.get(code) or _("A rule whose reason is private keeps them from it.")
    return InvalidInput(
        _("%(person)s cannot be given this. %(why)s"),
        action=_("Choose somebody else."),
        where="expert",
        code=code,
        params={"person": str(expert), "why": why},
    )


def told(code: str) -> Any:
    """The sentence of a rule's code; of PRIVATE none that names a rule."""
    return _WHY.get(code) or (_("A rule whose reason is private.") if code == PRIVATE else code)


def lock_had(sorted_out: Sorted) -> dict[int, Assignment]:
    """The expert's own assignments of these items as they are now, by item id; nobody ends or renews them meanwhile.

    Before any item is locked: whoever saves a draft or submits locks in this order too.
    """
    pks = [one.pk for one in sorted_out.had.values()]
    rows = Assignment.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    return {one.item_id: one for one in rows} if pks else {}


def reserve(desk: Desk, by: User, sorted_out: Sorted, until: datetime) -> int:
    """Write the assignments of the items that have a slot; how many the expert holds of them now.

    The caller has locked the desk (`Desk.objects.locked`) and asked the rules (`giving.sort_out`) since. What the
    expert holds already is kept until then, where that is later; what they had and gave back is theirs again.
    """
    had = lock_had(sorted_out)
    asked = [had[one.pk] for one in sorted_out.items if one.pk in had]
    held = [one for one in asked if one.outcome == ""]
    longer = [one for one in held if one.lease_until < until]
    Assignment.objects.filter(pk__in=[one.pk for one in longer]).update(lease_until=until, assigned_by=by)
    ended = {one.item_id for one in asked if one.outcome not in AGAIN}  # held, or answered a moment ago
    items = _claim([one for one in sorted_out.items if one.pk not in ended])
    back = [had[one.pk] for one in items if one.pk in had]
    Assignment.objects.filter(pk__in=[one.pk for one in back]).update(
        outcome="", ended_at=None, leased_at=timezone.now(), lease_until=until, assigned_by=by
    )
    new = _create(desk, by, [one for one in items if one.pk not in had], until)
    if items:
        enter_room(desk.project_id, desk.expert_id, items[0].lane.room)
    _tell(desk.project, by, [*longer, *back, *new], sorted_out.items, until)
    return len(held) + len(items)


def _claim(items: Sequence[Item]) -> list[Item]:
    """Take a slot of each of these that has one; those that had one. Locked in the order of their ids."""
    by_pk = {one.pk: one for one in items}
    free = Item.objects.select_for_update(no_key=True).filter(pk__in=by_pk, open_slots__gt=0, control=False)
    rounds = free.order_by("pk").values_list("pk", "round")
    pks = [pk for pk, round_ in rounds if round_ == by_pk[pk].round]
    Item.objects.filter(pk__in=pks).update(open_slots=F("open_slots") - 1)
    return [by_pk[pk] for pk in pks]


def _create(desk: Desk, by: User, items: Sequence[Item], until: datetime) -> list[Assignment]:
    if not items:
        return []
    project, now = desk.project, timezone.now()
    fits = fits_of(project, [(one, one.lane) for one in items], [desk.expert])
    made = Assignment.objects.bulk_create(
        Assignment(
            project=project,
            item=item,
            expert=desk.expert,
            round=item.round,
            reasons=_reasons(project, item),
            score=fits[item.pk][0].score,
            parts=dict(fits[item.pk][0].parts),
            assigned_by=by,
            leased_at=now,
            lease_until=until,
        )
        for item in items
    )
    week = monday(timezone.localdate())
    desk.week_taken = (desk.week_taken if desk.week == week else 0) + len(made)
    desk.week, desk.taken = week, desk.taken + len(made)
    desk.save(update_fields=["week", "week_taken", "taken"])
    return made


def _reasons(project: Project, item: Item) -> list[Mapping[str, Any]]:
    code = "qualified" if project.qualified_only else "open_to_members"
    reasons: list[Mapping[str, Any]] = [{"code": code, "sector": project.sector.key}]
    if project.language_required and item.lane.language:
        reasons.append({"code": "knows_language", "language": item.lane.language})
    return [*reasons, {"code": "no_interest"}]


def _tell(
    project: Project, by: User, given: Sequence[Assignment], items: Sequence[Item], until: datetime
) -> None:
    uids = {one.pk: one.uid for one in items}
    audit.record_many(
        "assignment.given",
        by=by,
        on=[(one, {"item": uids[one.item_id], "until": until.isoformat()}) for one in given],
        project_id=project.pk,
        organisation_id=project.organisation_id,
    )
