"""Load what a person asked for, or refuse: 404 for what they may not see, 403 for what they may see but not do."""

from annotation.models.project import Project
from core.models import User
from core.refusals import NotAllowed, NotFound
from core.roles import Capability


def load_project(user: User, uid: str, capability: Capability = Capability.SEE_PROJECT) -> Project:
    """The project, if the person sees it and may do this in it. Raises NotFound or NotAllowed."""
    project = (
        Project.objects.visible_to(user).select_related("organisation", "sector").filter(uid=uid).first()
    )
    if project is None:
        raise NotFound
    demand(user, project, capability)
    return project


def demand(user: User, project: Project, capability: Capability) -> None:
    """Raise NotAllowed unless one of the person's roles in the project allows the capability."""
    if not may(user, project, capability):
        raise NotAllowed


def may(user: User, project: Project, capability: Capability) -> bool:
    """Whether one of the person's roles in the project allows the capability."""
    return project.allows(user, capability)
