"""COCO's categories: a number for each label of a config."""

from __future__ import annotations

from itertools import count
from typing import Any

from annotation.formats.label_studio_export.shapes import Config

_KEYPOINTS = "KeyPointLabels"


class Categories:
    """Labels and their numbers: the config's `category` where it says one, else the lowest free ones by name.

    The labels of key points are one category, `default`, that lists them.
    """

    def __init__(self, config: Config) -> None:
        self._numbers = _numbers(config)
        points = keypoint_labels(config)
        self.rows: list[dict[str, Any]] = [
            {"id": number, "name": name} for name, number in self._numbers.items() if name not in points
        ]
        if points:
            merged = max((row["id"] for row in self.rows), default=-1) + 1
            self._numbers |= dict.fromkeys(points, merged)
            self.rows.append(
                {
                    "id": merged,
                    "name": "default",
                    "supercategory": "default",
                    "keypoints": points,
                    "skeleton": [],
                }
            )

    def number(self, name: str) -> int:
        """A label's number; one that the config does not know gets the next."""
        if name not in self._numbers:
            taken = {row["id"] for row in self.rows}
            self._numbers[name] = next(at for at in count(len(self.rows)) if at not in taken)
            self.rows.append({"id": self._numbers[name], "name": name})
        return self._numbers[name]


def keypoint_labels(config: Config) -> list[str]:
    """The labels of key points, each once."""
    controls = (control for control in config.values() if control.get("type") == _KEYPOINTS)
    return list(dict.fromkeys(label for control in controls for label in control.get("labels") or ()))


def keypoint_order(config: Config) -> list[str]:
    """The labels of key points in the order of their `model_index`, or of the config where none has one.

    Label Studio refuses to export then; as there, a label without one among others with one is left out.
    """
    indices: dict[int, str] = {}
    for control in config.values():
        if control.get("type") == _KEYPOINTS:
            for label, told in (control.get("labels_attrs") or {}).items():
                if (index := _whole(told.get("model_index"))) is not None:
                    indices.setdefault(index, label)
    placed = [label for _, label in sorted(indices.items())]
    return placed or keypoint_labels(config)


def _numbers(config: Config) -> dict[str, int]:
    told: dict[str, int] = {}
    names: set[str] = set()
    for control in config.values():
        names |= set(control.get("labels") or ())
        for label, attributes in (control.get("labels_attrs") or {}).items():
            if (number := _whole(attributes.get("category"))) is not None:
                told[label] = number
    taken = set(told.values())
    free = (at for at in count() if at not in taken)
    return told | dict(zip(sorted(names - told.keys()), free, strict=False))


def _whole(text: object) -> int | None:
    try:
        return int(text) if isinstance(text, int | str) else None
    except ValueError:
        return None
