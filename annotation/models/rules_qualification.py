"""A project's own rules of qualification (`QualificationRule`) as rules of eligibility."""

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from annotation.models.candidate import Candidate
from annotation.models.requirement import Combine, QualificationRule
from annotation.models.rule import About, Rule, always
from experts.models import Credential, How, Qualification


def met(candidate: Candidate) -> Q:
    """The rules that the candidate meets, as a condition over QualificationRule."""
    asked = (
        (Q(by_credential=True), _has_credential(candidate)),
        (Q(exam__isnull=False), _has_passed(candidate)),
        (Q(by_grant=True), _has_grant(candidate)),
    )
    # Counted, so that each kind of evidence is asked for once whichever way they are combined.
    held = sum((_one(named & has) for named, has in asked), start=Value(0))
    wanted = sum((_one(named) for named, _has in asked), start=Value(0))
    enough = Case(When(combine=Combine.ANY, then=Value(1)), default=wanted, output_field=IntegerField())
    return Q(GreaterThanOrEqual(held, enough))


def _one(condition: Q) -> Case:
    """1 where the condition holds, else 0."""
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def unmet_rules(candidate: Candidate) -> "QuerySet[QualificationRule]":
    """The project's rules, of every kind and tier, that the candidate does not meet."""
    return QualificationRule.objects.current().filter(~met(candidate), project=candidate.project.pk)


def _has_credential(candidate: Candidate) -> Q:
    held = (
        Credential.objects.valid_on(candidate.day)
        .verified_by(candidate.project.organisation_id)
        .filter(
            expert=candidate.expert,
            kind__in=QualificationRule.credential_kinds.through.objects.filter(
                qualificationrule=OuterRef(OuterRef("pk"))
            ).values("credentialkind"),
        )
    )
    return Q(Exists(held))


def _qualified(candidate: Candidate, how: How) -> "QuerySet[Qualification]":
    """For the rule's kind, or for every kind."""
    return (
        Qualification.objects.in_force(candidate.day)
        .filter(expert=candidate.expert, project_id=candidate.project.pk, how=how)
        .filter(Q(kind="") | Q(kind=OuterRef("kind")))
    )


def _has_passed(candidate: Candidate) -> Q:
    passed = Qualification.objects.in_force(candidate.day).filter(
        expert=candidate.expert, project_id=candidate.project.pk, how=How.EXAM, exam_id=OuterRef("exam_id")
    )
    return Q(Exists(passed))


def _has_grant(candidate: Candidate) -> Q:
    return Q(Exists(_qualified(candidate, How.GRANT)))


def bars_from_lane(candidate: Candidate) -> Q:
    """Whether any rule, general or not, keeps the candidate from a lane: both rules below in one look."""
    return Q(Exists(_asked_by_lane(unmet_rules(candidate), "")))


def _asked_by_lane(rules: "QuerySet[QualificationRule]", at: str) -> "QuerySet[QualificationRule]":
    return rules.filter(
        Q(kind="") | Q(kind=OuterRef(f"{at}kind")), Q(tier="") | Q(tier=OuterRef(f"{at}tier"))
    )


def _for_all(candidate: Candidate, at: str) -> Q:
    return Q(Exists(unmet_rules(candidate).filter(kind="", tier="")))


def _for_lane(candidate: Candidate, at: str) -> Q:
    return Q(Exists(_asked_by_lane(unmet_rules(candidate).exclude(kind="", tier=""), at)))


general_rule = Rule(
    "qualification_rule",
    About.PROJECT,
    always,
    _for_all,
    _("A rule of the project asks for a credential, an exam or a grant that the person does not have."),
    step=_("See the project's rules on its page."),
)
kind_rule = Rule(
    "kind_rule",
    About.LANE,
    always,
    _for_lane,
    _(
        "A rule for this kind of item asks for a credential, an exam or a grant that the person does not have."
    ),
    step=_("See the project's rules on its page."),
)
