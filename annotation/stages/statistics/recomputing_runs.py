"""Compute a run of the truth model, or a replay, again from the answers that it saw. Writes nothing."""

from collections.abc import Mapping
from typing import Any

from annotation.models import ExpertMeasure, ItemTruth, MeasureRun, Project
from annotation.models.agreement import RunKind
from annotation.models.inferring import read
from annotation.models.replayable import decided, decided_by, replayable
from annotation.stages.statistics.estimating import estimates, people_of
from annotation.stages.statistics.recomputing import Key, Recomputed, Row, recompute
from annotation.stages.statistics.replayed import replayed
from annotation.stages.statistics.totals import Totals
from core.refusals import NotFound

TRUTH = ("value", "probability", "entropy", "gain", "answers")
PERSON = ("value", "low", "high", "drift", "drift_low", "drift_high", "seconds", "answers")
ALL = "*"

Figures = dict[Key, Mapping[str, Any]]


def recompute_any(project: Project, run: MeasureRun) -> Recomputed:
    """Compute a run of any kind again. Raises AnswerInvalid where a stored result is none any more, NotFound where
    nothing of an old run of the truth model was kept."""
    if run.kind == RunKind.TRUTH:
        return recompute_truth(project, run)
    if run.kind == RunKind.REPLAY:
        return recompute_replay(project, run)
    return recompute(project, run)


def recompute_truth(project: Project, run: MeasureRun) -> Recomputed:
    """Infer the truth again from what a run saw. Of the newest run every item's and person's row is held against what
    comes out, of an older one, whose rows are replaced, its totals.

    How answers came out against settled ones and control items is of the day on which it was counted, and no part of
    it. Raises AnswerInvalid; NotFound where neither rows nor totals were kept.
    """
    kept = _stored_rows(project, run)
    totals: Figures = {(one["question"], one["of"], "", ALL): one for one in run.result.get("totals", ())}
    if not kept and not totals:
        raise NotFound
    found = read(project.pk, run.number, from_results=True)
    made = list(estimates(found, run.label_schema))
    people, summed = list(people_of(found, made)), Totals()
    again: Figures = {}
    for estimate in made:
        rows = list(estimate.rows())
        summed.add(estimate.question, rows)
        for row in rows:
            again[estimate.question, "truth", "", str(row.item)] = _only(row._asdict(), TRUTH)
    for expert, question, columns in people:
        again[question, "reliability", "", str(expert)] = _only(columns, PERSON)
    if not kept:
        again = {}
    if totals:
        again |= {(one["question"], one["of"], "", ALL): one for one in summed.to_json(people)}
    return _compared(run, (found.seen.members, found.seen.text), kept | totals, again)


def recompute_replay(project: Project, run: MeasureRun) -> Recomputed:
    """Replay again what a run saw, under the limits of its day. Raises AnswerInvalid.

    What adjudicators had decided is what the run read, of runs that did not keep it what was settled by then; it has a
    hash of its own.
    """
    found = replayable(project.pk, run.number, from_results=True)
    again = [
        replayed(key, triples, _known(project, run, key), run.result["allowed"], run.seed)
        for key, triples in found.labels.items()
    ]
    seen = (found.seen.members, found.seen.text)
    return _compared(run, seen, _of_replay(run.result["questions"]), _of_replay(again))


def _known(project: Project, run: MeasureRun, question: str) -> dict[int, str]:
    gold = run.result.get("gold")
    if gold is None:
        return decided(project.pk, question, run.at).values
    return decided_by(project.pk, question, gold.get(question, ())).values


def _stored_rows(project: Project, run: MeasureRun) -> Figures:
    items = ItemTruth.objects.filter(project=project, run=run.number).iterator()
    people = ExpertMeasure.objects.filter(project=project, run=run.number).iterator()
    stored: Figures = {
        (row.question, "truth", "", str(row.item_id)): {name: getattr(row, name) for name in TRUTH}
        for row in items
    }
    return stored | {
        (row.question, "reliability", "", str(row.expert_id)): {name: getattr(row, name) for name in PERSON}
        for row in people
    }


def _only(values: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: values.get(name) for name in names}


def _of_replay(questions: list[dict[str, Any]]) -> Figures:
    """A figure for each policy of each question, and one for what was replayed."""
    told: Figures = {}
    for one in questions:
        key = one["question"]
        told[key, "replay", "", ALL] = {name: value for name, value in one.items() if name != "rows"}
        told |= {(key, "replay", row["policy"], ""): row for row in one["rows"]}
    return told


def _compared(run: MeasureRun, seen: tuple[int, str], stored: Figures, again: Figures) -> Recomputed:
    rows = [Row(key, stored.get(key), again.get(key)) for key in {**stored, **again}]
    return Recomputed(run, *seen, rows)
