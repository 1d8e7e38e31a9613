"""The newest measured agreement of a project, question by question, as the lead's page shows it."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from annotation.models import Agreement, LabelSchema, Project
from annotation.models.agreement import AgreementQuerySet
from annotation.models.scopes import FULL_ONLY, WHOLE
from annotation.web import charts, sentences


@dataclass(frozen=True)
class Figure:
    """One statistic: a value with an interval, or the reason why there is none."""

    row: Agreement

    @property
    def name(self) -> str:
        return sentences.measure(self.row.measure)

    @property
    def reason(self) -> str:
        return sentences.reason(self.row.reason, self.row.measure) if self.row.value is None else ""

    @property
    def warnings(self) -> list[str]:
        return [sentences.warning(caution) for caution in self.row.details.get("warnings", [])]

    @property
    def chart(self) -> SafeString | None:
        row = self.row
        marks = charts.THRESHOLDS if "alpha" in row.measure else charts.QUARTERS
        return (
            None
            if row.value is None
            else charts.interval(self.name, row.value, row.low, row.high, marks=marks)
        )

    @property
    def meter(self) -> SafeString | None:
        row = self.row
        return None if row.value is None else charts.meter(row.label, row.value, row.low, row.high)


@dataclass(frozen=True)
class Question:
    """What was measured of one question: its measures as a whole, and one figure a label."""

    key: str
    title: str
    overall: list[Figure]
    labels: list[tuple[str, Figure]]

    @property
    def warnings(self) -> list[str]:
        """Each once: the measures of a question share most of them."""
        return list(dict.fromkeys(warning for figure in self.overall for warning in figure.warnings))


@dataclass(frozen=True)
class Measured:
    """One run's questions, in the schema's order, and when it was computed (None: nothing has been measured)."""

    questions: list[Question]
    computed_at: datetime | None
    run: int | None


def _whole(project: Project) -> AgreementQuerySet:
    """The figures of the project as a whole that count."""
    return Agreement.objects.current().filter(project=project, scope=WHOLE)


BESIDE = ("span_f1_relaxed", "u_alpha", "gamma", "icc_2", "kendall_w", "text_exact", "text_ngrams")
"""Of what a full run measures, what the page shows beside the figures that are kept live."""


def _shown(project: Project, run: int | None) -> AgreementQuerySet:
    whole, beside = Q(scope=WHOLE, run=run), Q(scope__in=FULL_ONLY, label="", measure__in=BESIDE)
    return Agreement.objects.current().filter(whole | beside, project=project).order_by("scope", "pk")


def newest_run(project: Project) -> int | None:
    """The number of the newest run of the live figures."""
    run: int | None = _whole(project).aggregate(run=Max("run"))["run"]
    return run


def newest_figure(project: Project) -> int | None:
    """The id of the newest figure: what the panel's ETag is made from."""
    rows = Agreement.objects.current().filter(project=project, scope__in=(WHOLE, *FULL_ONLY))
    found: int | None = rows.aggregate(top=Max("pk"))["top"]
    return found


def measured(project: Project, schema: LabelSchema | None) -> Measured:
    """The newest run's figures, and those that only the newest full run has. Two statements."""
    run = newest_run(project)
    rows = list(_shown(project, run))
    by_question: dict[str, list[Agreement]] = defaultdict(list)
    for row in rows:
        by_question[row.question].append(row)
    asked: list[dict[str, Any]] = schema.parsed["questions"] if schema else []
    questions = [_question(question, by_question.pop(question["key"], [])) for question in asked]
    left = [_question({"key": key, "labels": []}, found) for key, found in by_question.items()]
    return Measured(
        [question for question in questions + left if question.overall],
        max((row.computed_at for row in rows if row.scope == WHOLE or run is None), default=None),
        run,
    )


def _question(asked: dict[str, Any], rows: list[Agreement]) -> Question:
    names = {label["key"]: label["text"] for label in asked.get("labels") or []}
    return Question(
        key=asked["key"],
        title=asked.get("title") or asked["key"],
        overall=[Figure(row) for row in rows if not row.label],
        labels=[(_label(row.label, names), Figure(row)) for row in rows if row.label],
    )


def _label(key: str, names: dict[str, str]) -> str:
    """A label's text. A set of labels is one value to the measures, written as a JSON list."""
    if key in names:
        return names[key]
    try:
        keys = json.loads(key)
    except ValueError:
        return key
    if not isinstance(keys, list):
        return key
    return ", ".join(names.get(str(one), str(one)) for one in keys) or gettext("(none)")
