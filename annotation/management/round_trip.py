"""Bring an export in, export it again and compare: every difference has a name, and each name a reason."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from django.utils.dateparse import parse_datetime

from annotation import scripted
from annotation.api.label_studio.export_shape import Wanted, exported
from annotation.models import Batch
from annotation.scripted.exchange.files import bring_file
from annotation.scripted.exchange.report import Report
from core.models import Organisation, User

REASONS: Mapping[str, str] = {
    "numbers": "Assay gives its own numbers (`id`, `inner_id`, `project`, `task`, `file_upload`, `import_id` tells the"
    " annotation's old one).",
    "task times": "`created_at` and `updated_at` of a task tell when it came into Assay; those of annotations"
    " and drafts are kept, and when a prediction was made.",
    "counts": "What can be counted (`total_annotations`, `result_count`, `created_ago`, …) is counted anew.",
    "author": "An author who is known by number only becomes an account without a login, named after the number.",
    "ground_truth unsaid": "An annotation that does not say whether it is ground truth is (as in Label Studio).",
    "score unsaid": "A prediction without a score has none (`null`).",
    "prediction.ground_truth": "Predictions are never ground truth in Assay.",
    "prediction.more": "A prediction's `cluster`, `neighbors`, `mislabeling`, runs and the like.",
    "annotation.more": "Keys of an annotation that Assay has no place for (`draft_created_at`, `last_created_by`,"
    " `bulk_created`,"
    " copies of the prediction …).",
    "parent elsewhere": "A parent annotation or prediction that is not in the file.",
    "task.more": "Keys of a task beside `data`, `meta` and what hangs on it (`agreement`, …).",
    "numbers only": "Predictions or drafts that the file tells by number only: there is nothing to bring in.",
}
"""Why the two are allowed to differ. Anything else is a loss."""
_NUMBERS = {"id", "inner_id", "project", "task", "file_upload", "import_id", "updated_by", "user"}
_COUNTS = re.compile(
    r"(total_|cancelled_|comment_count|unresolved_comment|result_count|created_ago|created_username)"
)
_KEPT: Mapping[str, tuple[str, ...]] = {
    "annotation": ("result", "was_cancelled", "ground_truth", "lead_time", "unique_id", "last_action"),
    "prediction": ("result", "score", "model_version"),
    "draft": ("result", "lead_time"),
}
_TIMES = ("created_at", "updated_at")
_NOTHING: tuple[Any, ...] = (None, "", [], {}, 0, False)


@dataclass
class Trip:
    """What came of one file. `losses`: places that differ without a reason."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    losses: list[str] = field(default_factory=list)

    def row(self) -> str:
        """A line of the table."""
        counts = " | ".join(str(self.counts[kind]) for kind in ("task", "annotation", "prediction", "draft"))
        reasons = ", ".join(f"{name} ({many})" for name, many in sorted(self.reasons.items())) or "none"
        return f"| `{self.name}` | {counts} | {reasons} | {len(self.losses) or 'none'} |"


def table(trips: Sequence[Trip]) -> Iterator[str]:
    """The trips as a table of Markdown, and what the reasons mean."""
    yield "| File | Tasks | Annotations | Predictions | Drafts | Differs in | Lost |"
    yield "|---|---|---|---|---|---|---|"
    yield from (trip.row() for trip in trips)
    yield ""
    used = {name for trip in trips for name in trip.reasons}
    yield from (f"- **{name}**: {why}" for name, why in REASONS.items() if name in used)


def round_trip(name: str, content: bytes, organisation: Organisation, by: User) -> Trip:
    """Bring a file into a new project, export that, and compare. Writes: callers undo it."""
    found = json.loads(content)
    tasks = [
        one if "data" in one else {"data": one} for one in (found if isinstance(found, list) else [found])
    ]
    given = {"title": name, "label_config": config_for(tasks)}
    project = scripted.create_project(organisation=organisation, by=by, given=given)
    report = Report()
    bring_file(
        project=project,
        by=by,
        name=name,
        content=content,
        report=report,
        refuse=False,
        progress=lambda _name, _seen, _total: None,
    )
    back = list(exported(project, Wanted(authors_whole=True)))
    for batch in Batch.objects.filter(project=project):
        batch.file.delete(save=False)
    trip = Trip(name)
    trip.losses += report.places.get("refused", [])
    if len(back) != len(tasks):
        trip.losses.append(f"{len(tasks)} tasks went in, {len(back)} came out")
    for at, (before, after) in enumerate(zip(tasks, back, strict=False)):
        compare(trip, f"[{at}]", before, json.loads(json.dumps(after)))
    return trip


