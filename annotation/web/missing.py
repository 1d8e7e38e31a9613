"""What a person lacks to judge a project's items, and the next step to get it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from annotation.models import Project
from annotation.models.eligibility import PAUSED, Rule, unmet_in
from core.models import User
from core.roles import Capability
from experts.models import Credential, Expert


@dataclass(frozen=True)
class Standing:
    """A project that one labels or adjudicates; `step` is empty when nothing is missing."""

    project: Project
    step: str


def next_step(project: Project, expert: Expert) -> str:
    """What has to happen next before this expert is offered items; empty when nothing is missing."""
    return next_steps([project], expert)[project.pk]


def next_steps(projects: Collection[Project], expert: Expert) -> dict[int, str]:
    """The same by project id, in one statement, and a second one when a credential is missing somewhere."""
    unmet = _unmet(projects, expert)
    lacking = [one for one in projects if unmet[one.pk] and unmet[one.pk][0].code == "qualified_in_sector"]
    said = _about_credentials(lacking, expert)
    return {pk: said.get(pk) or (str(rules[0].why) if rules else "") for pk, rules in unmet.items()}


def _unmet(projects: Collection[Project], expert: Expert) -> dict[int, list[Rule]]:
    """The rules about the person that keep them from each project, by id. Roles and pauses are told elsewhere."""
    found = unmet_in(list(projects), expert)
    return {
        pk: [rule for rule in rules if rule.code not in {"no_role", PAUSED}] for pk, rules in found.items()
    }


def _facts(expert: Expert, exist: Mapping[str, QuerySet[Any]]) -> dict[str, bool]:
    """Which of these queries find something, in one statement."""
    if not exist:
        return {}
    found = Expert.objects.filter(pk=expert.pk).annotate(
        **{name: Exists(rows) for name, rows in exist.items()}
    )
    return dict(found.values(*exist).get())


def _about_credentials(projects: Collection[Project], expert: Expert) -> dict[int, str]:
    exist: dict[str, QuerySet[Any]] = {}
    for project in projects:
        held = Credential.objects.filter(expert=expert, kind__sector=project.sector)
        valid = held.valid_on(timezone.localdate())
        exist |= {
            f"held{project.pk}": held,
            f"valid{project.pk}": valid,
            f"verified{project.pk}": valid.verified_by(project.organisation_id),
            f"waits{project.pk}": valid.exclude(verifications__organisation=project.organisation),
        }
    facts = _facts(expert, exist)
    return {project.pk: _step(project, facts) for project in projects}


def _step(project: Project, facts: Mapping[str, bool]) -> str:
    names = {"sector": project.sector, "organisation": project.organisation}
    if not facts[f"held{project.pk}"]:
        return gettext("You need a verified credential in %(sector)s: add it to your profile.") % names
    if not facts[f"valid{project.pk}"]:
        return (
            gettext("Your credential in %(sector)s is not valid today: add the newer one to your profile.")
            % names
        )
    if facts[f"verified{project.pk}"]:
        return (
            gettext("Your credential in %(sector)s is verified. %(organisation)s still has to qualify you.")
            % names
        )
    if facts[f"waits{project.pk}"]:
        return gettext("Your credential in %(sector)s waits until %(organisation)s has verified it.") % names
    return gettext("%(organisation)s did not accept your credential in %(sector)s: add another.") % names


def standings(user: User, expert: Expert) -> list[Standing]:
    """Every project that the person labels or adjudicates, those with something missing first."""
    projects = Project.objects.filter(
        Q(pk__in=Project.objects.where(user, Capability.LABEL).values("pk"))
        | Q(pk__in=Project.objects.where(user, Capability.ADJUDICATE).values("pk"))
    )
    found = list(projects.select_related("sector", "organisation").order_by("pk"))
    steps = next_steps(found, expert)
    return sorted((Standing(one, steps[one.pk]) for one in found), key=lambda one: not one.step)
