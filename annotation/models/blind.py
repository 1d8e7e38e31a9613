"""Blind until settled: who may see the answers to an item."""

from annotation.models.item import Item
from annotation.models.project import Project
from core.models import User
from core.roles import Capability


def may_sway(user: User, project: Project) -> bool:
    """Whether the person may still label or adjudicate in the project."""
    return project.allows(user, Capability.LABEL) or project.allows(user, Capability.ADJUDICATE)


def sees_answers(item: Item, *, sways: bool) -> bool:
    """Who may still label or adjudicate an item stays blind until it is settled, also as a lead."""
    return item.settled_at is not None or not sways
