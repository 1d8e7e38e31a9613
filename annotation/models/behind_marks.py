"""The items behind a mark of a chart, as rows to be joined by `item`. Read-only.

Whatever says something of unsettled answers is for `blind.may_sway` to narrow.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from annotation.models.adjudication import Adjudication
from annotation.models.annotation import Annotation
from annotation.models.mixed_up import Meeting, meetings, patterns_of
from annotation.models.pattern import ItemPattern, PatternCount
from annotation.models.project import Project
from experts.models import Expert

Label = Any


def read_label(text: str) -> Label:
    """A label as it stands in an address: JSON, or the text itself."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def where_they_met(
    project: Project, question: str, kind: str, pair: Sequence[Label]
) -> QuerySet[ItemPattern]:
    """Items to which one gave the first label and another the second."""
    wanted = {_key(one) for one in pair}
    return _of(project, question, kind, lambda one: {_key(one.one), _key(one.two)} == wanted)


def where_one_alone_said(project: Project, question: str, kind: str, label: Label) -> QuerySet[ItemPattern]:
    """Items to which one gave the label and others did not."""
    wanted = _key(label)
    return _of(
        project,
        question,
        kind,
        lambda one: _key(one.one) != _key(one.two) and wanted in _parts(one.one) | _parts(one.two),
    )


def _of(
    project: Project, question: str, kind: str, chosen: Callable[[Meeting], bool]
) -> QuerySet[ItemPattern]:
    found = meetings(patterns_of(project, question, kind))
    digests = {digest for one in found if chosen(one) for digest in one.digests}
    cells = PatternCount.objects.filter(project=project, question=question, digest__in=digests)
    return ItemPattern.objects.filter(cell__in=cells.values("pk"))


def measured_in_week(project: Project, question: str, monday: date) -> QuerySet[ItemPattern]:
    """Items with two labels or more whose last counted answer came in the week of that Monday."""
    cells = PatternCount.objects.filter(project=project, question=question)
    return _measured(cells.filter(day__gte=monday, day__lt=monday + timedelta(days=7)))


def answered_under(project: Project, question: str, guideline: int) -> QuerySet[ItemPattern]:
    """Items with two labels or more that were answered under one version of the guideline."""
    return _measured(PatternCount.objects.filter(project=project, question=question, guideline=guideline))


def _measured(cells: QuerySet[PatternCount]) -> QuerySet[ItemPattern]:
    return ItemPattern.objects.filter(cell__in=cells.values("pk"), labels__gt=1)


def differing(project: Project, question: str, low: float, high: float) -> QuerySet[ItemPattern]:
    """Items whose answers differ by at least `low` and less than `high` bits."""
    rows = ItemPattern.objects.filter(project=project, question=question)
    return rows.filter(entropy__gte=low, entropy__lt=high)


def answered_otherwise(project: Project, expert: Expert) -> QuerySet[ItemPattern]:
    """Items that the expert answered and on which answers differ."""
    answered = Annotation.objects.filter(project=project, expert=expert, retracted_at=None)
    return ItemPattern.objects.filter(project=project, entropy__gt=0, item__in=answered.values("item"))


def cited(project: Project, clause: str) -> QuerySet[Adjudication]:
    """Decisions that name the clause; their items are `dispute__item`."""
    return Adjudication.objects.filter(dispute__project=project, clause=clause)


def _parts(label: Label) -> set[str]:
    """A label; of a set each of its members."""
    return {_key(label), *(_key(one) for one in label)} if isinstance(label, tuple) else {_key(label)}


def _key(label: Label) -> str:
    return json.dumps(label, ensure_ascii=False)
