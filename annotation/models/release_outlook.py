"""What a release that is asked for now could be: which formats fit, and what its gate would say where that is cheap."""

from django.utils import timezone

from annotation.formats.release.gate import CHECKS, LATER, Check, check
from annotation.formats.release.registry import misfits
from annotation.models.item import Item
from annotation.models.project import Project
from annotation.models.release import Release
from annotation.models.release_agreement import alpha_of, current_run, figures, full_run, wants_full
from annotation.models.release_gate import open_disputes
from annotation.models.release_policy import ReleasePolicy, policy_of
from annotation.models.release_sources import licences_of
from annotation.models.release_view import view_of

MOST_READ = 20_000
"""Settled items of which the licences are read; of more they are read when the rows are frozen."""


def preview(project: Project, licence: str = "") -> list[Check]:
    """Every check in order. What takes reading all rows is told as not measured yet: `passed` is null.

    `licence` is the one that will be asked for; empty: the policy's, the project's, the organisation's. Eleven
    statements.
    """
    policy = policy_of(project)
    wanted = licence or licence_by_default(project, policy)
    known = [_alpha(project, policy), _disputes(project, policy), _licences(project, policy, wanted)]
    found = {one["check"]: one for one in known if one is not None}
    return [found.get(key) or check(key, LATER, passed=None, asked=_asked(policy, key)) for key in CHECKS]


def licence_by_default(project: Project, policy: ReleasePolicy) -> str:
    """Under which a release goes when nothing is said: the policy's licence, the project's, the organisation's."""
    return policy.licence or project.licence or project.organisation.default_licence


def misfits_now(project: Project) -> dict[str, str]:
    """Format key -> why it cannot say what the project asks now, of those that cannot."""
    return misfits(view_of(Release(project=project, label_schema=project.schemas.order_by("-version")[0])))


def _alpha(project: Project, policy: ReleasePolicy) -> Check | None:
    """None where asking for the release asks for a full measurement first."""
    schema = project.schemas.order_by("-version")[0].schema
    floor, run = policy.alpha_floor, current_run(project)
    if wants_full(schema, floor) and (run := full_run(project)) is None:
        return None
    return alpha_of(schema, figures(project, run), floor)


def _disputes(project: Project, policy: ReleasePolicy) -> Check:
    found = open_disputes(project, timezone.now())
    number, asked = found.count(), policy.disputes_settled
    if not number:
        return check("disputes", "settled", passed=True, asked=asked, figure=0)
    items = found.order_by().values("item").distinct()
    left_out = items.filter(item__settled_at=None).count()
    counts = {"disputes": number, "items": items.count(), "left_out": left_out}
    return check("disputes", "open", passed=not asked, asked=asked, figure=number, **counts)


def _licences(project: Project, policy: ReleasePolicy, licence: str) -> Check | None:
    items = Item.objects.filter(project=project, control=False, bad_at=None).exclude(settled_at=None)
    if len(items.order_by("pk").values_list("pk")[: MOST_READ + 1]) > MOST_READ:
        return None
    return licences_of(items, licence, asked=policy.licences)


def _asked(policy: ReleasePolicy, key: str) -> bool:
    looks = policy.second_look_share is not None or policy.second_look_agreement is not None
    asked = {
        "alpha": policy.alpha_floor is not None,
        "overlap": policy.least_overlap is not None,
        "second_looks": looks,
        "credentials": policy.credentials and policy.project.qualified_only,
        "licences": policy.licences,
        "personal": policy.personal,
        "repeats": policy.duplicates,
    }
    return asked.get(key, False)
