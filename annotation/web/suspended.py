"""What people read about suspensions: whoever is suspended why and how to return, the lead what is asked of them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import ngettext

from annotation.models import Exam, Project, Suspension
from annotation.stages.redo import count_unsettled
from core.models import User
from core.roles import Capability
from experts.models import Expert

_MOST = 24


@dataclass(frozen=True)
class Asked:
    """A lead is asked about so many `unsettled` answers of a suspended person; none: there is nothing to ask."""

    suspension: Suspension
    unsettled: int


def why(suspension: Suspension, *, exams: bool) -> str:
    """Counts, never which items; with how to return. `exams`: the project has one that is open."""
    numbers = {
        "right": suspension.right,
        "asked": suspension.asked,
        "mark": round(100 * suspension.mark),
    }
    if exams:
        told = ngettext(
            "You are suspended here: of the last %(asked)s item with a known answer %(right)s was right, and the "
            "project asks for %(mark)s %%. To return, pass an exam of the project, or ask its lead.",
            "You are suspended here: of the last %(asked)s items with a known answer %(right)s were right, and the "
            "project asks for %(mark)s %%. To return, pass an exam of the project, or ask its lead.",
            suspension.asked,
        )
    else:
        told = ngettext(
            "You are suspended here: of the last %(asked)s item with a known answer %(right)s was right, and the "
            "project asks for %(mark)s %%. To return, ask the project's lead.",
            "You are suspended here: of the last %(asked)s items with a known answer %(right)s were right, and the "
            "project asks for %(mark)s %%. To return, ask the project's lead.",
            suspension.asked,
        )
    return told % numbers


def why_by_project(projects: Collection[Project], expert: Expert) -> dict[int, str]:
    """The same for a person, by project id, where they are suspended. Two statements at most."""
    found = list(Suspension.objects.current().filter(project__in=projects, expert=expert))
    if not found:
        return {}
    open_exams = Exam.objects.filter(project__in=[one.project_id for one in found], closed_at=None)
    with_exam = set(open_exams.values_list("project", flat=True))
    return {one.project_id: why(one, exams=one.project_id in with_exam) for one in found}


def asked_of(user: User) -> list[Asked]:
    """Suspensions in projects that the person leads, about whose unsettled answers nobody has said anything."""
    led = Project.objects.where(user, Capability.LEAD_PROJECT).values("pk")
    rows = Suspension.objects.filter(project__in=led, redo="").select_related("project", "expert__user")
    found = list(rows.order_by("-pk")[:_MOST])
    counts = count_unsettled(found) if found else {}
    asked = [Asked(one, counts.get(one.pk, 0)) for one in found]
    return [one for one in asked if one.unsettled or one.suspension.ended_at is None]
