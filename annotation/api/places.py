"""The two places where people hold roles: a whole organisation, or one of its projects."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from annotation.api.doors import load_organisation
from annotation.models.access import load_project, may
from core.models import Invitation, Membership, Organisation, User
from core.organisations import is_allowed
from core.roles import Capability


@dataclass(frozen=True)
class Place:
    """An organisation, or with `project_id` one of its projects; `name` is what letters call it.

    `leads`: whether who came in leads there.
    """

    organisation: Organisation
    project_id: int | None
    name: str
    leads: bool

    @property
    def _here(self) -> Q:
        if self.project_id is None:
            return self._whole
        return Q(project_id=self.project_id)  # partners' people hold theirs through their own organisation

    @property
    def _whole(self) -> Q:
        return Q(organisation=self.organisation, project_id=None)

    def memberships(self) -> QuerySet[Membership]:
        """The current roles in just this place."""
        return Membership.objects.current().filter(self._here).select_related("user", "organisation")

    def members(self) -> QuerySet[Membership]:
        """The same, and in a project those in the whole of its organisation, who may do the same there."""
        held = Membership.objects.current().filter(self._here | self._whole)
        return held.select_related("user", "organisation")

    def invitations(self) -> QuerySet[Invitation]:
        """Those into just this place, ended ones too."""
        return Invitation.objects.filter(self._here)


def whole(user: User, uid: str, capability: Capability) -> Place:
    """An organisation, if the person may do this in the whole of it. Raises NotFound or NotAllowed."""
    organisation = load_organisation(user, uid, capability)
    leads = is_allowed(user, organisation, Capability.LEAD_PROJECT)
    return Place(organisation, None, organisation.name, leads)


def inside(user: User, uid: str, capability: Capability) -> Place:
    """A project, if the person may do this in it. Raises NotFound or NotAllowed."""
    project = load_project(user, uid, capability)
    leads = may(user, project, Capability.LEAD_PROJECT)
    return Place(project.organisation, project.pk, project.name, leads)
