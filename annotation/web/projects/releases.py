"""Releases: the list, asking for one, its progress, and what a published one holds."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from annotation.models import Release
from annotation.models.gold import HowSettled
from annotation.models.released_files import FORMAT
from annotation.release_downloads import archive_response, file_response
from annotation.web.gate import Here, in_project
from annotation.web.languages import language_name
from annotation.web.live import fingerprint, polled, refresh
from annotation.web.projects.progress import progress
from annotation.web.projects.release_frame import load, splits_of, tabs_of
from annotation.web.projects.release_gate import gate_of
from annotation.web.sentences import measure, reason
from annotation.web.values import Values
from core.roles import Capability

MOST_FILES = 500
"""So many are listed; a release of more is one to download whole."""


@dataclass(frozen=True)
class Row:
    """One line of a table of counts."""

    question: str
    name: str
    count: int


@in_project(Capability.SEE_WORK)
def releases(here: Here) -> HttpResponse:
    """Every release, newest first."""
    rows = here.project.releases.select_related("job", "requested_by").defer("manifest")
    return here.render("projects/releases.html", {"releases": rows})


@in_project(Capability.SEE_WORK)
def release(here: Here, release: str) -> HttpResponse:
    """One release: how far it is, or what it holds."""
    found = load(here, release)
    context: dict[str, Any] = {
        "release": found,
        "tabs": tabs_of(here, found),
        "gate": gate_of(found),
        **_progress(here, found),
    }
    if found.published_at:
        context |= _contents(found)
    return here.render("projects/release.html", context)


@in_project(Capability.SEE_WORK)
def release_progress(here: Here, release: str) -> HttpResponse:
    """How far the writing is; 304 while nothing moved, a whole new page at the end."""
    found = load(here, release)
    if found.published_at or found.job is None or found.job.finished or found.held_at:
        return refresh()
    shown = _progress(here, found)
    tag = shown.pop("tag")
    return polled(here, tag, "projects/release_progress.html", release=found, **shown)


@in_project(Capability.SEE_WORK)
def download(here: Here, release: str, name: str) -> HttpResponseBase:
    """One file of a published release, or a part of it."""
    return file_response(here.request, load(here, release), name)


@in_project(Capability.SEE_WORK)
def archive(here: Here, release: str) -> HttpResponseBase:
    """All of a published release as one tar file, or a part of that."""
    return archive_response(here.request, load(here, release))


def _progress(here: Here, release: Release) -> dict[str, Any]:
    state, step = progress(release.job), _step(release)
    tag = fingerprint(state.done, state.total, state.state, step, here.request.LANGUAGE_CODE)
    return {"progress": state, "step": step, "tag": tag}


def _step(release: Release) -> int:
    """Which step of its job a release is at: its items are drawn, frozen, checked, written."""
    if release.frozen_at is None:
        drawn = release.job is not None and release.job.args.get("drawn", 0) is None
        return 2 if drawn else 1
    return 4 if release.gate else 3


def _contents(release: Release) -> dict[str, Any]:
    """The manifest in words. It is read as it was written: an unknown code stands for itself."""
    manifest = release.manifest
    values = Values(release.label_schema.parsed, {})
    counts = manifest["counts"]
    return {
        "manifest": manifest,
        "splits": splits_of(release),
        "counts": counts,
        "files": release.files.exclude(format=FORMAT).order_by("path")[:MOST_FILES],
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
