"""The gate's check of agreement: alpha of every compared question, as measured of the answers that are released."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from annotation.algorithms.gate import Because, Verdict, passes
from annotation.algorithms.statistic import Caution, Statistic
from annotation.formats.release.documents.facts import ALPHAS
from annotation.formats.release.gate import Check, check
from annotation.formats.schema import Kind, Question, Schema
from annotation.models.agreement import Agreement, MeasureRun, RunKind
from annotation.models.folding import Unfolded
from annotation.models.project import Project
from annotation.models.release import Release
from annotation.models.scopes import SPANS, WHOLE
from core.models import Job
from core.models.job import JobState

PLACES = 4


@dataclass(frozen=True)
class _Figure:
    """A question's figure (of spans the label with the lowest lower end) and whether it reaches the floor."""

    question: str
    measure: str
    label: str
    reason: str
    verdict: Verdict

    @property
    def rank(self) -> tuple[bool, float]:
        """The worst first: what did not pass, then the lowest."""
        low = self.verdict.low
        return self.verdict.passed, -2.0 if low is None else low

    def to_json(self, *, asked: bool) -> dict[str, Any]:
        """As the check lists it; `passed` is null where no floor is asked."""
        return {
            "question": self.question,
            "measure": self.measure,
            "label": self.label,
            "low": _round(self.verdict.low),
            "items": self.verdict.items,
            "passed": self.verdict.passed if asked else None,
        }


def alpha(release: Release) -> Check:
    """Of the run that was the current one when the release was frozen."""
    floor = release.policy.get("alpha_floor")
    return alpha_of(release.label_schema.schema, figures_of(release), floor)


def figures_of(release: Release) -> "QuerySet[Agreement]":
    """All figures of the answers that are released, as far as they were measured when the rows were frozen."""
    return figures(release.project, release.agreement_run, release.frozen_at)


def figures(project: Project, run: int | None, then: datetime | None = None) -> "QuerySet[Agreement]":
    """Those of a run, and of spans those of the last full run (until `then`) if it saw the same answers."""
    seen = MeasureRun.objects.filter(project=project, number=run or 0).values("seen_hash")[:1]
    same = MeasureRun.objects.filter(project=project, seen_hash=seen)
    if then is not None:
        same = same.filter(at__lte=then)
    spans = Agreement.objects.filter(project=project, scope=SPANS, run__in=same.values("number"))
    last = spans.order_by("-run").values_list("run", flat=True)[:1]
    either = Q(scope=WHOLE, run=run) | Q(scope=SPANS, run__in=list(last))
    return Agreement.objects.filter(either, project=project).order_by("scope", "pk")


def wants_full(schema: Schema, floor: float | None) -> bool:
    """Whether the check needs what only a full measurement computes: alpha of spans."""
    return floor is not None and any(one.kind is Kind.SPANS for one in schema.questions)


def full_run(project: Project) -> int | None:
    """The last full run, if it saw every answer that there is, under the newest questions. Five statements at most."""
    counting = Job.objects.filter(
        project_id=project.pk,
        kind__in=["measure", "fold"],
        state__in=[JobState.WAITING, JobState.RUNNING],
    )
    if Unfolded.objects.filter(project=project).exists() or counting.exists():
        return None
    schema = project.schemas.order_by("-version").values("pk")[:1]
    seen = MeasureRun.objects.filter(project=project, number=current_run(project) or 0).values("seen_hash")[
        :1
    ]
    full = MeasureRun.objects.filter(
        project=project, kind=RunKind.FULL, seen_hash=seen, label_schema__in=schema
    )
    return full.order_by("-number").values_list("number", flat=True).first()


def current_run(project: Project) -> int | None:
    """The run whose figures of the whole count."""
    whole = Agreement.objects.current().filter(project=project, scope=WHOLE)
    run: int | None = whole.aggregate(top=Max("run"))["top"]
    return run


def run_of(release: Release, full: int | None) -> int | None:
    """Of which run the figures of a release are: where the check needs a full one, that which was made since it was
    asked for, or else `full`, which was up to date then. Answers that come in meanwhile make it no older than that."""
    if wants_full(release.label_schema.schema, release.policy.get("alpha_floor")):
        made = MeasureRun.objects.filter(
            project=release.project, kind=RunKind.FULL, at__gte=release.created_at
        )
        full = made.order_by("-number").values_list("number", flat=True).first() or full
        if full is not None:
            return full
    return current_run(release.project)


def alpha_of(schema: Schema, measured: "QuerySet[Agreement]", floor: float | None) -> Check:
    """The worst figure decides. A question whose figure is missing, or of other answers, has not passed."""
    questions = [one for one in schema.questions if one.kind.compared]
    if not questions:
        return check("alpha", "nothing", passed=True, asked=False)
    rows = list(measured.filter(Q(label="", measure__in=ALPHAS) | Q(scope=SPANS, measure="alpha_u")))
    found = [_worst(question, rows, -1.0 if floor is None else floor) for question in questions]
    ranked = sorted((one for one in found if one is not None), key=lambda one: one.rank)
    missing = [question.key for question, one in zip(questions, found, strict=True) if one is None]
    worst = ranked[0] if ranked else None
    because, passed = _because(worst, missing, asked=floor is not None)
    params: dict[str, Any] = {
        "floor": floor,
        "question": missing[0] if because == "measure" else worst.question if worst else "",
        "questions": [one.to_json(asked=floor is not None) for one in ranked],
        "missing": missing,
    }
    if worst is not None:
        params |= {"low": _round(worst.verdict.low), "items": worst.verdict.items, "reason": worst.reason}
        params |= {"least_items": worst.verdict.least_items}
    figure = _round(worst.verdict.low) if worst else None
    return check("alpha", because, passed=passed, asked=floor is not None, figure=figure, **params)


def _because(worst: _Figure | None, missing: list[str], *, asked: bool) -> tuple[str, bool]:
    if worst is None or (missing and worst.verdict.passed):
        return "measure", not asked
    if asked:
        return worst.verdict.because.value, worst.verdict.passed
    shown = worst.verdict.low is not None
    return ("plain" if shown else Because.NO_VALUE.value), True


def _worst(question: Question, rows: list[Agreement], floor: float) -> _Figure | None:
    """None where it was not measured. Labels of spans that nobody used have no figure and are left out."""
    own = [row for row in rows if row.question == question.key]
    used = [row for row in own if row.reason != "label_unused"] or own
    found = [
        _Figure(row.question, row.measure, row.label, row.reason, passes(_statistic(row), floor))
        for row in used
    ]
    return min(found, key=lambda one: one.rank, default=None)


def _statistic(row: Agreement) -> Statistic:
    cautions = row.details.get("warnings", [])
    return Statistic(
        row.measure,
        value=row.value,
        low=row.low,
        high=row.high,
        items=row.items,
        warnings=tuple(Caution(one["code"], one.get("params", {})) for one in cautions),
    )


def _round(figure: float | None) -> float | None:
    return None if figure is None else round(figure, PLACES)
