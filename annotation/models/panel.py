"""Who could be on a project's panel, and who is. Read-only."""

from django.db.models import QuerySet

from annotation.models.project import Project
from annotation.models.requirement import PanelMember
from core.models import Membership
from core.roles import Capability
from experts.models import Expert


def annotators_of(project: Project) -> "QuerySet[Expert]":
    """The experts whose role lets them label in the project, by name."""
    members = Membership.objects.current().filter(project.memberships_that(Capability.LABEL))
    found = Expert.objects.filter(user__in=members.values("user"))
    return found.select_related("user").order_by("user__name", "pk")


def panel_of(project: Project) -> "QuerySet[Expert]":
    """The experts on the project's panel, by name, also those who have lost their role since."""
    members = PanelMember.objects.filter(project=project)
    found = Expert.objects.filter(pk__in=members.values("expert"))
    return found.select_related("user").order_by("user__name", "pk")
