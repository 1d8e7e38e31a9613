"""How many people of a project meet each of its rules of qualification. Read-only."""

from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Subquery

from annotation.models.candidate import Candidate
from annotation.models.project import Project
from annotation.models.requirement import QualificationRule
from annotation.models.rules_qualification import met
from core.models import Membership
from core.roles import Capability
from experts.models import Expert


class _Rows(Subquery):
    """How many rows a query has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def people_of(project: Project) -> "QuerySet[Expert]":
    """The experts whose role lets them label or adjudicate in the project, by name."""
    members = Membership.objects.current().filter(
        project.memberships_that(Capability.LABEL) | project.memberships_that(Capability.ADJUDICATE)
    )
    found: QuerySet[Expert] = Expert.objects.filter(user__in=members.values("user"))
    return found.select_related("user").order_by("user__name", "pk")


def with_met_by(rules: "QuerySet[QualificationRule]", project: Project) -> "QuerySet[QualificationRule]":
    """Adds `met_by` to rules of the project: how many of `people_of` meet it. Asks the rule as the queue does."""
    # Innermost stands the rule once more, around it the expert, outermost the rule that is counted for.
    anybody = Candidate(project, OuterRef(OuterRef("pk")), None)
    same = QualificationRule.objects.filter(met(anybody), pk=OuterRef(OuterRef("pk")))
    return rules.annotate(met_by=_Rows(people_of(project).filter(Exists(same)).order_by().values("pk")))
