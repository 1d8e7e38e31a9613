"""The audit trail of a project."""

from django.http import HttpResponse

from annotation.web.gate import Here, in_project
from core.models import AuditEvent
from core.roles import Capability
from core.web.trail import trail


@in_project(Capability.SEE_AUDIT)
def audit(here: Here) -> HttpResponse:
    """Who did what in the project, newest first."""
    events = AuditEvent.objects.filter(project_id=here.project.pk)
    return here.render("projects/audit.html", {"trail": trail(here.request, events)})
