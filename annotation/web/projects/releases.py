"""Releases: the list, asking for one, its progress, and what a published one holds."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Count
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy

from annotation.models import Dispute, GoldLabel, Item, Release
from annotation.models.gold import HowSettled
from annotation.models.released_files import FORMAT, files_settled
from annotation.release_downloads import archive_response, file_response
from annotation.stages import release as stage
from annotation.web.gate import Here, in_project
from annotation.web.languages import language_name
from annotation.web.live import fingerprint, polled, refresh
from annotation.web.projects.funnel import funnel
from annotation.web.projects.progress import progress
from annotation.web.sentences import measure, reason
from annotation.web.values import Values
from core.refusals import NotFound
from core.roles import Capability
from core.web.forms import PageForm


class ReleaseForm(PageForm):
    """What a release holds follows from what is settled; only whether it holds the files is chosen."""

    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    with_files = forms.BooleanField(
        required=False,
        label=gettext_lazy("Include the files that items show"),
        help_text=gettext_lazy(
            "Without them the release names each by its SHA-256; texts of PDFs are in it anyway."
        ),
    )


@dataclass(frozen=True)
class Row:
    """One line of a table of counts."""

    question: str
    name: str
    count: int


@in_project(Capability.SEE_WORK)
def releases(here: Here) -> HttpResponse:
    """Every release, newest first."""
    return here.render(
        "projects/releases.html", {"releases": here.project.releases.select_related("job", "requested_by")}
    )


@in_project(Capability.LEAD_PROJECT)
def new(here: Here) -> HttpResponse:
    """What a release made now will hold; POST asks for it."""
    form = ReleaseForm(here.request.POST if here.request.method == "POST" else None)
    if here.request.method == "POST":
        form.is_valid()
        files = form.cleaned_data.get("with_files", False)
        asked = form.attempt(lambda: stage.request_release(project=here.project, by=here.user, files=files))
        if asked:
            return redirect("web:release", here.project.uid, asked.uid)
    how = (
        GoldLabel.objects.current()
        .filter(project=here.project)
        .values_list("how")
        .annotate(Count("pk"))
        .order_by()
    )
    context = {
        "form": form,
        "shown": files_settled(here.project),
        "funnel": funnel(here.project),
        "how": [(str(HowSettled(key).label), count) for key, count in how],
        "bad": Item.objects.filter(project=here.project, control=False, bad_at__isnull=False).count(),
        "disputes_open": Dispute.objects.filter(project=here.project, closed_at=None).count(),
        "schema": here.project.schemas.first(),
        "guideline": here.project.guidelines.first(),
    }
    return here.render("projects/release_new.html", context, status=form.status)


@in_project(Capability.SEE_WORK)
def release(here: Here, release: str) -> HttpResponse:
    """One release: how far it is, or what it holds."""
    found = _load(here, release)
    context: dict[str, Any] = {"release": found, **_progress(here, found)}
    if found.published_at:
        context |= _contents(found)
    return here.render("projects/release.html", context)


@in_project(Capability.SEE_WORK)
def release_progress(here: Here, release: str) -> HttpResponse:
    """How far the writing is; 304 while nothing moved, a whole new page at the end."""
    found = _load(here, release)
    if found.published_at or found.job is None or found.job.finished:
        return refresh()
    shown = _progress(here, found)
    return polled(
        here, shown["tag"], "projects/release_progress.html", release=found, progress=shown["progress"]
    )


@in_project(Capability.SEE_WORK)
def download(here: Here, release: str, name: str) -> HttpResponseBase:
    """One file of a published release, or a part of it."""
    return file_response(here.request, _load(here, release), name)


@in_project(Capability.SEE_WORK)
def archive(here: Here, release: str) -> HttpResponseBase:
    """All of a published release as one tar file, or a part of that."""
    return archive_response(here.request, _load(here, release))


def _load(here: Here, uid: str) -> Release:
    found = Release.objects.filter(project=here.project, uid=uid)
    release = found.select_related("job", "requested_by", "label_schema", "guideline").first()
    if release is None:
        raise NotFound
    return release


def _progress(here: Here, release: Release) -> dict[str, Any]:
    state = progress(release.job)
    return {
        "progress": state,
        "tag": fingerprint(
            state.done, state.total, state.state, release.frozen_at, here.request.LANGUAGE_CODE
        ),
    }


def _contents(release: Release) -> dict[str, Any]:
    """The manifest in words. It is read as it was written: an unknown code stands for itself."""
    manifest = release.manifest
    values = Values(release.label_schema.parsed, {})
    counts = manifest["counts"]
    return {
        "manifest": manifest,
        "counts": counts,
        "files": release.files.filter(shard=None).exclude(format=FORMAT).order_by("path"),
        "shown": manifest["more"].get("files"),
        "labels": [
            Row(values.title(question), _label(values, question, label), count)
            for question, labels in counts["labels"].items()
            for label, count in labels.items()
        ],
        "settled": [
            Row(values.title(question), _how(how), count)
            for question, ways in counts["settled"].items()
            for how, count in ways.items()
        ],
        "languages": [
            (language_name(code) or gettext("not stated"), count)
            for code, count in counts["languages"].items()
        ],
        "licences": [(name or gettext("not stated"), count) for name, count in counts["licences"].items()],
        "agreement": [
            (
                values.title(question),
                measure(row["measure"]),
                row,
                reason(row["reason"]) if row["value"] is None else "",
            )
            for question, rows in manifest["agreement"].items()
            for row in rows
            if not row["label"]
        ],
    }


def _label(values: Values, question: str, label: str) -> str:
    return gettext("answered") if label == "(answered)" else values.label(question, label)


def _how(code: str) -> str:
    return str(HowSettled(code).label) if code in HowSettled.values else code
