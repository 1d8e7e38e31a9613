"""Pairs of labels: their names, how they stand in a file, and the address of the items on which they met."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from annotation.models import Project
from annotation.models.mixed_up import Meeting
from annotation.web.cut import cut
from annotation.web.projects.dashboard.asked import Asked

LABELS = 12  # of a heat map; more are read in the table of pairs


def items_with(project: Project, **asked: Any) -> str:
    """The address of the items behind a mark; values are labels as JSON."""
    return f"{reverse('web:items', args=[project.uid])}?{urlencode(asked, doseq=True)}"


def pair_link(project: Project, asked: Asked, one: Any, two: Any) -> str:
    """The items on which the two labels met."""
    return items_with(project, question=asked.key, pair=[as_json(one), as_json(two)])


def most_frequent(asked: Asked, met: Sequence[Meeting]) -> list[Any]:
    """The labels in the order of the schema, then others; the most frequent of them."""
    weight: Counter[Any] = Counter()
    for one in met:
        weight[one.one] += one.pairs
        weight[one.two] += one.pairs
    often = [label for label, _ in weight.most_common(LABELS)]
    order = {key: at for at, key in enumerate(asked.labels)}
    return sorted(
        often, key=lambda label: (order.get(label, len(order)) if isinstance(label, str) else 0, str(label))
    )


def names_of(asked: Asked, one: Meeting) -> str:
    """Both, in words; long ones are cut."""
    return f"{cut(asked.name(plain(one.one)))} / {cut(asked.name(plain(one.two)))}"


def plain(label: Any) -> Any:
    """A set of labels as a list, as a judgement has it."""
    return list(label) if isinstance(label, tuple) else label


def as_json(label: Any) -> str:
    """As it stands in an address."""
    return json.dumps(plain(label), ensure_ascii=False)


def code_of(label: Any) -> Any:
    """A label in a file: its key, or a set of keys as JSON."""
    return as_json(label) if isinstance(label, tuple) else label
