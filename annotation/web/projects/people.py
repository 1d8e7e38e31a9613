"""The people of a project: roles in it, invitations to it, and the experts among them."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from annotation.web.gate import Here, in_project
from core import organisations as stage
from core.models import Invitation, Membership
from core.refusals import NotFound
from core.roles import Capability, Role
from core.web.mail import tell_invited
from core.web.people import InvitationForm
from experts.models import Credential, Expert, Qualification


@dataclass(frozen=True)
class Known:
    """An expert in one line: whether the project's sector is theirs, and what waits to be verified."""

    expert: Expert
    qualification: Qualification | None
    unanswered: int


@in_project(Capability.SEE_WORK)
def people(here: Here) -> HttpResponse:
    """Everybody who has a role here, and the experts among them."""
    return _people(here, InvitationForm())


def _people(here: Here, form: InvitationForm) -> HttpResponse:
    waiting = Invitation.objects.open().filter(project_id=here.project.pk).order_by("-pk")
    context = {
        "form": form,
        "members": members(here).select_related("user").order_by("user__name", "pk"),
        "rows": [(invitation, stage.invitation_token(invitation)) for invitation in waiting],
        "experts": _experts(here),
    }
    return here.render("projects/people.html", context, status=form.status)


def members(here: Here) -> QuerySet[Membership]:
    """Roles in the project, and roles in the whole of its organisation."""
    return Membership.objects.current().filter(
        Q(project_id=here.project.pk) | Q(project_id=None, organisation=here.project.organisation)
    )


def experts(here: Here) -> QuerySet[Expert]:
    """The experts among the people of the project."""
    return Expert.objects.filter(user__in=members(here).values("user"))


def _experts(here: Here) -> list[Known]:
    judging = members(here).filter(role__in=[Role.ANNOTATOR, Role.ADJUDICATOR])
    shown = experts(here).filter(Q(credentials__isnull=False) | Q(user__in=judging.values("user")))
    found = list(shown.select_related("user").order_by("user__name", "pk").distinct())
    held = (
        Qualification.objects.in_force(timezone.localdate())
        .for_sectors()
        .filter(expert__in=found, organisation=here.project.organisation, sector=here.project.sector)
    )
    qualified = {one.expert_id: one for one in held}
    unanswered: dict[int, int] = {}
    for expert in (
        Credential.objects.filter(expert__in=found)
        .exclude(verifications__organisation=here.project.organisation)
        .values_list("expert", flat=True)
    ):
        unanswered[expert] = unanswered.get(expert, 0) + 1
    known = [Known(one, qualified.get(one.pk), unanswered.get(one.pk, 0)) for one in found]
    return sorted(known, key=lambda one: (not one.unanswered, one.qualification is None))


@require_POST
@in_project(Capability.LEAD_PROJECT)
def invite(here: Here) -> HttpResponse:
    """Invite into this project only."""
    form = InvitationForm(here.request.POST)
    if form.is_valid():
        made = form.attempt(
            lambda: stage.invite(
                organisation=here.project.organisation,
                by=here.user,
                project_id=here.project.pk,
                place=here.project.name,
                **form.cleaned_data,
            )
        )
        if made:
            tell_invited(here.request, made)
            return redirect("web:people", here.project.uid)
    return _people(here, form)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def revoke_invitation(here: Here, invitation: str) -> HttpResponse:
    """Withdraw an invitation into this project."""
    found = Invitation.objects.filter(project_id=here.project.pk, uid=invitation).first()
    if found is None:
        raise NotFound
    stage.revoke_invitation(invitation=found, by=here.user)
    messages.success(here.request, gettext("The invitation is withdrawn: its link no longer works."))
    return redirect("web:people", here.project.uid)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def change_role(here: Here, membership: str) -> HttpResponse:
    """Give somebody another role in this project instead."""
    stage.change_role(
        membership=_membership(here, membership), role=here.request.POST.get("role", ""), by=here.user
    )
    messages.success(here.request, gettext("The role is changed."))
    return redirect("web:people", here.project.uid)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def end_membership(here: Here, membership: str) -> HttpResponse:
    """Take a role in this project away."""
    stage.end_membership(membership=_membership(here, membership), by=here.user)
    messages.success(here.request, gettext("The role is taken away."))
    return redirect("web:people", here.project.uid)


def _membership(here: Here, uid: str) -> Membership:
    found = Membership.objects.current().filter(project_id=here.project.pk, uid=uid)
    membership = found.select_related("user", "organisation").first()
    if membership is None:
        raise NotFound
    return membership
