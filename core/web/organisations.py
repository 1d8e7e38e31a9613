"""Organisations: found one, see and change it."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import organisations as stage
from core.models import Membership, Organisation
from core.roles import Capability
from core.web.forms import PageForm
from core.web.gate import Inside, in_organisation
from core.web.page import page, person


class OrganisationForm(PageForm):
    """What an organisation says of itself, and what its imports may rely on."""

    name = forms.CharField(label=_("Name"), max_length=200)
    default_licence = forms.CharField(
        label=_("Default licence"),
        max_length=100,
        required=False,
        help_text=_("For example CC-BY-4.0. Counts for a batch that states none, unless its project does."),
    )
    default_rights = forms.CharField(
        label=_("Default statement of rights"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Why the organisation may use the texts it brings in. Items without licence or right are offered to nobody."
        ),
    )


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
    initial = {field: getattr(current, field) for field in OrganisationForm.base_fields}
    form = OrganisationForm(inside.request.POST or None, initial=initial)
    if inside.request.method == "POST" and form.is_valid():
        form.attempt(
            lambda: stage.change_organisation(organisation=current, by=inside.user, **form.cleaned_data)
        )
        if form.is_valid():
            messages.success(inside.request, gettext("Saved."))
            return redirect("core:organisation", current.uid)
    return inside.render("organisations/settings.html", {"form": form}, status=form.status)
