"""What would three labels instead of five have cost you? The project's labels, replayed under other policies."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from annotation.stages.statistics import replaying
from annotation.web.charts.cost import Way, cost
from annotation.web.charts.words import number
from annotation.web.gate import Here, in_project
from annotation.web.live import fingerprint, polled, refresh
from annotation.web.projects.dashboard.asked import asked_in
from annotation.web.projects.progress import Progress, progress
from core.models import Job
from core.roles import Capability


@dataclass(frozen=True)
class Line:
    """A row of the table: a policy in words, and its figures as they are shown."""

    name: str
    cost: str
    saved: str
    as_all: str
    as_decided: str
    busiest: str


@dataclass(frozen=True)
class Told:
    """One question: what was replayed, what it comes to in words, the picture and its rows."""

    key: str
    title: str
    counts: str
    deep: str
    said: str
    svg: SafeString
    lines: list[Line]
    decided: int


@in_project(Capability.SEE_WORK)
def replay(here: Here) -> HttpResponse:
    """The last replay that came to its end, and how far the next one is."""
    state, tag = _running(here)
    found = replaying.last_found(here.project)
    context = {"progress": state, "tag": tag, "found": found, "told": _told(here, found) if found else []}
    return here.render("projects/replay.html", context)


@in_project(Capability.SEE_WORK)
def replay_progress(here: Here) -> HttpResponse:
    """How far the replay is; 304 while nothing moved, a whole new page at the end."""
    state, tag = _running(here)
    if state.finished:
        return refresh()
    return polled(here, tag, "projects/replay_progress.html", progress=state)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def replay_again(here: Here) -> HttpResponse:
    """Replay anew, in the background."""
    replaying.replay_soon(here.project)
    messages.success(here.request, gettext("The labels are being replayed."))
    return redirect("web:replay", here.project.uid)


def _running(here: Here) -> tuple[Progress, str]:
    state = progress(replaying.last_replay(here.project))
    return state, fingerprint(state.done, state.state, here.request.LANGUAGE_CODE)


def _told(here: Here, found: Job) -> list[Told]:
    titles = {one.key: one.title for one in asked_in(here.project)}
    return [_question(one, titles.get(one["question"], one["question"])) for one in found.result["questions"]]


def _question(found: dict[str, Any], title: str) -> Told:
    rows = found["rows"]
    whole = max(row["labels_per_item"] for row in rows if row["policy"].startswith("fixed"))
    ways = [
        Way(
            _short(row["policy"]),
            row["labels_per_item"],
            row["as_all"],
            joined=row["policy"].startswith("fixed"),
            strong=row["policy"] == "adaptive",
        )
        for row in rows
        if row["as_all"] is not None
    ]
    return Told(
        key=found["question"],
        title=title,
        counts=_counts(found),
        deep=_deep(found),
        said=_said(rows, whole),
        svg=cost(title, ways) if ways else SafeString(""),
        lines=[_line(row, whole) for row in rows],
        decided=found["decided"],
    )


def _counts(found: dict[str, Any]) -> str:
    items = ngettext("%(count)s item", "%(count)s items", found["items"]) % {"count": found["items"]}
    people = ngettext("%(count)s person", "%(count)s people", found["people"]) % {"count": found["people"]}
    labels = ngettext("%(count)s label", "%(count)s labels", found["labels"]) % {"count": found["labels"]}
    return f"{items} · {people} · {labels}"


def _deep(found: dict[str, Any]) -> str:
    """How far the labels reach: empty where every item has three or more."""
    deep = found.get("deep", found["items"])
    if deep == found["items"]:
        return ""
    if not deep:
        return gettext(
            "No item has three labels, so this says only what a second one changes. Raise the overlap for a part of "
            "the items, a hundred say: what they show holds for the rest."
        )
    return ngettext(
        "%(count)s of %(items)s items has three labels or more: what a third label changes is told by it alone.",
        "%(count)s of %(items)s items have three labels or more: what a third label changes is told by them alone.",
        deep,
    ) % {"count": deep, "items": found["items"]}


def _said(rows: list[dict[str, Any]], whole: float) -> str:
    """What a lead may take from it, in two sentences."""
    by_name = {row["policy"]: row for row in rows}
    said = []
    for name, sentence in (
        ("fixed3", gettext("Three labels an item instead of %(whole)s: %(saved)s fewer labels, and %(other)s of the "
                           "answers would have been others.")),
        ("adaptive", gettext("Asking only where it changes the answer: %(saved)s fewer labels, and %(other)s of the "
                             "answers would have been others.")),
    ):  # fmt: skip
        row = by_name.get(name)
        if row and row["as_all"] is not None and row["labels_per_item"] < whole:
            said.append(
                sentence
                % {
                    "whole": number(whole, 0 if whole == round(whole) else 1),
                    "saved": _share(1 - row["labels_per_item"] / whole),
                    "other": _share(1 - row["as_all"]),
                }
            )
    return " ".join(said)


def _line(row: dict[str, Any], whole: float) -> Line:
    return Line(
        name=_name(row["policy"]),
        cost=number(row["labels_per_item"], 2),
        saved=_share(1 - row["labels_per_item"] / whole),
        as_all=_share(row["as_all"]),
        as_decided=_share(row["as_decided"]),
        busiest=_share(row["busiest_share"]),
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{number(100 * value, 1)} %"


def _short(policy: str) -> str:
    """The policy's name beside its point."""
    names = {"adaptive": gettext("adaptive"), "lead-of-two": gettext("lead of two")}
    return names.get(policy) or policy.removeprefix("fixed")


def _name(policy: str) -> str:
    names = {
        "adaptive": gettext("Adaptive: while it is worth it"),
        "lead-of-two": gettext("Until one label leads by two"),
    }
    labels = policy.removeprefix("fixed")
    if labels == policy:
        return names.get(policy, policy)
    return ngettext(
        "%(count)s label, then the majority", "%(count)s labels, then the majority", int(labels)
    ) % {"count": labels}


urls = [
    path("replay/", replay, name="replay"),
    path("replay/progress", replay_progress, name="replay-progress"),
    path("replay/start", replay_again, name="replay-start"),
]
