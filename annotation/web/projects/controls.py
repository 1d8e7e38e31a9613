"""Control items: the list with how they are answered, making and retiring them, and the rules for suspension."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from annotation.models import ControlItem, ControlResult, GoldLabel, Item
from annotation.models.control import ControlUse
from annotation.stages import controls as stage
from annotation.stages import copying
from annotation.web.gate import Here, in_project
from annotation.web.projects import suspensions
from annotation.web.shares import Share
from annotation.web.values import Values
from core.refusals import NotFound
from core.roles import Capability
from core.web.forms import PageForm
from core.web.paging import keyset


class SettingsForm(PageForm):
    """Shares are in per cent here."""

    rate = forms.IntegerField(
        label=_("Control items among what people are given, in per cent"),
        min_value=0,
        max_value=50,
        help_text=_("0: none are mixed in. 5 to 10 is usual. Nobody can tell them from work."),
    )
    mark = forms.IntegerField(
        label=_("Suspend below, in per cent"),
        min_value=0,
        max_value=100,
        help_text=_("Whoever answers a smaller share of them rightly is given nothing more. 0: nobody is."),
    )
    control_least = forms.IntegerField(
        label=_("Not before so many answers"),
        min_value=1,
        max_value=100,
        help_text=_("A few answers say little about a person."),
    )
    control_window = forms.IntegerField(
        label=_("Of the last so many"), min_value=1, max_value=500, help_text=_("Older answers do not count.")
    )

    def settings(self) -> dict[str, Any]:
        """What was chosen, as the stage takes it."""
        given = dict(self.cleaned_data)
        return {
            "control_rate": given.pop("rate") / 100,
            "control_mark": given.pop("mark") / 100,
            **given,
        }


class CopyForm(PageForm):
    """A settled item, and what is told of it."""

    item = forms.CharField(max_length=40, widget=forms.HiddenInput)
    explanation = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=stage.MOST_EXPLANATION,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why this is the answer. Shown in the review of an exam."),
    )
    use = forms.ChoiceField(label=_("Use"), choices=ControlUse.choices, initial=ControlUse.BOTH)


class ControlForm(CopyForm):
    """The same of a control item that is there."""

    item = None  # type: ignore[assignment]  # how Django leaves a field of the parent out


@dataclass(frozen=True)
class Row:
    """A control item in the list."""

    control: Any
    excerpt: str
    answer: list[tuple[str, str]]
    share: Share


@in_project(Capability.LEAD_PROJECT)
def controls(here: Here) -> HttpResponse:
    """All of it; POST changes the rules. `?retired=1`: those that were retired."""
    project = here.project
    form = SettingsForm(here.request.POST or None, initial=_initial(here))
    if here.request.method == "POST" and form.is_valid():
        form.attempt(lambda: stage.change_controls(project=project, by=here.user, **form.settings()))
        if form.is_valid():
            messages.success(here.request, gettext("Saved."))
            return redirect("web:controls", project.uid)
    retired = "retired" in here.request.GET
    shown: Any = ControlItem.objects.filter(project=project, retired_at__isnull=not retired)
    page = keyset(here.request, shown.with_counts().select_related("item__lane"))
    results = ControlResult.objects.filter(project=project)
    counts = results.aggregate(asked=Count("pk"), right=Count("pk", filter=Q(right=True)))
    context = {
        "form": form,
        "page": page,
        "rows": [_row(here, one) for one in page.rows],
        "retired": retired,
        "in_use": ControlItem.objects.current().filter(project=project).count(),
        "share": Share(counts["right"], counts["asked"]),
        "suspended": suspensions.shown(here),
    }
    return here.render("projects/routing/controls.html", context, status=form.status)


def _initial(here: Here) -> dict[str, Any]:
    project = here.project
    return {
        "rate": round(100 * project.control_rate),
        "mark": round(100 * project.control_mark),
        "control_least": project.control_least,
        "control_window": project.control_window,
    }


def _row(here: Here, control: Any) -> Row:
    schema = here.project.schemas.first()
    values = Values(schema.parsed if schema else {"questions": [], "fields": []}, control.item.data)
    said = [(values.title(key), values.show(key, value)) for key, value in control.answer.items()]
    return Row(control, values.excerpt(), said, Share(control.hits, control.answered))


@in_project(Capability.LEAD_PROJECT)
def new(here: Here) -> HttpResponse:
    """Make one of a settled item: the list of them, the newest first."""
    form = CopyForm(here.request.POST or None)
    if here.request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        item = Item.objects.filter(project=here.project, uid=given["item"], control=False).first()
        if item is None:
            raise NotFound
        made = form.attempt(
            lambda: copying.copy_settled(
                item=item,
                by=here.user,
                explanation=stage.explained(given["explanation"]),
                use=given["use"],
            )
        )
        if made:
            messages.success(here.request, gettext("It is a control item now."))
            return redirect("web:control-new", here.project.uid)
    copies = ControlItem.objects.current().filter(
        item__project=here.project, item__content_hash=OuterRef("content_hash")
    )
    settled = Item.objects.filter(~Exists(copies), project=here.project, control=False)
    page = keyset(here.request, settled.exclude(settled_at=None), size=20)
    context = {"form": form, "page": page, "rows": _settled(here, page.rows)}
    return here.render("projects/routing/controls_new.html", context, status=form.status)


def _settled(here: Here, items: list[Item]) -> list[tuple[Item, str, list[tuple[str, str]]]]:
    gold: dict[int, dict[str, Any]] = {}
    for one in GoldLabel.objects.current().filter(item__in=items).order_by("pk"):
        gold.setdefault(one.item_id, {})[one.question] = one.value
    schema = here.project.schemas.first()
    parsed = schema.parsed if schema else {"questions": [], "fields": []}
    rows = []
    for item in items:
        values = Values(parsed, item.data)
        said = gold.get(item.pk, {})
        rows.append(
            (item, values.excerpt(), [(values.title(key), values.show(key, said[key])) for key in said])
        )
    return rows


@in_project(Capability.LEAD_PROJECT)
def control(here: Here, control: str) -> HttpResponse:
    """One control item whole; POST changes its explanation and use."""
    found = _control(here, control)
    form = ControlForm(
        here.request.POST or None, initial={"explanation": found.explanation, "use": found.use}
    )
    if here.request.method == "POST" and form.is_valid():
        form.attempt(lambda: stage.change_control(control=found, by=here.user, **form.cleaned_data))
        if form.is_valid():
            messages.success(here.request, gettext("Saved."))
            return redirect("web:control", here.project.uid, found.uid)
    row = _row(here, found)
    schema = here.project.schemas.first()
    values = Values(schema.parsed if schema else {"questions": [], "fields": []}, found.item.data)
    texts = list(zip([field["name"] for field in values.fields], values.texts, strict=True))
    context = {"row": row, "control": found, "texts": texts, "form": form}
    return here.render("projects/routing/controls_one.html", context, status=form.status)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def retire(here: Here, control: str) -> HttpResponse:
    """Give it to nobody any more."""
    stage.retire(control=_control(here, control), by=here.user)
    messages.success(here.request, gettext("Retired: nobody is given it any more."))
    return redirect("web:controls", here.project.uid)


def _control(here: Here, uid: str) -> Any:
    rows: Any = ControlItem.objects.filter(project=here.project, uid=uid)
    found = rows.with_counts().select_related("item__lane", "item__batch", "project", "created_by").first()
    if found is None:
        raise NotFound
    return found


urls = [
    path("controls/", controls, name="controls"),
    path("controls/new", new, name="control-new"),
    *suspensions.urls,
    path("controls/<slug:control>/", control, name="control"),
    path("controls/<slug:control>/retire", retire, name="control-retire"),
]
