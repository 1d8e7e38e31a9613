"""All projects of a person, and founding a new one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from annotation.models import Project
from annotation.project_templates import Template, by_family, search, templates
from annotation.stages import project as stage
from annotation.web.config_check import checked
from annotation.web.project_forms import NewProjectForm, blank_guideline
from annotation.web.projects.funnel import Funnel, funnels
from annotation.web.template_picture import HEIGHT, WIDTH, picture
from core.models import Membership, Organisation, User
from core.organisations import where_allowed
from core.refusals import NotAllowed
from core.roles import ALLOWED, Capability, Role
from core.web.page import page, person
from experts.models import Sector

_MOST = 200


@dataclass(frozen=True)
class Card:
    """A project, the person's roles in it, and how far it is for who sees the work."""

    project: Project
    roles: str
    funnel: Funnel | None


@login_required
def projects(request: HttpRequest) -> HttpResponse:
    """Every project in which one has a role, newest first."""
    user = person(request)
    found = (
        Project.objects.visible_to(user).select_related("sector", "organisation").distinct().order_by("-pk")
    )
    cards = _cards(list(found[:_MOST]), user)
    return page(request, "projects/list.html", {"cards": cards, "may_create": _organisations(user).exists()})


def _cards(projects: list[Project], user: User) -> list[Card]:
    held = Membership.objects.current().filter(user=user)
    memberships = list(held.values_list("organisation", "project_id", "role"))
    roles = {
        project.pk: {
            Role(role)
            for organisation, within, role in memberships
            if within == project.pk or (within is None and organisation == project.organisation_id)
        }
        for project in projects
    }
    counts = funnels([one for one in projects if roles[one.pk] & ALLOWED[Capability.SEE_WORK]])
    return [
        Card(one, ", ".join(sorted(str(role.label) for role in roles[one.pk])), counts.get(one.pk))
        for one in projects
    ]


def _organisations(user: User) -> QuerySet[Organisation]:
    """Where the person may found a project."""
    return where_allowed(user, Capability.LEAD_PROJECT).order_by("name")


def may_found(request: HttpRequest) -> QuerySet[Organisation]:
    """The organisations in which the person may found a project; raises NotAllowed when there is none."""
    organisations = _organisations(person(request))
    if not organisations.exists():
        raise NotAllowed(
            _("A project belongs to an organisation, and you lead none."),
            action=_("Found an organisation, or ask an owner to make you a lead."),
        )
    return organisations


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Choose a template, then fill in the form; `?template=` names the choice, `blank` stands for an own config."""
    organisations = may_found(request)
    if request.method == "POST":
        return _found(request, NewProjectForm(request.POST, organisations=organisations))
    gallery = {template.key: template for template in templates()}
    wanted = request.GET.get("template", "")
    if wanted != "blank" and wanted not in gallery:
        return _gallery(request, list(gallery.values()))
    initial: dict[str, Any] = {
        "guideline": blank_guideline(),
        "organisation": request.GET.get("organisation"),
    }
    if template := gallery.get(wanted):
        initial |= {"config": template.config, "sector": template.sector, "name": template.name}
    form = NewProjectForm(initial=initial, organisations=organisations)
    return page(request, "projects/new.html", {"form": form, "template": template})


def _gallery(request: HttpRequest, every: list[Template]) -> HttpResponse:
    """The templates by family; `?q=` and `?sector=` choose among them."""
    words, sector = request.GET.get("q", ""), request.GET.get("sector", "")
    found = search(every, words, sector)
    pictures = {one.key: picture(one.schema) for one in found}
    groups = [(key, name, [(one, pictures[one.key]) for one in each]) for key, name, each in by_family(found)]
    context = {
        "groups": groups,
        "count": len(found),
        "words": words,
        "sector": sector,
        "sectors": Sector.objects.order_by("pk"),
        "size": (WIDTH, HEIGHT),
    }
    return page(request, "projects/gallery.html", context)


def _found(request: HttpRequest, form: NewProjectForm) -> HttpResponse:
    if form.is_valid():
        made = form.attempt(lambda: stage.create_project(by=person(request), **form.cleaned_data))
        if made:
            messages.success(
                request, gettext("The project is there. Next: bring in a file, and invite people.")
            )
            return redirect("web:project", made.uid)
    return page(request, "projects/new.html", {"form": form}, status=form.status)


@require_POST
@login_required
def check_config(request: HttpRequest) -> HttpResponse:
    """What the typed config asks, or what is wrong with it and where."""
    may_found(request)
    return checked(request)
