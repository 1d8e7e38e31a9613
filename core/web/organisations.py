"""Organisations: found one, see and change it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from core import keys
from core import organisations as stage
from core.models import Membership, Organisation
from core.roles import Capability
from core.web.gate import Inside, in_organisation
from core.web.organisation_forms import KeyPolicyForm, OrganisationForm, shown
from core.web.page import page, person


@login_required
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation in which one has a role."""
    user = person(request)
    roles: dict[int, list[str]] = {}
    for membership in Membership.objects.current().filter(user=user).order_by("pk"):
        held = roles.setdefault(membership.organisation_id, [])
        if membership.get_role_display() not in held:
            held.append(membership.get_role_display())
    found = Organisation.objects.visible_to(user).order_by("name")
    rows = [(organisation, ", ".join(roles[organisation.pk])) for organisation in found]
    return page(request, "organisations/list.html", {"rows": rows})


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Found an organisation; whoever does it owns it."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: stage.create_organisation(by=person(request), **form.cleaned_data))
        if made:
            messages.success(
                request, gettext("The organisation is there. Now invite people, or start a project.")
            )
            return redirect("core:organisation", made.uid)
    return page(request, "organisations/new.html", {"form": form}, status=form.status)


@in_organisation()
def organisation(inside: Inside) -> HttpResponse:
    """Its people, for who sees the work; its name and one's own roles for everybody else."""
    members = Membership.objects.current().filter(organisation=inside.organisation, project_id=None)
    mine = Membership.objects.current().filter(organisation=inside.organisation, user=inside.user)
    return inside.render(
        "organisations/detail.html",
        {"members": members.select_related("user").order_by("user__name", "pk"), "mine": mine},
    )


@in_organisation(Capability.OWN_ORGANISATION)
def settings(inside: Inside) -> HttpResponse:
    """Change the name and the defaults."""
    current = inside.organisation
    form = OrganisationForm(inside.request.POST or None, initial=shown(current, OrganisationForm))
    if inside.request.method == "POST" and form.is_valid():
        form.attempt(
            lambda: stage.change_organisation(organisation=current, by=inside.user, **form.cleaned_data)
        )
        if form.is_valid():
            messages.success(inside.request, gettext("Saved."))
            return redirect("core:organisation", current.uid)
    return _settings(inside, form, KeyPolicyForm(initial=shown(current, KeyPolicyForm)))


@require_POST
@in_organisation(Capability.OWN_ORGANISATION)
def key_policy(inside: Inside) -> HttpResponse:
    """Say which keys programs may call with, and how long new ones last."""
    current = inside.organisation
    form = KeyPolicyForm(inside.request.POST)
    if form.is_valid():
        form.attempt(
            lambda: keys.change_key_policy(organisation=current, by=inside.user, **form.cleaned_data)
        )
        if form.is_valid():
            messages.success(inside.request, gettext("Saved."))
            return redirect("core:organisation-settings", current.uid)
    return _settings(inside, OrganisationForm(initial=shown(current, OrganisationForm)), form)


def _settings(inside: Inside, form: OrganisationForm, keys_form: KeyPolicyForm) -> HttpResponse:
    context = {"form": form, "keys_form": keys_form}
    return inside.render("organisations/settings.html", context, status=max(form.status, keys_form.status))
