"""The undertaking: read and accept it before the first item; its versions; write a new one."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from annotation.formats.markdown import to_html
from annotation.models import Acceptance, Project, Undertaking
from annotation.stages import undertaking as stage
from annotation.web.gate import Here, in_project
from annotation.web.projects.versions import chosen, difference
from core.refusals import NotAllowed
from core.roles import Capability
from core.web.forms import PageForm
from experts.evidence import expert_of


class AcceptForm(PageForm):
    """A yes to the version that was read."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class UndertakingForm(PageForm):
    """The Markdown of a new version."""

    text = forms.CharField(
        label=_("Undertaking, in Markdown"),
        max_length=stage.LONGEST,
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"class": "code", "spellcheck": "true"}),
        help_text=_("Left empty, nothing has to be accepted any more."),
    )

    def clean_text(self) -> str:
        """Browsers send CRLF; the stored text has the line ends that were typed."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


def to_undertaking(request: HttpRequest, project: Project) -> HttpResponseRedirect:
    """To the text that has to be accepted first, and from there back to where one wanted to go."""
    back = urlencode({"next": request.path})
    return HttpResponseRedirect(f"{reverse('web:undertaking', args=[project.uid])}?{back}")


@in_project(Capability.SEE_PROJECT)
def undertaking(here: Here) -> HttpResponse:
    """The newest version, or the one that `?version=` names. POST accepts, and goes on to `?next=`."""
    form = AcceptForm(here.request.POST or None)
    if here.request.method == "POST":
        if not _promises(here):
            raise NotAllowed
        if form.is_valid():
            accepted = form.attempt(
                lambda: stage.accept_undertaking(
                    project=here.project, expert=expert_of(here.user), by=here.user, **form.cleaned_data
                )
            )
            if accepted:
                messages.success(here.request, gettext("Accepted. The version and the time are kept."))
                return redirect(_next(here))
    return _read(here, form)


def _read(here: Here, form: AcceptForm) -> HttpResponse:
    versions = here.project.undertakings.select_related("created_by").order_by("-version")
    newest = versions.first()
    shown = chosen(here.request, versions) if newest else None
    yes = _yes(here, shown) if shown else None
    context = {
        "form": form,
        "shown": shown,
        "newest": newest,
        "versions": versions,
        "html": _html(shown.text) if shown else "",
        "yes": yes,
        "asks": bool(shown and shown == newest and shown.text and _promises(here) and not yes),
        "next": here.request.GET.get("next", ""),
    }
    return here.render("undertaking/read.html", context, status=form.status)


def _yes(here: Here, shown: Undertaking) -> Acceptance | None:
    return Acceptance.objects.filter(undertaking=shown, expert__user=here.user).first()


def _promises(here: Here) -> bool:
    return here.can(Capability.LABEL) or here.can(Capability.ADJUDICATE)


def _next(here: Here) -> str:
    """Where the person wanted to go, if it is a page of ours; else their next item, or the disputes."""
    wanted = here.request.GET.get("next", "")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, {here.request.get_host()}):
        return wanted
    name = "label-next" if here.can(Capability.LABEL) else "project-disputes"
    return reverse(f"web:{name}", args=[here.project.uid])


@in_project(Capability.LEAD_PROJECT)
def edit(here: Here) -> HttpResponse:
    """Write a new version; what changes is shown beside it."""
    newest = stage.newest_undertaking(here.project)
    old = newest.text if newest else ""
    form = UndertakingForm(here.request.POST or None, initial={"text": old or _beginning()})
    if here.request.method == "POST" and form.is_valid():
        saved = form.attempt(
            lambda: stage.write_undertaking(project=here.project, by=here.user, **form.cleaned_data)
        )
        if saved:
            messages.success(
                here.request, gettext("Version %(number)s is in force.") % {"number": saved.version}
            )
            return redirect("web:trust", here.project.uid)
    text = str(form["text"].value() or "")
    context = {"form": form, "newest": newest, "html": _html(text), "lines": difference(old, text)}
    return here.render("undertaking/edit.html", context, status=form.status)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def preview(here: Here) -> HttpResponse:
    """The typed Markdown as it will look, and what it changes."""
    text = here.request.POST.get("text", "")[: stage.LONGEST].replace("\r\n", "\n")
    newest = stage.newest_undertaking(here.project)
    old = newest.text if newest else ""
    context = {"html": _html(text), "newest": newest, "lines": difference(old, text)}
    return render(here.request, "undertaking/preview.html", context)


@in_project(Capability.SEE_PROJECT)
def diff(here: Here) -> HttpResponse:
    """What changed from `?old=` to `?version=`."""
    versions = here.project.undertakings.all()
    old, new = chosen(here.request, versions, "old"), chosen(here.request, versions)
    context = {"old": old, "new": new, "lines": difference(old.text, new.text), "back": "web:undertaking"}
    return here.render("projects/diff.html", context)


def _html(text: str) -> SafeString:
    return mark_safe(to_html(text))  # noqa: S308 (to_html ends in nh3, which leaves only harmless tags)


def _beginning() -> str:
    """A beginning to write on, in the reader's language."""
    return gettext(
        "# Confidentiality\n\n1. I treat what I read here as confidential, also after my work has ended.\n"
        "2. I keep no copy of it and show it to nobody.\n"
        "3. I do not use it for anything but this work.\n"
    )


urls = [
    path("undertaking/", undertaking, name="undertaking"),
    path("undertaking/edit", edit, name="undertaking-edit"),
    path("undertaking/preview", preview, name="undertaking-preview"),
    path("undertaking/diff", diff, name="undertaking-diff"),
]
