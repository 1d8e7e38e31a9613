"""The two ways to people's evidence: through the whole of an organisation, or through one of its projects."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from annotation.api.base import one
from annotation.models.access import load_project
from core.models import Membership, Organisation, User
from core.organisations import is_allowed
from core.refusals import NotAllowed
from core.roles import Capability
from experts import roster
from experts.models import Credential, Expert, Qualification
from experts.models.credential import CredentialQuerySet


@dataclass(frozen=True)
class Door:
    """Who came in, for which organisation they speak, and the experts they find; `project_id`: where alone."""

    user: User
    organisation: Organisation
    experts: QuerySet[Expert]
    project_id: int | None = None

    def claims(self) -> CredentialQuerySet:
        """The experts' credentials with their `state` in the organisation."""
        found = Credential.objects.filter(expert__in=self.experts)
        told = found.with_state(self.organisation.pk, timezone.localdate()).with_rivals()
        return told.select_related("kind__sector", "expert__user")

    def qualifications(self) -> QuerySet[Qualification]:
        """The organisation's decisions about the experts; through a project not those for other projects."""
        held = Qualification.objects.filter(organisation=self.organisation, expert__in=self.experts)
        if self.project_id is not None:
            held = held.filter(Q(project_id=None) | Q(project_id=self.project_id))
        return held.select_related("expert", "organisation", "sector", "credential")


def load_organisation(user: User, uid: str, capability: Capability) -> Organisation:
    """The organisation, if the person sees it and may do this in the whole of it. Raises NotFound or NotAllowed."""
    found = one(Organisation.objects.visible_to(user), uid)
    if not is_allowed(user, found, capability):
        raise NotAllowed
    return found


def through_organisation(user: User, uid: str, capability: Capability) -> Door:
    """All its people. Raises as `load_organisation` does."""
    organisation = load_organisation(user, uid, capability)
    return Door(user, organisation, roster.roster(user, organisation, timezone.localdate(), roster.Wanted()))


def through_project(user: User, uid: str, capability: Capability) -> Door:
    """Those with a role in the project or in the whole of its organisation. Raises as `load_project` does."""
    project = load_project(user, uid, capability)
    members = Membership.objects.current().filter(
        Q(project_id=project.pk) | Q(project_id=None, organisation=project.organisation)
    )
    experts = Expert.objects.filter(user__in=members.values("user"))
    return Door(user, project.organisation, experts, project.pk)
