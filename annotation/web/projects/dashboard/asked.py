"""The questions of a project that figures are about, and their labels in words."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from annotation.formats.schema import Kind
from annotation.models import LabelSchema, Project


@dataclass(frozen=True)
class Asked:
    """A question of the newest schema. `labels` maps keys to words."""

    key: str
    title: str
    kind: str
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def is_spans(self) -> bool:
        return self.kind == "spans"

    @property
    def has_labels(self) -> bool:
        """Whether answers are labels that can be mixed up: of free numbers there are too many."""
        return self.kind in ("choice", "choices", "rating")

    def name(self, value: Any) -> str:
        """A value, or the text that stands for it as a label of a stored figure."""
        if isinstance(value, str) and value in self.labels:
            return self.labels[value]
        read = _read(value) if isinstance(value, str) and self.kind != "choice" else value
        if isinstance(read, list):
            return ", ".join(self.labels.get(str(one), str(one)) for one in read) or gettext("(none)")
        return str(value)


def questions_of(schema: LabelSchema | None, *, texts: bool = False) -> list[Asked]:
    """Those that can be compared, in their order; with `texts` those of free text instead."""
    parsed = schema.parsed["questions"] if schema else []
    return [
        Asked(
            one["key"],
            (one.get("title") or one["key"]).rstrip(" ?:？：."),  # a title goes on after it
            one["kind"],
            {label["key"]: label["text"] for label in one.get("labels") or []},
        )
        for one in parsed
        if (one["kind"] == Kind.TEXT if texts else Kind(one["kind"]).compared)
    ]


def asked_in(project: Project) -> list[Asked]:
    """The same of a project's newest schema."""
    return questions_of(project.schemas.first())


def texts_in(project: Project) -> list[Asked]:
    """Those of free text."""
    return questions_of(project.schemas.first(), texts=True)


def _read(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value
