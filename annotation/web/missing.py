"""What a person lacks to judge a project's items, and the next step to get it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from annotation.asked import needs
from annotation.models import Project, QualificationRule
from annotation.models.eligibility import PAUSED, Candidate, Rule, unmet_in
from annotation.models.rules_qualification import unmet_rules
from annotation.web.suspended import why_by_project
from core.models import User
from core.roles import Capability
from experts.jurisdictions import jurisdiction_name
from experts.models import Credential, Expert


@dataclass(frozen=True)
class Step:
    """What has to happen next, and the page where it is done (`href` and its name `do`, both may be empty).

    False when nothing is missing.
    """

    text: str = ""
    href: str = ""
    do: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Standing:
    """A project that one labels or adjudicates; `step` is false when nothing is missing."""

    project: Project
    step: Step


def next_step(project: Project, expert: Expert) -> Step:
    """What has to happen next before this expert is offered items; false when nothing is missing."""
    return next_steps([project], expert)[project.pk]


def next_steps(
    projects: Collection[Project], expert: Expert, *, part: Capability = Capability.LABEL
) -> dict[int, Step]:
    """The same by project id, or for deciding disputes.

    One statement, and a few more when a credential is missing somewhere, or what a rule asks.
    """
    first = {pk: rules[0] for pk, rules in _unmet(projects, expert, part).items() if rules}
    of: dict[str, list[Project]] = {}
    for project in projects:
        if project.pk in first:
            of.setdefault(first[project.pk].code, []).append(project)
    suspended = why_by_project(of.get("suspended", []), expert)
    said = {
        **{one.pk: Step(suspended[one.pk], *_exams(one)) for one in projects if one.pk in suspended},
        **_about_credentials(of.get("qualified_in_sector", []), expert),
        **_about_rules(of.get("qualification_rule", []), expert),
    }
    steps = dict.fromkeys((one.pk for one in projects), Step())
    return steps | {
        one.pk: said.get(one.pk) or _plain(first[one.pk], one, expert) for one in projects if one.pk in first
    }


def _unmet(projects: Collection[Project], expert: Expert, part: Capability) -> dict[int, list[Rule]]:
    """The rules about the person that keep them from each project, by id. Roles and pauses are told elsewhere."""
    found = unmet_in(list(projects), expert, part=part)
    return {
        pk: [rule for rule in rules if rule.code not in {"no_role", PAUSED}] for pk, rules in found.items()
    }


def _plain(rule: Rule, project: Project, expert: Expert) -> Step:
    """The step for a rule about which no more has to be read."""
    if rule.code == "on_a_break":
        return Step(str(rule.why), reverse("web:profile"), gettext("End the break"))
    if rule.code == "residence":
        return _residence(expert)
    if rule.code == "undertaking":
        return Step(
            gettext("Read and accept the project's undertaking of confidentiality first."),
            reverse("web:undertaking", args=[project.uid]),
            gettext("Read it"),
        )
    if rule.code == "off_panel":
        return Step(gettext("This project's items go to a panel, and you are not on it. Ask its lead."))
    return Step(f"{rule.why} {rule.step or ''}".strip())


def _residence(expert: Expert) -> Step:
    if not expert.residence:
        return Step(
            gettext(
                "This project is for people who live in certain countries: say on your profile where you live."
            ),
            reverse("web:profile"),
            gettext("Say where you live"),
        )
    country = jurisdiction_name(expert.residence)
    return Step(
        gettext("This project is for people who live in certain countries, and %(country)s is none of them.")
        % {"country": country}
    )


def _exams(project: Project) -> tuple[str, str]:
    """Where the project's exams are taken."""
    return reverse("web:exams", args=[project.uid]), gettext("To the exams")


def _about_rules(projects: Collection[Project], expert: Expert) -> dict[int, Step]:
    """What the first rule of each project asks that the expert does not meet."""
    if not projects:
        return {}
    unmet: list[Any] = [
        unmet_rules(Candidate.of(one, expert)).filter(kind="", tier="").order_by().values("pk")
        for one in projects
    ]
    found: Any = unmet[0].union(*unmet[1:], all=True) if len(unmet) > 1 else unmet[0]
    rules = QualificationRule.objects.filter(pk__in=[row["pk"] for row in found])
    steps: dict[int, Step] = {}
    for rule in rules.select_related("exam", "project").prefetch_related("credential_kinds").order_by("pk"):
        steps.setdefault(rule.project_id, _about_rule(rule))
    return steps


def _about_rule(rule: QualificationRule) -> Step:
    told = gettext("This project asks for %(needs)s. %(reason)s") % {
        "needs": needs(rule),
        "reason": rule.reason,
    }
    if rule.exam:
        return Step(told, *_exams(rule.project))
    if rule.by_credential:
        return Step(told, reverse("web:credential-new"), gettext("Add a credential"))
    return Step(told)


def _facts(expert: Expert, exist: Mapping[str, QuerySet[Any]]) -> dict[str, bool]:
    """Which of these queries find something, in one statement."""
    if not exist:
        return {}
    found = Expert.objects.filter(pk=expert.pk).annotate(
        **{name: Exists(rows) for name, rows in exist.items()}
    )
    return dict(found.values(*exist).get())


def _about_credentials(projects: Collection[Project], expert: Expert) -> dict[int, Step]:
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
    me = reverse("web:me"), gettext("To your profile")
    return {project.pk: Step(_credential(project, facts), *me) for project in projects}


def _credential(project: Project, facts: Mapping[str, bool]) -> str:
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
    labels = set(Project.objects.where(user, Capability.LABEL).values_list("pk", flat=True))
    steps = next_steps([one for one in found if one.pk in labels], expert)
    deciding = [one for one in found if one.pk not in labels]
    steps |= next_steps(deciding, expert, part=Capability.ADJUDICATE)
    return sorted((Standing(one, steps[one.pk]) for one in found), key=lambda one: not one.step)
