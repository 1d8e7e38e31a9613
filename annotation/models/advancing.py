"""Ask for an item to be taken as far as it goes without a person."""

from annotation.models.project import Project
from core import jobs

ADVANCE = "advance"


def advance_soon(item: int, project: Project, *, delay: float = 0) -> None:
    """By the item's number; asked twice before it is done, it is done once. `delay`: seconds in which others gather."""
    jobs.enqueue_once(
        ADVANCE,
        args={"item": item},
        key=f"{ADVANCE}:{item}",
        delay=delay,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        keep=False,
    )
