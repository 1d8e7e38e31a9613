"""Their words: what of a task counts as a change, and what has no place here."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from annotation.scripted.exchange.report import Report

Said = Mapping[str, Any]
_ANSWER = (
    "result",
    "was_cancelled",
    "ground_truth",
    "lead_time",
    "parent_annotation",
    "parent_prediction",
)
_PREDICTION = ("result", "score", "model_version")
_DRAFT = ("result", "lead_time")
_LATER = ("cluster", "neighbors", "mislabeling", "model", "model_run")
_DETAILS = ("bulk_created", "last_created_by", "draft_created_at")


def digest(value: Any) -> str:
    """SHA-256 of a JSON value, whatever the order of its keys."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest_of(kind: str, said: Said) -> str:
    """What an annotation, a prediction or a draft says."""
    keys = {"annotation": _ANSWER, "prediction": _PREDICTION, "draft": _DRAFT}[kind]
    return digest([said.get(key) for key in keys])


def task_digest(task: Said) -> str:
    """What a task and all that hangs on it say."""
    return digest(
        [
            task.get("data"),
            task.get("meta") or {},
            *(
                sorted((str(one.get("id")), digest_of(kind, one)) for one in parts_of(task, kind))
                for kind in ("annotation", "prediction", "draft")
            ),
        ]
    )


def parts_of(task: Said, kind: str) -> list[dict[str, Any]]:
    """A task's annotations, predictions or drafts; those told by number only are none."""
    found = task.get(f"{kind}s")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def number_of(said: Said) -> int | None:
    """Its number there, where it has a usable one."""
    number = said.get("id")
    return number if type(number) is int and abs(number) < 2**63 else None


def note_losses(task: Said, place: str, server: str, report: Report) -> None:
    """What of a task cannot come along."""
    if task.get("comment_count") or task.get("comments"):
        report.lose("comments", place)
    for key, value in (task.get("data") or {}).items():
        if _is_file(value, server):
            report.lose("files", f"{place}.data.{key}")
    for name in ("predictions", "drafts"):
        given = task.get(name)
        if isinstance(given, list) and any(type(one) is int for one in given):
            report.lose("prediction_numbers", f"{place}.{name}")
    for said in parts_of(task, "annotation"):
        _note_answer(said, f"{place}.annotations[{said.get('id')}]", report)
    for said in parts_of(task, "prediction"):
        _note_prediction(said, f"{place}.predictions[{said.get('id')}]", report)
    for said in parts_of(task, "draft"):
        if said.get("annotation"):
            report.lose("draft_of", f"{place}.drafts[{said.get('id')}]")


def _note_answer(said: Said, place: str, report: Report) -> None:
    if said.get("reviews"):
        report.lose("reviews", place)
    for name in _DETAILS:
        if said.get(name):
            report.lose("more", f"{place}.{name}")


def _note_prediction(said: Said, place: str, report: Report) -> None:
    if any(said.get(name) for name in _LATER):
        report.lose("prediction_more", place)
    if len(str(said.get("model_version") or "")) > 100:
        report.lose("prediction_model", place)


def _is_file(value: Any, server: str) -> bool:
    if not isinstance(value, str):
        return False
    return value.startswith(("/data/", "upload/")) or bool(server and value.startswith(f"{server}/data/"))
