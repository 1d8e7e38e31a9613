"""A project as Label Studio's API tells of it."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import nh3

from annotation.formats.label_studio_config import parsed_label_config
from annotation.models import Project, StudioProject
from annotation.studio import people

_MARKUP = re.compile("<[a-zA-Z/!?]")
SAMPLING = ("Sequential sampling", "Uniform sampling", "Uncertainty sampling")
SKIPPING = ("REQUEUE_FOR_OTHERS", "REQUEUE_FOR_ME", "IGNORE_SKIPPED")
OPTIONS: Mapping[str, Any] = {
    "expert_instruction": "",
    "show_instruction": False,
    "show_skip_button": True,
    "enable_empty_annotation": True,
    "show_annotation_history": False,
    "reveal_preannotations_interactively": False,
    "evaluate_predictions_automatically": False,
    "show_ground_truth_first": False,
    "show_overlap_first": False,
    "start_training_on_annotation_update": False,
    "color": "#FFFFFF",
    "sampling": SAMPLING[0],
    "skip_queue": SKIPPING[0],
    "overlap_cohort_percentage": 100,
    "min_annotations_to_start_training": 0,
    "model_version": "",
    "control_weights": {},
    "annotator_evaluation_enabled": False,
    "is_draft": False,
    "is_published": False,
    "pinned_at": None,
    "task_data_login": None,
    "task_data_password": None,
}
"""What Assay has no column for, with Label Studio's defaults."""
_OF_THE_WHOLE = frozenset({"Choices", "Taxonomy", "Rating", "Number", "DateTime"})
"""Controls by which many tasks can be answered alike."""
COUNTERS = (
    "task_number",
    "finished_task_number",
    "total_annotations_number",
    "skipped_annotations_number",
    "ground_truth_number",
    "total_predictions_number",
    "useful_annotation_number",
    "num_tasks_with_annotations",
)


@lru_cache(maxsize=256)
def parsed_of(source: str) -> dict[str, Any]:
    """A config as `parsed_label_config` tells of it."""
    return parsed_label_config(source)


def options_of(project: Project) -> dict[str, Any]:
    """Everything of OPTIONS, as it stands."""
    kept: StudioProject | None = getattr(project, "studio", None)
    return {**OPTIONS, **(kept.options if kept else {})}


def _weights(parsed: Mapping[str, Any]) -> dict[str, Any]:
    """How much each control and label weighs where nobody has said: all the same."""
    return {
        name: {"overall": 1.0, "type": one["type"], "labels": dict.fromkeys(one["labels"], 1.0)}
        for name, one in parsed.items()
    }


def _harmless(markup: str | None) -> str | None:
    """Markup that a client may put into a page as it is; text without any stays to the character."""
    return nh3.clean(markup, link_rel=None) if markup and _MARKUP.search(markup) else markup


def project_json(project: Project, source: str, counted: Mapping[str, Any] | None) -> dict[str, Any]:
    """The project with its config; `counted` from `studio_counts.of_projects`, None where nothing is counted yet."""
    parsed = parsed_of(source)
    kept: StudioProject | None = getattr(project, "studio", None)
    options = options_of(project)
    maker = kept.created_by if kept else None
    counts: Mapping[str, Any] = counted or dict.fromkeys(COUNTERS)
    return {
        "id": project.pk,
        "title": project.name,
        "description": project.description,
        "label_config": source,
        "parsed_label_config": parsed,
        "organization": project.organisation_id,
        "maximum_annotations": project.overlap,
        "show_collab_predictions": project.suggestions,
        "created_at": project.created_at,
        "created_by": people.simple(maker) if maker else None,
        "config_has_control_tags": bool(parsed),
        "config_suitable_for_bulk_annotation": bool(parsed)
        and all(one["type"] in _OF_THE_WHOLE for one in parsed.values()),
        "finished_task_number": counts["finished_task_number"],
        "queue_total": counts["task_number"] or 0,
        "queue_done": counts["finished_task_number"] or 0,
        "state": None,
        **options,
        "control_weights": options["control_weights"] or _weights(parsed),
        "expert_instruction": _harmless(options["expert_instruction"]),
        **counts,
    }
