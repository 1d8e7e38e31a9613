"""What a person lacks to judge a project's items, and the next step to get it."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from annotation.models import Project
from annotation.models.eligibility import requirement
from core.models import User
from core.roles import Capability
from experts.eligibility import why_not
from experts.models import Credential, Expert


@dataclass(frozen=True)
class Standing:
    """A project that one labels or adjudicates; `step` is empty when nothing is missing."""

    project: Project
    step: str


def next_step(project: Project, expert: Expert) -> str:
    """What has to happen next before this expert is offered items; empty when nothing is missing."""
    unmet = why_not(expert, requirement(project))
    if not unmet:
        return ""
    return (
        _about_credentials(project, expert)
        if unmet[0].code == "qualified_in_sector"
        else str(unmet[0].missing)
    )


def _about_credentials(project: Project, expert: Expert) -> str:
    names = {"sector": project.sector, "organisation": project.organisation}
    held = Credential.objects.filter(expert=expert, kind__sector=project.sector)
    valid = held.valid_on(timezone.localdate())
    if not held.exists():
        return gettext("You need a verified credential in %(sector)s: add it to your profile.") % names
    if not valid.exists():
        return (
            gettext("Your credential in %(sector)s is not valid today: add the newer one to your profile.")
            % names
        )
    if valid.verified_by(project.organisation_id).exists():
        return (
            gettext("Your credential in %(sector)s is verified. %(organisation)s still has to qualify you.")
            % names
        )
    if valid.exclude(verifications__organisation=project.organisation).exists():
        return gettext("Your credential in %(sector)s waits until %(organisation)s has verified it.") % names
    return gettext("%(organisation)s did not accept your credential in %(sector)s: add another.") % names


def standings(user: User, expert: Expert) -> list[Standing]:
    """Every project that the person labels or adjudicates, those with something missing first."""
    projects = Project.objects.filter(
        Q(pk__in=Project.objects.where(user, Capability.LABEL).values("pk"))
        | Q(pk__in=Project.objects.where(user, Capability.ADJUDICATE).values("pk"))
    )
    found = projects.select_related("sector", "organisation").order_by("pk")
    return sorted((Standing(one, next_step(one, expert)) for one in found), key=lambda one: not one.step)
