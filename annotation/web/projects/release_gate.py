"""The gate of a release as people see it: each check with its figure, and the word of whoever waived one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST

from annotation.formats.messages import MESSAGES
from annotation.formats.messages_gate import NAMES
from annotation.formats.release.gate import code_of
from annotation.models import Release, ReleaseWaiver
from annotation.problems import spoken
from annotation.stages.release import drop, waive
from annotation.web.gate import Here, in_project
from annotation.web.projects.release_frame import load
from core.roles import Capability
from core.web.forms import PageForm


@dataclass(frozen=True)
class CheckLine:
    """One check in words. `state` is passed, failed, waived, told (not asked) or later (when the rows are frozen)."""

    key: str
    name: str
    said: str
    action: str
    state: str
    waiver: ReleaseWaiver | None = None

    @property
    def badge(self) -> str:
        """What the state is called."""
        return str(_STATES[self.state])


_STATES = {
    "passed": gettext_lazy("passed"),
    "failed": gettext_lazy("failed"),
    "waived": gettext_lazy("waived"),
    "told": gettext_lazy("not asked"),
    "later": gettext_lazy("measured later"),
}


class WaiverForm(PageForm):
    """Why a release may be published although a check failed."""

    check = forms.CharField(widget=forms.HiddenInput, max_length=40)
    reason = forms.CharField(
        label=gettext_lazy("Why it may be published all the same"),
        help_text=gettext_lazy("Printed in the card, with your name."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def lines_of(checks: Iterable[Mapping[str, Any]], waivers: Iterable[ReleaseWaiver] = ()) -> list[CheckLine]:
    """The checks in words, in their order."""
    waived = {one.check_name: one for one in waivers}
    return [_line(one, waived.get(one["check"])) for one in checks]


def gate_of(release: Release) -> list[CheckLine]:
    """The same of a release, with its waivers."""
    return lines_of(release.gate, release.waivers.select_related("by"))


def _line(check: Mapping[str, Any], waiver: ReleaseWaiver | None) -> CheckLine:
    message, params = MESSAGES.get(code_of(check)), spoken(check["params"])
    state = "passed" if check["passed"] else "waived" if waiver else "failed"
    return CheckLine(
        key=check["check"],
        name=gettext(NAMES.get(check["check"], check["check"])),
        said=gettext(message.detail) % params if message else code_of(check),
        action=gettext(message.action) % params if message and message.action else "",
        state="told" if not check["asked"] else "later" if check["passed"] is None else state,
        waiver=waiver,
    )


@in_project(Capability.LEAD_PROJECT)
def waive_check(here: Here, release: str) -> HttpResponse:
    """A named word for one failed check; with the last one that was missing the release goes on."""
    found = load(here, release)
    form = WaiverForm(here.request.POST if here.request.method == "POST" else None)
    if here.request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = form.attempt(
            lambda: waive(release=found, check=given["check"], reason=given["reason"], by=here.user)
        )
        if made:
            messages.success(here.request, gettext("Your word stands beside the check, and in the card."))
            return redirect("web:release", here.project.uid, found.uid)
    key = form.data.get("check", "") or here.request.GET.get("check", "")
    line = next((one for one in gate_of(found) if one.key == key), None)
    form.initial["check"] = key
    context = {"release": found, "form": form, "line": line}
    return here.render("projects/release_waive.html", context, status=form.status)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def drop_release(here: Here, release: str) -> HttpResponse:
    """Give a held release up."""
    found = load(here, release)
    drop(release=found, by=here.user)
    messages.success(here.request, gettext("Given up. Nothing of it was published."))
    return redirect("web:release", here.project.uid, found.uid)


urls = [
    path("releases/<slug:release>/waive", waive_check, name="release-waive"),
    path("releases/<slug:release>/drop", drop_release, name="release-drop"),
]
