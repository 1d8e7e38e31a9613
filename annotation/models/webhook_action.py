"""What a webhook can be told of. The codes are Label Studio's, because receivers read them, but for the last one."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Action:
    """`key`: where the body holds what it is about, a list where `is_array`. Some only organisations can hear of.

    `happens`: not what Label Studio's scripts may name, but nothing here does.
    """

    name: Promise | str
    description: Promise | str
    key: str
    is_array: bool = False
    organisation_only: bool = False
    happens: bool = True


ACTIONS: dict[str, Action] = {
    "TASKS_CREATED": Action(_("Items added"), _("An import or a script has stored items."), "tasks", True),
    "TASKS_DELETED": Action(
        _("Items deleted"), _("Items were deleted; the body has their ids."), "tasks", True
    ),
    "ANNOTATION_CREATED": Action(_("Answer submitted"), _("Somebody has submitted an answer."), "annotation"),
    "ANNOTATIONS_CREATED": Action(
        _("Answers stored"), _("An import has stored answers together with their items."), "annotation", True
    ),
    "ANNOTATION_UPDATED": Action(_("Answer corrected"), _("Somebody has corrected an answer."), "annotation"),
    "ANNOTATIONS_DELETED": Action(
        _("Answers deleted"), _("Answers were deleted; the body has their ids."), "annotations", True
    ),
    "PROJECT_CREATED": Action(
        _("Project started"), _("A project was started."), "project", organisation_only=True
    ),
    "PROJECT_UPDATED": Action(_("Project changed"), _("Settings of a project have changed."), "project"),
    "PROJECT_DELETED": Action(
        _("Project deleted"),
        _("A project was deleted; the body has its id."),
        "project",
        organisation_only=True,
    ),
    "LABEL_LINK_CREATED": Action(
        _("Label linked"), _("A label was linked to a project."), "label_link", True, happens=False
    ),
    "LABEL_LINK_UPDATED": Action(
        _("Link of a label changed"), _("The link of a label has changed."), "label_link", happens=False
    ),
    "LABEL_LINK_DELETED": Action(
        _("Link of a label removed"),
        _("A label is not linked to a project any more."),
        "label_link",
        True,
        happens=False,
    ),
    "RELEASE_PUBLISHED": Action(_("Release published"), _("A release was published."), "release"),
}
TEST = "TEST"
"""What a delivery that somebody asked for by hand is called; no webhook subscribes to it."""


def action_name(code: str) -> str:
    """What happened, for people."""
    return str(_("Test") if code == TEST else ACTIONS[code].name if code in ACTIONS else code)
