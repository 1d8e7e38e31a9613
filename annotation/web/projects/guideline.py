"""The guideline: read it, its versions and what changed between them; write a new one."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from annotation.formats.markdown import to_html
from annotation.stages import project as stage
from annotation.web.gate import Here, in_project
from annotation.web.projects.versions import chosen, difference
from core.roles import Capability
from core.web.forms import PageForm

_MOST = 200_000


class GuidelineForm(PageForm):
    """The Markdown of a new version."""

    text = forms.CharField(
        label=_("Guideline, in Markdown"),
        max_length=_MOST,
        strip=False,
        widget=forms.Textarea(attrs={"class": "code", "spellcheck": "true"}),
        help_text=_("Number the clauses (## 1. …, ### 1.1 …): decisions on disputes cite them."),
    )

    def clean_text(self) -> str:
        """Browsers send CRLF; the stored text has the line ends that were typed."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


@in_project(Capability.SEE_PROJECT)
def guideline(here: Here) -> HttpResponse:
    """The newest version, or the one that `?version=` names."""
    versions = here.project.guidelines.select_related("created_by")
    shown = chosen(here.request, versions)
    return here.render(
        "projects/guideline.html",
        {"shown": shown, "versions": versions.order_by("-version"), "html": _html(shown.text)},
    )


@in_project(Capability.LEAD_PROJECT)
def edit(here: Here) -> HttpResponse:
    """Save a new version."""
    newest = here.project.guidelines.first()
    form = GuidelineForm(here.request.POST or None, initial={"text": newest.text if newest else ""})
    if here.request.method == "POST" and form.is_valid():
        saved = form.attempt(
            lambda: stage.add_guideline(project=here.project, by=here.user, **form.cleaned_data)
        )
        if saved:
            messages.success(
                here.request, gettext("Version %(number)s is in force.") % {"number": saved.version}
            )
            return redirect("web:guideline", here.project.uid)
    text = str(form["text"].value() or "")
    return here.render(
        "projects/guideline_edit.html", {"form": form, "html": _html(text)}, status=form.status
    )


@require_POST
@in_project(Capability.LEAD_PROJECT)
def preview(here: Here) -> HttpResponse:
    """The typed Markdown as it will look."""
    text = here.request.POST.get("text", "")[:_MOST]
    return render(here.request, "projects/guideline_preview.html", {"html": _html(text)})


@in_project(Capability.SEE_PROJECT)
def diff(here: Here) -> HttpResponse:
    """What changed from `?old=` to `?version=`."""
    versions = here.project.guidelines.all()
    old, new = chosen(here.request, versions, "old"), chosen(here.request, versions)
    context = {"old": old, "new": new, "lines": difference(old.text, new.text), "back": "web:guideline"}
    return here.render("projects/diff.html", context)


def _html(text: str) -> SafeString:
    return mark_safe(to_html(text))  # noqa: S308 (to_html ends in nh3, which leaves only harmless tags)
