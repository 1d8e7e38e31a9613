"""Give items by name: to whom, which, until when; who holds what; hand on and take back."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from annotation.models import Assignment, Item, LabelSchema
from annotation.models.fit import ranked_for
from annotation.models.giving import Wanted
from annotation.models.who_holds import STATES, of_project
from annotation.stages import assign, give
from annotation.web.gate import Here, in_project
from annotation.web.live import fingerprint, polled, refresh
from annotation.web.projects.assigning_forms import GiveForm, HandOnForm, ToWhomForm
from annotation.web.projects.assigning_words import Gift, gift_of
from annotation.web.values import Values
from annotation.why import parts_of, reason_sentences
from core.refusals import NotFound, Refusal
from core.roles import Capability
from core.web.paging import keyset

TOLD_FOR = timedelta(hours=1)
"""What became of a gift is said for so long."""


@in_project(Capability.LEAD_PROJECT)
def assigning(here: Here) -> HttpResponse:
    """POST gives: one item at once, more in a job. GET: the form, how far the last one is, and who holds what."""
    form = GiveForm(here.request.POST or None, project=here.project)
    if here.request.method == "POST" and form.is_valid() and form.attempt(lambda: _give(here, form)):
        return redirect("web:assigning", here.project.uid)
    asked = here.request.GET
    state = asked.get("state", "") if asked.get("state", "") in dict(STATES) else "open"
    listed = keyset(here.request, of_project(here.project, state, asked.get("expert", "")))
    gift, tag = _gift(here)
    schema = here.project.schemas.order_by("-version").first()
    context = {
        "form": form,
        "gift": gift,
        "tag": tag,
        "page": listed,
        "rows": [(one, _excerpt(one.item, schema)) for one in listed.rows],
        "states": STATES,
        "state": state,
        "people": form.people,
        "has_items": Item.objects.filter(project=here.project).exists(),
    }
    return here.render("projects/routing/assigning.html", context, status=form.status)


def _give(here: Here, form: GiveForm) -> bool:
    given = form.cleaned_data
    whom = {"expert": form.expert(), "by": here.user, "until": given["until"]}
    uids = form.uids()
    if given["how"] == "these" and len(uids) == 1:
        assign.give(item=_item(here, uids[0]), **whom)
        messages.success(here.request, gettext("The item is given."))
    elif given["how"] == "these":
        give.give_named(project=here.project, items=uids, **whom)
    else:
        wanted = Wanted(given["count"], given["kind"], given["batch"], given["language"])
        give.give_described(project=here.project, wanted=wanted, **whom)
    return True


@in_project(Capability.LEAD_PROJECT)
def assigning_progress(here: Here) -> HttpResponse:
    """How far the newest gift is; 304 while nothing moved, a whole new page at the end."""
    gift, tag = _gift(here)
    if gift is None or gift.progress.finished:
        return refresh()
    return polled(here, tag, "projects/routing/assigning_progress.html", gift=gift)


def _gift(here: Here) -> tuple[Gift | None, str]:
    job = give.last_gift(here.project)
    if job and job.finished_at and job.finished_at < timezone.now() - TOLD_FOR:
        job = None
    tag = fingerprint(job and (job.uid, job.done, job.state), here.request.LANGUAGE_CODE)
    return gift_of(job), tag


@in_project(Capability.LEAD_PROJECT)
def hand_on(here: Here, assignment: str) -> HttpResponse:
    """Give what somebody holds to another, who is chosen from those who fit best."""
    held = _assignment(here, assignment)
    form = HandOnForm(here.request.POST or None, project=here.project)
    if here.request.method == "POST" and form.is_valid():
        whom = {"expert": form.expert(), "by": here.user, "until": form.cleaned_data["until"]}
        if form.attempt(lambda: assign.reassign(assignment=held, **whom)):
            messages.success(here.request, gettext("The item is handed on."))
            return redirect("web:assigning", here.project.uid)
    ranking = ranked_for(held.item)
    context: dict[str, Any] = {
        "held": held,
        "excerpt": _excerpt(held.item, here.project.schemas.order_by("-version").first()),
        "reasons": reason_sentences(held),
        "parts": parts_of(held.parts),
        "form": form,
        "ranking": ranking,
        "fits": [(one, parts_of(one.parts)) for one in ranking.fits],
    }
    return here.render("projects/routing/assigning_hand_on.html", context, status=form.status)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def take_back(here: Here, assignment: str) -> HttpResponse:
    """Take an item back from who holds it."""
    held = _assignment(here, assignment)
    try:
        assign.withdraw(assignment=held, by=here.user)
        messages.success(here.request, gettext("The item is taken back. Its draft is kept."))
    except Refusal as refusal:
        messages.warning(here.request, refusal.sentence)
    return redirect("web:assigning", here.project.uid)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def give_item(here: Here, item: str) -> HttpResponse:
    """Give one item to somebody, from its page."""
    found = _item(here, item)
    form = ToWhomForm(here.request.POST)
    try:
        given = assign.give(item=found, expert=form.expert(here.user), by=here.user)
        said = gettext("The item is given to %(person)s.") % {"person": given.expert}
        messages.success(here.request, said)
    except Refusal as refusal:
        messages.warning(here.request, f"{refusal.sentence} {refusal.advice}")
    return redirect("web:item", here.project.uid, found.uid)


def _assignment(here: Here, uid: str) -> Assignment:
    rows = of_project(here.project, "all").select_related(
        "project__organisation", "project__sector", "item__lane", "item__project", "expert__user"
    )
    found = rows.filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def _item(here: Here, uid: str) -> Item:
    rows = Item.objects.select_related("lane", "project__organisation", "project__sector")
    found = rows.filter(project=here.project, uid=uid).first()
    if found is None:
        raise NotFound
    return found


def _excerpt(item: Item, schema: LabelSchema | None) -> str:
    parsed = schema.parsed if schema else {"fields": [], "questions": []}
    return Values(parsed, item.data).excerpt() or item.uid


urls = [
    path("routing/assigning/", assigning, name="assigning"),
    path("routing/assigning/progress", assigning_progress, name="assigning-progress"),
    path("routing/assigning/<slug:assignment>/", hand_on, name="hand-on"),
    path("routing/assigning/<slug:assignment>/take-back", take_back, name="take-back"),
    path("items/<slug:item>/give", give_item, name="give-item"),
]
