"""Say how many answers an item gets, and from whom: the project's policy, its numbers and its panel."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from annotation.models import PanelMember, Project
from annotation.models.panel import annotators_of, panel_of
from annotation.models.project import Policy
from core import audit, jobs
from core.models import Job, User
from core.models.job import JobState
from core.refusals import InvalidInput
from experts.models import Expert

SPREAD = "spread_overlap"
RANGES: Mapping[str, tuple[int, int]] = {"overlap": (1, 10), "overlap_max": (1, 50), "specialists": (1, 10)}
LEAST_CERTAIN, MOST_CERTAIN = 0.5, 0.9999
MOST_MEMBERS = 50
SETTINGS = ("policy", *RANGES, "stop_at")


@transaction.atomic
def change_overlap(
    *, project: Project, by: User, panel: Sequence[str] | None = None, **settings: Any
) -> None:
    """Change what is named of SETTINGS, and the panel (uids of experts; None: as it is).

    Under the panel policy `overlap` is the panel's size. What it comes to holds for items that nobody has begun: a job
    goes through them. Raises InvalidInput with the field that is wrong.
    """
    _check(settings)
    current = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    members = list(panel_of(current)) if panel is None else _choose(current, panel)
    swapped = _set_panel(current, members, by)
    wanted = _complete({name: settings.get(name, getattr(current, name)) for name in SETTINGS}, members)
    changed = {name: value for name, value in wanted.items() if value != getattr(current, name)}
    if changed or swapped:
        Project.objects.filter(pk=project.pk).update(**changed)
        audit.record(
            "project.overlap_changed",
            by=by,
            on=project,
            project_id=project.pk,
            organisation_id=project.organisation_id,
            changes={**changed, **({"panel": [one.uid for one in members]} if swapped else {})},
        )
    if "overlap" in changed or swapped or _is_half_done(project):
        _spread_soon(project)
    project.refresh_from_db()


@transaction.atomic
def look_at_panels() -> None:
    """Once a day: an item whose last panel members turn out to have an interest in it goes on without them."""
    for project in Project.objects.filter(policy=Policy.PANEL, paused_at=None).order_by("pk"):
        _spread_soon(project)


def last_spread(project: Project) -> Job | None:
    """The newest job that brings a new overlap to the items."""
    return Job.objects.filter(project_id=project.pk, kind=SPREAD).order_by("-pk").first()


def _is_half_done(project: Project) -> bool:
    last = last_spread(project)
    return last is not None and last.state in {JobState.FAILED, JobState.STOPPED}


def _spread_soon(project: Project) -> None:
    jobs.enqueue_once(
        SPREAD,
        args={"project": project.pk},
        key=f"{SPREAD}:{project.pk}",
        project_id=project.pk,
        organisation_id=project.organisation_id,
    )


def _check(settings: Mapping[str, Any]) -> None:
    for name in settings:
        if name not in SETTINGS:
            raise InvalidInput(_("There is no setting called %(name)s."), where=name, params={"name": name})
    for name, (low, high) in RANGES.items():
        value = settings.get(name, low)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise InvalidInput(
                _("This must be a whole number from %(low)s to %(high)s."),
                where=name,
                params={"low": low, "high": high},
            )
    if settings.get("policy", Policy.FIXED) not in Policy.values:
        raise InvalidInput(_("There is no such policy."), where="policy")
    stop_at = settings.get("stop_at", MOST_CERTAIN)
    if isinstance(stop_at, bool) or not isinstance(stop_at, int | float):
        raise InvalidInput(_("This must be a number."), where="stop_at")
    if not LEAST_CERTAIN < stop_at <= MOST_CERTAIN:
        raise InvalidInput(
            _("This must be more than %(low)s and at most %(high)s."),
            where="stop_at",
            params={"low": LEAST_CERTAIN, "high": MOST_CERTAIN},
        )


def _complete(wanted: dict[str, Any], members: Sequence[Expert]) -> dict[str, Any]:
    """The settings, with what follows from the policy."""
    if wanted["policy"] == Policy.PANEL:
        if not members:
            raise InvalidInput(
                _("The panel has no members."),
                action=_("Choose who answers every item."),
                where="panel",
                code="panel_empty",
            )
        wanted["overlap"] = len(members)
    elif wanted["overlap"] > RANGES["overlap"][1]:  # it was a large panel's
        wanted["overlap"] = RANGES["overlap"][1]
    if wanted["overlap_max"] < wanted["overlap"]:
        if wanted["policy"] == Policy.ADAPTIVE:
            raise InvalidInput(
                _("The most answers cannot be fewer than the least."),
                where="overlap_max",
                code="most_below_least",
            )
        wanted["overlap_max"] = wanted["overlap"]
    return wanted


def _choose(project: Project, uids: Sequence[str]) -> list[Expert]:
    """The experts of these uids: who may label here, or is on the panel already."""
    wanted = set(uids)
    if len(wanted) > MOST_MEMBERS:
        raise InvalidInput(
            _("A panel has at most %(most)s members."), where="panel", params={"most": MOST_MEMBERS}
        )
    found = {one.uid: one for one in annotators_of(project).filter(uid__in=wanted)}
    found |= {one.uid: one for one in panel_of(project).filter(uid__in=wanted)}
    if unknown := sorted(wanted - found.keys()):
        raise InvalidInput(
            _("Nobody of that name labels in this project: %(uid)s."),
            action=_("Give them the role of an annotator first."),
            where="panel",
            params={"uid": unknown[0]},
        )
    return list(found.values())


def _set_panel(project: Project, members: Sequence[Expert], by: User) -> bool:
    """Make these the panel's members; False when they were."""
    wanted = {one.pk for one in members}
    held = set(PanelMember.objects.filter(project=project).values_list("expert_id", flat=True))
    PanelMember.objects.filter(project=project, expert__in=held - wanted).delete()
    PanelMember.objects.bulk_create(
        PanelMember(project=project, expert_id=pk, added_by=by) for pk in sorted(wanted - held)
    )
    return held != wanted
