"""Disputes: those that wait for this person, those of a project, and the page on which one is decided."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from annotation.dispute_payload import dispute_of
from annotation.models import Dispute, Project
from annotation.models.access import may
from annotation.models.dispute_queue import Order
from annotation.models.standing import decidable as decidable_in
from annotation.models.standing import has_undertaken
from annotation.models.stranded import Stranded, stranded
from annotation.stages import adjudicate
from annotation.web.deciding import decidable
from annotation.web.dispute_read import told
from annotation.web.dispute_rows import order_of, page_of
from annotation.web.gate import Here, in_project
from annotation.web.projects.undertaking import to_undertaking
from core.refusals import NotFound
from core.roles import Capability
from core.web.page import page, person
from experts.evidence import expert_of


@login_required
def disputes(request: HttpRequest) -> HttpResponse:
    """The open disputes that one may decide, over all projects; else the open ones that one may see."""
    user = person(request)
    mine = decidable(user)
    deciding = mine.exists()
    seen = Project.objects.where(user, Capability.SEE_WORK)
    shown = mine if deciding else Dispute.objects.filter(project__in=seen.values("pk"), closed_at=None)
    order = order_of(request)
    return page(request, "disputes/list.html", {"deciding": deciding, **page_of(request, shown, order)})


@in_project(Capability.SEE_WORK, Capability.ADJUDICATE)
def project_disputes(here: Here) -> HttpResponse:
    """The disputes of one project; `?state=closed`: the decided ones, `?state=held`: those that wait for the lead."""
    state = here.request.GET.get("state", "")
    seen: QuerySet[Dispute] = Dispute.objects.visible_to(here.user).filter(project=here.project)
    if not here.can(Capability.SEE_WORK) and not has_undertaken(here.project, expert_of(here.user)):
        return to_undertaking(here.request, here.project)
    if state == "closed":
        found, order = seen.filter(closed_at__isnull=False), Order.OLDEST
    elif state == "held":
        found, order = seen.filter(closed_at=None, held_at__isnull=False), Order.OLDEST
    else:
        state, order = "open", order_of(here.request)
        found = _open(here, seen)
    nobody = stranded(here.project) if state == "open" and here.can(Capability.SEE_WORK) else Stranded(0)
    listed = page_of(here.request, found, order, nobody.disputes)
    context = {"state": state, "stranded": nobody, **listed}
    return here.render("disputes/project.html", context)


def _open(here: Here, seen: QuerySet[Dispute]) -> QuerySet[Dispute]:
    """Those that wait for a decision: all of them, for who sees the work; else those that this person may decide."""
    if here.can(Capability.SEE_WORK):
        return seen.filter(closed_at=None, held_at=None)
    return decidable_in(Dispute.objects.to_decide_by(here.user), [here.project], expert_of(here.user))


@login_required
def dispute(request: HttpRequest, dispute: str) -> HttpResponse:
    """Decide it, for an adjudicator who may; read it, for who sees the work and for a decided one."""
    user = person(request)
    found = (
        Dispute.objects.visible_to(user)
        .select_related(
            "project__sector", "project__organisation", "item__lane", "closed_with__guideline", "of"
        )
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
    if found.closed_at is None and found.held_at is None and decides:
        context = {"dispute": found, "payload": dispute_of(found, user), "home": reverse("web:disputes")}
        return page(request, "disputes/decide.html", context)
    return page(request, "disputes/read.html", told(found))
