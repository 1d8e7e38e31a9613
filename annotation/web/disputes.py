"""Disputes: those that wait for this person, those of a project, and the page on which one is decided."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from annotation.models import Dispute
from annotation.models.access import may
from annotation.payloads import dispute_of
from annotation.stages import adjudicate
from annotation.web.deciding import decidable
from annotation.web.gate import Here, in_project
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
    shown = mine if deciding else Dispute.objects.visible_to(user).filter(closed_at=None)
    return page(request, "disputes/list.html", {"deciding": deciding, **_rows(request, shown)})


@in_project(Capability.SEE_WORK, Capability.ADJUDICATE)
def project_disputes(here: Here) -> HttpResponse:
    """The disputes of one project; `?state=closed` shows the decided ones."""
    closed = here.request.GET.get("state") == "closed"
    found = Dispute.objects.visible_to(here.user).filter(project=here.project, closed_at__isnull=not closed)
    if not here.can(Capability.SEE_WORK) and not closed:
        found = Dispute.objects.to_decide_by(here.user).filter(project=here.project)
    return here.render("disputes/project.html", {"closed": closed, **_rows(here.request, found)})


def _rows(request: HttpRequest, found: QuerySet[Dispute]) -> dict[str, Any]:
    shown = keyset(request, found.select_related("project", "item").distinct(), newest_first=False)
    parsed = {}
    rows = []
    for dispute in shown.rows:
        if dispute.project_id not in parsed:
            schema = dispute.project.schemas.first()
            parsed[dispute.project_id] = schema.parsed if schema else {"questions": [], "fields": []}
        values = Values(parsed[dispute.project_id], dispute.item.data)
        rows.append((dispute, values.title(dispute.question), values.excerpt()))
    return {"page": shown, "rows": rows}


@login_required
def dispute(request: HttpRequest, dispute: str) -> HttpResponse:
    """Decide it, for an adjudicator who may; read it, for who sees the work and for a decided one."""
    user = person(request)
    found = (
        Dispute.objects.visible_to(user)
        .select_related("project__sector", "project__organisation", "item")
        .filter(uid=dispute)
        .distinct()
        .first()
    )
    if found is None:
        raise NotFound
    adjudicate.check_may_see(found, user)
    if found.closed_at is None and may(user, found.project, Capability.ADJUDICATE):
        adjudicate.check_may_decide(found, expert_of(user), user)
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
