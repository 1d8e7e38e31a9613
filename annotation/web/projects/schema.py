"""The schema: the questions as people meet them, the config behind them, its versions; write a new one."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from annotation.stages import project as stage
from annotation.web.config_check import checked, notes_of
from annotation.web.gate import Here, in_project
from annotation.web.projects.versions import chosen, difference
from core.roles import Capability
from core.web.forms import PageForm


class ConfigField(forms.CharField):
    """A labelling config; browsers send CRLF, the stored text has the line ends that were typed."""

    widget = forms.Textarea(attrs={"class": "code", "spellcheck": "false", "autocapitalize": "off"})

    def clean(self, value: str) -> str:
        return str(super().clean(value)).replace("\r\n", "\n")


class SchemaForm(PageForm):
    """The labelling config of a new version."""

    config = ConfigField(
        label=_("Labelling config"),
        strip=False,
        max_length=1_000_000,
        help_text=_(
            "As Label Studio writes it. A template is the quickest start; what cannot be shown is refused here."
        ),
    )


@in_project(Capability.SEE_PROJECT)
def schema(here: Here) -> HttpResponse:
    """The newest version, or the one that `?version=` names."""
    versions = here.project.schemas.select_related("created_by")
    shown = chosen(here.request, versions)
    return here.render(
        "projects/schema.html",
        {
            "shown": shown,
            "versions": versions.order_by("-version"),
            "parsed": shown.parsed,
            "notes": notes_of(shown.beyond_workspace),
        },
    )


@in_project(Capability.LEAD_PROJECT)
def edit(here: Here) -> HttpResponse:
    """Save a new version. Questions that have answers keep their name and kind."""
    newest = here.project.schemas.first()
    form = SchemaForm(here.request.POST or None, initial={"config": newest.source if newest else ""})
    if here.request.method == "POST" and form.is_valid():
        saved = form.attempt(
            lambda: stage.add_schema(
                project=here.project,
                by=here.user,
                outside=stage.is_outside(here.project),
                **form.cleaned_data,
            )
        )
        if saved:
            messages.success(
                here.request, gettext("Version %(number)s is in force.") % {"number": saved.version}
            )
            return redirect("web:schema", here.project.uid)
    return here.render("projects/schema_edit.html", {"form": form}, status=form.status)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def preview(here: Here) -> HttpResponse:
    """What the typed config asks, or what is wrong with it and where."""
    return checked(here.request, outside=stage.is_outside(here.project))


@in_project(Capability.SEE_PROJECT)
def diff(here: Here) -> HttpResponse:
    """What changed from `?old=` to `?version=`."""
    versions = here.project.schemas.all()
    old, new = chosen(here.request, versions, "old"), chosen(here.request, versions)
    context = {"old": old, "new": new, "lines": difference(old.source, new.source), "back": "web:schema"}
    return here.render("projects/diff.html", context)
