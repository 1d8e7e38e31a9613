"""What stands before the first item: undertaking, residence, and walls between rooms."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from annotation.models import Acceptance, Lane, Project
from annotation.models.met_by import people_of
from annotation.models.walls import in_several_rooms
from annotation.stages import trust as stage
from annotation.stages.undertaking import newest_undertaking
from annotation.web.check_list import Groups, checked
from annotation.web.gate import Here, in_project
from annotation.web.projects import undertaking
from core.roles import Capability
from core.web.forms import PageForm
from core.web.paging import keyset
from experts.jurisdictions import countries, jurisdiction_name

_MOST_ROOMS = 500


class ResidenceForm(PageForm):
    """The countries in which one must live."""

    residences = forms.MultipleChoiceField(
        label=_("Countries"),
        required=False,
        help_text=_("None chosen: people may live anywhere."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["residences"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        field.choices = countries()

    @property
    def groups(self) -> Groups:
        return checked(self["residences"])


class WallForm(PageForm):
    """The rooms that a new barrier lies between: chosen, or named before anything lies in them."""

    rooms = forms.MultipleChoiceField(label=_("Rooms"), required=False)
    more = forms.CharField(
        label=_("Rooms that no item names yet"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One in a line, as the rows' _room will say it."),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["rooms"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        field.choices = [(room, room) for room in rooms_of(project)]

    @property
    def groups(self) -> Groups:
        return checked(self["rooms"])

    def named(self) -> list[str]:
        """Every room that was chosen or written."""
        return [*self.cleaned_data["rooms"], *self.cleaned_data["more"].splitlines()]


def rooms_of(project: Project) -> list[str]:
    """The rooms that the project's lanes name, the first 500 by name."""
    lanes = Lane.objects.filter(project=project).exclude(room="").order_by("room")
    return list(lanes.values_list("room", flat=True).distinct()[:_MOST_ROOMS])


@in_project(Capability.SEE_WORK)
def trust(here: Here) -> HttpResponse:
    """The three of them, and who accepted which version when."""
    return _trust(here)


def _trust(
    here: Here, *, residence: ResidenceForm | None = None, wall: WallForm | None = None
) -> HttpResponse:
    project = here.project
    residence = residence or ResidenceForm(initial={"residences": project.residences})
    wall = wall or WallForm(project=project)
    newest = newest_undertaking(project)
    people = people_of(project)
    accepted = people.filter(acceptances__undertaking=newest).count() if newest and newest.text else 0
    given = Acceptance.objects.filter(undertaking__project=project)
    context = {
        "newest": newest,
        "people": people.count(),
        "accepted": accepted,
        "page": keyset(here.request, given.select_related("expert__user", "undertaking")),
        "residence": residence,
        "countries": sorted(jurisdiction_name(code) for code in project.residences),
        "wall": wall,
        "rooms": rooms_of(project),
        "walls": [(rooms, in_several_rooms(project, rooms)) for rooms in project.walls],
    }
    return here.render("projects/routing/trust.html", context, status=max(residence.status, wall.status))


@require_POST
@in_project(Capability.LEAD_PROJECT)
def residence(here: Here) -> HttpResponse:
    """Say where people must live."""
    form = ResidenceForm(here.request.POST)
    if form.is_valid():
        wanted = form.cleaned_data["residences"]
        form.attempt(lambda: stage.set_residences(project=here.project, by=here.user, countries=wanted))
    if not form.is_valid():
        return _trust(here, residence=form)
    messages.success(here.request, gettext("Saved. Who lives elsewhere gives back what they hold."))
    return redirect("web:trust", here.project.uid)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def add_wall(here: Here) -> HttpResponse:
    """Build one more barrier."""
    form = WallForm(here.request.POST, project=here.project)
    if form.is_valid():
        form.attempt(lambda: stage.add_wall(project=here.project, by=here.user, rooms=form.named()))
    if not form.is_valid():
        return _trust(here, wall=form)
    messages.success(here.request, gettext("The barrier stands."))
    return redirect("web:trust", here.project.uid)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def remove_wall(here: Here) -> HttpResponse:
    """Take the barrier between these rooms away."""
    stage.remove_wall(project=here.project, by=here.user, rooms=here.request.POST.getlist("rooms"))
    messages.success(here.request, gettext("The barrier is gone. Who has been where stays known."))
    return redirect("web:trust", here.project.uid)


urls = [
    path("routing/trust", trust, name="trust"),
    path("routing/trust/residence", residence, name="trust-residence"),
    path("routing/trust/walls", add_wall, name="wall-add"),
    path("routing/trust/walls/remove", remove_wall, name="wall-remove"),
    *undertaking.urls,
]
