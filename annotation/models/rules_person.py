"""Rules about a person before a whole project."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from annotation.models.candidate import Candidate
from annotation.models.control import Suspension
from annotation.models.project import Policy, Project
from annotation.models.requirement import Acceptance, PanelMember, Undertaking
from annotation.models.rule import About, Rule, always
from annotation.models.rules_qualification import general_rule
from core.models import Membership
from core.refusals import NotAllowed
from core.roles import Capability
from experts import eligibility as people
from experts.models import Expert

PAUSED = "paused"


def _labels(candidate: Candidate) -> bool:
    return candidate.part is Capability.LABEL


def _of_person(rule: people.Rule) -> Rule:
    return Rule(
        code=rule.code,
        about=About.PROJECT,
        applies=lambda candidate: rule.applies(candidate.need),
        bars=lambda candidate, _at: ~Q(Exists(rule.met_by(candidate.need).filter(pk=candidate.expert))),
        why=rule.missing,
        refusal=rule.refusal,
        step=rule.step,
    )


def _without_role(candidate: Candidate, at: str) -> Q:
    granted = Membership.objects.current().filter(
        candidate.project.memberships_that(candidate.part), user=candidate.user
    )
    return ~Q(Exists(granted))


def _paused(candidate: Candidate, at: str) -> Q:
    return Q(Exists(Project.objects.filter(pk=candidate.project.pk).exclude(paused_at=None)))


def _lives_elsewhere(candidate: Candidate, at: str) -> Q:
    here = Expert.objects.filter(pk=candidate.expert, residence__in=candidate.project.residences)
    return ~Q(Exists(here))


def _has_not_undertaken(candidate: Candidate, at: str) -> Q:
    versions = Undertaking.objects.filter(project=candidate.project.pk)
    newer = versions.filter(version__gt=OuterRef("version"))
    accepted = Acceptance.objects.filter(undertaking=OuterRef("pk"), expert=candidate.expert)
    return Q(Exists(versions.exclude(text="").filter(~Exists(newer), ~Exists(accepted))))


def _suspended(candidate: Candidate, at: str) -> Q:
    return Q(
        Exists(Suspension.objects.current().filter(project=candidate.project.pk, expert=candidate.expert))
    )


def _off_panel(candidate: Candidate, at: str) -> Q:
    return ~Q(Exists(PanelMember.objects.filter(project=candidate.project.pk, expert=candidate.expert)))


UNDERTAKING = Rule(
    "undertaking",
    About.PROJECT,
    always,
    _has_not_undertaken,
    _("The project's undertaking of confidentiality has not been accepted."),
    refusal=NotAllowed,
    step=_("Read and accept it on the project's page."),
)
PERSON_RULES: tuple[Rule, ...] = (
    Rule(
        "no_role",
        About.PROJECT,
        always,
        _without_role,
        _("This takes a role in the project that the person does not have."),
        refusal=NotAllowed,
    ),
    Rule(
        PAUSED,
        About.PROJECT,
        _labels,
        _paused,
        _("The project is paused."),
        refusal=NotAllowed,
        step=_("Come back when its lead resumes it."),
    ),
    *(_of_person(rule) for rule in people.RULES),
    Rule(
        "residence",
        About.PROJECT,
        lambda one: bool(one.project.residences),
        _lives_elsewhere,
        _("The project is for people who live in certain countries, and the profile names none of them."),
        step=_("Check the country of residence on your profile."),
    ),
    UNDERTAKING,
    general_rule,
    Rule(
        "suspended",
        About.PROJECT,
        always,
        _suspended,
        _("The person is suspended: too few of their answers to control items were right."),
        refusal=NotAllowed,
        step=_("Pass the project's exam, or ask its lead."),
    ),
    Rule(
        "off_panel",
        About.PROJECT,
        lambda one: _labels(one) and one.project.policy == Policy.PANEL,
        _off_panel,
        _("The person is not on the project's panel."),
        step=_("Ask the project's lead."),
    ),
)
