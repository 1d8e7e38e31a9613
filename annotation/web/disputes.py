"""Disputes: those that wait for this person, those of a project, and the page on which one is decided."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from annotation.dispute_payload import dispute_of
from annotation.models import Dispute, Project
from annotation.models.access import may
from annotation.models.standing import decidable as decidable_in
from annotation.models.standing import has_undertaken
from annotation.stages import adjudicate
from annotation.web.deciding import decidable
from annotation.web.gate import Here, in_project
from annotation.web.projects.undertaking import to_undertaking
from annotation.web.values import Values
from core.refusals import NotFound
from core.roles import Capability
from core.web.page import page, person
from core.web.paging import keyset
from experts.evidence import expert_of


@login_required
def disputes(request: HttpRequest) -> HttpResponse:
    """The open disputes that one may decide, over all projects; else the open ones that one may see."""
    user = person(request)
    mine = decidable(user)
    deciding = mine.exists()
    seen = Project.objects.where(user, Capability.SEE_WORK)
    shown = mine if deciding else Dispute.objects.filter(project__in=seen.values("pk"), closed_at=None)
    return page(request, "disputes/list.html", {"deciding": deciding, **_rows(request, shown)})


@in_project(Capability.SEE_WORK, Capability.ADJUDICATE)
def project_disputes(here: Here) -> HttpResponse:
    """The disputes of one project; `?state=closed` shows the decided ones."""
    closed = here.request.GET.get("state") == "closed"
    seen = Dispute.objects.visible_to(here.user)
    found: QuerySet[Dispute] = seen.filter(project=here.project, closed_at__isnull=not closed)
    if not here.can(Capability.SEE_WORK):
        expert = expert_of(here.user)
        if not has_undertaken(here.project, expert):
            return to_undertaking(here.request, here.project)
        if not closed:
            found = decidable_in(Dispute.objects.to_decide_by(here.user), [here.project], expert)
    return here.render("disputes/project.html", {"closed": closed, **_rows(here.request, found)})


def _rows(request: HttpRequest, found: QuerySet[Dispute]) -> dict[str, Any]:
    shown = keyset(request, found.select_related("project", "item__lane").distinct(), newest_first=False)
    seen = set(Project.objects.where(person(request), Capability.SEE_WORK).values_list("pk", flat=True))
    parsed = {}
    rows = []
    for dispute in shown.rows:
        if dispute.project_id not in parsed:
            schema = dispute.project.schemas.first()
            parsed[dispute.project_id] = schema.parsed if schema else {"questions": [], "fields": []}
        values = Values(parsed[dispute.project_id], dispute.item.data)
        # A list would show both sides of a barrier: what lies in a room is read one by one.
        closed_room = dispute.item.lane.room and dispute.project_id not in seen
        rows.append((dispute, values.title(dispute.question), "" if closed_room else values.excerpt()))
    return {"page": shown, "rows": rows}


@login_required
def dispute(request: HttpRequest, dispute: str) -> HttpResponse:
    """Decide it, for an adjudicator who may; read it, for who sees the work and for a decided one."""
    user = person(request)
    found = (
        Dispute.objects.visible_to(user)
        .select_related("project__sector", "project__organisation", "item__lane")
        .filter(uid=dispute)
        .distinct()
        .first()
    )
    if found is None:
        raise NotFound
    decides = may(user, found.project, Capability.ADJUDICATE)
    if decides and not has_undertaken(found.project, expert_of(user)):
        return to_undertaking(request, found.project)
    adjudicate.show(found, user)
    if found.closed_at is None and decides:
        context = {"dispute": found, "payload": dispute_of(found), "home": reverse("web:disputes")}
        return page(request, "disputes/decide.html", context)
    return page(request, "disputes/read.html", _told(found))


def _told(dispute: Dispute) -> dict[str, Any]:
    payload = dispute_of(dispute)
    values = Values(payload["schema"], dispute.item.data)
    decided = payload["decided"]
    return {
        "dispute": dispute,
        "title": values.title(dispute.question),
        "texts": [str(dispute.item.data.get(field["key"], "")) for field in values.fields],
        "answers": [
            (answer["name"], values.show(dispute.question, answer["value"])) for answer in payload["answers"]
        ],
        "decided": decided,
        "decision": values.show(dispute.question, decided["value"]) if decided else "",
    }
