"""The people of an organisation: invite, change a role, take it away."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from core import organisations as stage
from core.models import Invitation, Membership
from core.refusals import NotAllowed, NotFound
from core.roles import Capability, Role
from core.web.forms import PageForm
from core.web.gate import Inside, in_organisation
from core.web.mail import tell_invited


class InvitationForm(PageForm):
    """With an address a letter is sent and only that person can accept; without, whoever has the link can."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.ANNOTATOR)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Leave it empty for a link that anybody who has it can use."),
    )


@in_organisation(Capability.LEAD_PROJECT, Capability.SEE_WORK)
def invitations(inside: Inside) -> HttpResponse:
    """Who has been invited and has not come yet; POST invites."""
    form = InvitationForm(inside.request.POST or None)
    if inside.request.method == "POST":
        return _invite(inside, form)
    return _invitations(inside, form)


def _invite(inside: Inside, form: InvitationForm) -> HttpResponse:
    if not inside.may[Capability.LEAD_PROJECT.value]:
        raise NotAllowed
    if form.is_valid():
        made = form.attempt(
            lambda: stage.invite(organisation=inside.organisation, by=inside.user, **form.cleaned_data)
        )
        if made:
            tell_invited(inside.request, made)
            return redirect("core:invitations", inside.organisation.uid)
    return _invitations(inside, form)


def _invitations(inside: Inside, form: InvitationForm) -> HttpResponse:
    waiting = Invitation.objects.open().filter(organisation=inside.organisation, project_id=None)
    rows = [(invitation, stage.invitation_token(invitation)) for invitation in waiting.order_by("-pk")]
    return inside.render("organisations/invitations.html", {"form": form, "rows": rows}, status=form.status)


@require_POST
@in_organisation(Capability.LEAD_PROJECT)
def revoke_invitation(inside: Inside, invitation: str) -> HttpResponse:
    """Withdraw an invitation."""
    found = Invitation.objects.filter(
        organisation=inside.organisation, project_id=None, uid=invitation
    ).first()
    if found is None:
        raise NotFound
    stage.revoke_invitation(invitation=found, by=inside.user)
    messages.success(inside.request, gettext("The invitation is withdrawn: its link no longer works."))
    return redirect("core:invitations", inside.organisation.uid)


@require_POST
@in_organisation(Capability.OWN_ORGANISATION)
def change_role(inside: Inside, membership: str) -> HttpResponse:
    """Give somebody another role instead."""
    stage.change_role(
        membership=_member(inside, membership), role=inside.request.POST.get("role", ""), by=inside.user
    )
    messages.success(inside.request, gettext("The role is changed."))
    return redirect("core:organisation", inside.organisation.uid)


@require_POST
@in_organisation(Capability.OWN_ORGANISATION)
def end_membership(inside: Inside, membership: str) -> HttpResponse:
    """Take a role away."""
    stage.end_membership(membership=_member(inside, membership), by=inside.user)
    messages.success(inside.request, gettext("The role is taken away."))
    return redirect("core:organisation", inside.organisation.uid)


def _member(inside: Inside, uid: str) -> Membership:
    found = Membership.objects.current().filter(organisation=inside.organisation, project_id=None, uid=uid)
    membership = found.select_related("user", "organisation").first()
    if membership is None:
        raise NotFound
    return membership
