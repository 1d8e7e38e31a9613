"""A project's settings, and pausing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from annotation.stages import project as stage
from annotation.web.gate import Here, in_project
from annotation.web.project_forms import SettingsForm
from core.roles import Capability


@in_project(Capability.LEAD_PROJECT)
def settings(here: Here) -> HttpResponse:
    """Change what can be changed; sector and organisation stay."""
    initial = {name: getattr(here.project, name) for name in SettingsForm.base_fields}
    initial["qualified_only"] = "yes" if here.project.qualified_only else "no"
    form = SettingsForm(here.request.POST or None, initial=initial)
    if here.request.method == "POST" and form.is_valid():
        form.attempt(lambda: stage.change_settings(project=here.project, by=here.user, **form.cleaned_data))
        if form.is_valid():
            messages.success(here.request, gettext("Saved."))
            return redirect("web:settings", here.project.uid)
    return here.render("projects/settings.html", {"form": form}, status=form.status)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def pause(here: Here) -> HttpResponse:
    """Stop handing out items."""
    return _set(here, paused=True, said=gettext("The project is paused: nobody is offered an item."))


@require_POST
@in_project(Capability.LEAD_PROJECT)
def resume(here: Here) -> HttpResponse:
    """Hand out items again."""
    return _set(here, paused=False, said=gettext("The project goes on."))


def _set(here: Here, *, paused: bool, said: str) -> HttpResponse:
    stage.set_paused(project=here.project, by=here.user, paused=paused)
    messages.success(here.request, said)
    return redirect("web:settings", here.project.uid)