def compare(trip: Trip, place: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Compare a task with what came out of it, and note it all."""
    trip.counts["task"] += 1
    for key in ("data", "meta"):
        if (before.get(key) or {}) != after[key]:
            trip.losses.append(f"{place}.{key}")
    for kind in _KEPT:
        given = before.get(f"{kind}s") or []
        parts = [one for one in given if isinstance(one, dict)]
        trip.reasons["numbers only"] += len(given) - len(parts)
        trip.counts[kind] += len(parts)
        if len(parts) != len(after[f"{kind}s"]):
            trip.losses.append(f"{place}.{kind}s")
        for at, (one, other) in enumerate(zip(parts, after[f"{kind}s"], strict=False)):
            _part(trip, kind, f"{place}.{kind}s[{at}]", one, other)
    _rest(trip, "task", before, after, {"data", "meta", "annotations", "predictions", "drafts"})
    trip.reasons += Counter()


def _part(trip: Trip, kind: str, place: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    for key in _KEPT[kind]:
        if key not in before and key in ("ground_truth", "score"):
            trip.reasons[f"{key} unsaid"] += kind in ("annotation", "prediction")
        elif before.get(key) is not None and before[key] != after.get(key):
            trip.losses.append(f"{place}.{key}")
    for key in _TIMES:
        if kind != "prediction" and before.get(key) and not _same_time(before[key], after[key]):
            trip.losses.append(f"{place}.{key}")
    if kind == "annotation":
        _author(trip, place, before.get("completed_by"), after["completed_by"]["email"])
    _rest(trip, kind, before, after, {*_KEPT[kind], *_TIMES, "completed_by"})


def _author(trip: Trip, place: str, before: Any, after: str) -> None:
    address = before.get("email") if isinstance(before, dict) else None
    if address is None and before is not None:
        trip.reasons["author"] += 1
    elif address is not None and address.lower() != after:
        trip.losses.append(f"{place}.completed_by")


def _rest(trip: Trip, kind: str, before: Mapping[str, Any], after: Mapping[str, Any], done: set[str]) -> None:
    for key, value in before.items():
        if key in done or (key in after and after[key] == value):
            continue
        if key.startswith("parent_"):
            trip.reasons["numbers" if after.get(key) else "parent elsewhere"] += 1
        elif key in _NUMBERS:
            trip.reasons["numbers"] += 1
        elif _COUNTS.match(key):
            trip.reasons["counts"] += 1
        elif key in _TIMES:
            trip.reasons["task times"] += 1
        elif value not in _NOTHING:
            trip.reasons[f"{kind}.{key}" if f"{kind}.{key}" in REASONS else f"{kind}.more"] += 1


def _same_time(one: str, other: str) -> bool:
    return parse_datetime(one) == parse_datetime(other)


def config_for(tasks: Sequence[Mapping[str, Any]]) -> str:
    """A config that the results of these tasks could have come from; an empty one where none would fit."""
    shown: dict[str, str] = {}
    asked: dict[str, tuple[str, str, set[str]]] = {}
    for task in tasks:
        for part in [*task.get("annotations", []), *task.get("predictions", [])]:
            for region in part.get("result", []) if isinstance(part, dict) else []:
                kind, name, to = (str(region.get(key, "")) for key in ("type", "from_name", "to_name"))
                if kind in _TAGS and to:
                    key = next(iter(task["data"]))
                    shown.setdefault(
                        to, f"<{_shows(kind)} name={quoteattr(to)} value={quoteattr('$' + key)}/>"
                    )
                    offered = asked.setdefault(name, (kind, to, set()))[2]
                    if _TAGS[kind][1]:
                        offered |= {str(one) for one in region.get("value", {}).get(kind, ())}
    if shown.keys() & asked.keys() or not all(
        isinstance(value, str) for task in tasks for value in list(task["data"].values())[:1]
    ):
        return "<View></View>"
    controls = [
        f"<{_TAGS[kind][0]} name={quoteattr(name)} toName={quoteattr(to)}>"
        + "".join(f"<{_TAGS[kind][1]} value={quoteattr(one)}/>" for one in sorted(offered))
        + f"</{_TAGS[kind][0]}>"
        for name, (kind, to, offered) in asked.items()
    ]
    return f"<View>{''.join(shown.values())}{''.join(controls)}</View>"


_TAGS = {
    "choices": ("Choices", "Choice"),
    "labels": ("Labels", "Label"),
    "rectanglelabels": ("RectangleLabels", "Label"),
    "polygonlabels": ("PolygonLabels", "Label"),
    "keypointlabels": ("KeyPointLabels", "Label"),
    "textarea": ("TextArea", ""),
    "rating": ("Rating", ""),
}


def _shows(kind: str) -> str:
    return "Image" if kind in {"rectanglelabels", "polygonlabels", "keypointlabels"} else "Text"


def exports_in(folder: Path) -> list[Path]:
    """The exports of a folder: JSON files of tasks."""
    return [path for path in sorted(folder.glob("*.json")) if "PARSED" not in path.name]
