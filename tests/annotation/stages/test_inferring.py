"""Infer: the truth model's figures are those of the labels that its run saw, and how people's answers came out."""

import random
from functools import partial

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from annotation.algorithms.truth import Labels, fit, reliability
from annotation.models import Assignment, ExpertMeasure, Item, ItemTruth, Judgement, MeasureRun, noting
from annotation.stages.statistics import recomputing_runs
from core.models import Job
from tests import cast
from tests.annotation.stages import folded
from tests.cast import World

VERDICTS = ("breach", "no breach", "unsure")


@pytest.fixture
def world(db: None) -> World:
    ours = cast.world(cast.OURS)
    cast.bring_texts(ours.project, ours.lead, 30)
    for part, noise in (("annotator", 0.0), ("annotator2", 0.3)):
        draw = random.Random(part)
        cast.answer_all(ours.project, ours.people[part], partial(_says, draw, noise))
    cast.drain()
    return ours


def _says(draw: random.Random, noise: float, work: Assignment) -> cast.Result:
    line = work.item.line
    verdict = VERDICTS[line % 3] if draw.random() >= noise else draw.choice(VERDICTS)
    return [*cast.choice(verdict), cast.region("stars", "rating", {"rating": 1 + line % 5})]


def labels_of(world: World, question: str, classes: tuple[object, ...]) -> Labels:
    said = Judgement.objects.filter(project=world.project, question=question)
    return Labels.from_triples(
        said.values_list("item_id", "expert_id", "value"),
        classes=classes,
    )


@pytest.mark.parametrize(("question", "classes"), [("verdict", VERDICTS), ("stars", (1, 2, 3, 4, 5))])
def test_the_stored_truth_is_the_model_s(world: World, question: str, classes: tuple[object, ...]) -> None:
    labels = labels_of(world, question, classes)
    model = fit(labels)
    rows = ItemTruth.objects.filter(project=world.project, question=question)
    assert rows.count() == len(labels.items) == 30
    for row in rows:
        at = labels.items.index(row.item_id)
        assert row.probability == pytest.approx(float(model.posterior[at].max()), abs=1e-12)
        assert row.value == classes[int(model.answer[at])]
        assert (row.answers, row.open) == (2, row.item.settled_at is None)
        assert row.gain >= 0
    trust = reliability(model)
    for mine in ExpertMeasure.objects.filter(project=world.project, question=question):
        at = labels.annotators.index(mine.expert_id)
        assert (mine.value, mine.low, mine.high) == pytest.approx(
            (trust.value[at], trust.low[at], trust.high[at]), abs=1e-12
        )
        assert mine.answers == 30
        assert mine.drift is not None
        assert mine.drift_low is not None
        assert mine.drift_high is not None
        assert mine.drift_low <= mine.drift <= mine.drift_high
        assert mine.confusion["labels"] == list(classes)


def test_it_counts_who_was_right_where_several_had_a_say(world: World) -> None:
    whole = ExpertMeasure.objects.filter(project=world.project, question="")
    assert {row.answers for row in whole} == {30}
    assert {row.seconds for row in whole} == {3.0}
    assert {row.reason for row in whole} == {""}
    agreed = Item.objects.filter(project=world.project).exclude(settled_at=None).count()
    assert 0 < agreed < 30
    for row in ExpertMeasure.objects.filter(project=world.project, question="verdict"):
        assert (row.settled, row.settled_right) == (agreed, agreed)


def test_settling_closes_the_item_before_the_next_inference(world: World) -> None:
    dispute = world.project.disputes.filter(closed_at=None).order_by("pk")[0]
    item = dispute.item
    assert ItemTruth.objects.filter(item=item, open=True).exists()
    before = MeasureRun.objects.filter(kind="truth").count()
    for each in item.disputes.filter(closed_at=None):
        cast.decide(each, world.people["adjudicator"], cast.choice())
    cast.drain()
    assert not ItemTruth.objects.filter(item=item, open=True).exists()
    assert MeasureRun.objects.filter(kind="truth").count() == before


def test_it_is_inferred_anew_when_enough_is_new_or_on_demand(world: World) -> None:
    runs = MeasureRun.objects.filter(project=world.project, kind="truth").order_by("number")
    first = runs.last()
    assert first is not None
    assert first.result["agrees"]
    assert first.seen == 60
    cast.drain()
    assert runs.last() == first
    with transaction.atomic():
        noting.infer_soon(world.project)
        noting.infer_soon(world.project)
    assert Job.objects.filter(kind="truth").count() == 1
    cast.drain()
    again = runs.last()
    assert again is not None
    assert again.number > first.number
    for run in (first, again):
        assert recomputing_runs.recompute_truth(world.project, run).equal
        call_command("recompute", world.project.uid, run=run.number)
    found = recomputing_runs.recompute_truth(world.project, first)
    assert {row.key[:2] for row in found.rows} == {
        (question, of) for question in ("stars", "verdict") for of in ("truth", "reliability")
    }
    first.result["totals"][0]["probability"] += 1e-6
    first.save()
    with pytest.raises(CommandError, match="differs"):
        call_command("recompute", world.project.uid, run=first.number)
    MeasureRun.objects.filter(pk=first.pk).update(result={"agrees": True})
    with pytest.raises(CommandError, match="no totals"):
        call_command("recompute", world.project.uid, run=first.number)
    assert set(ItemTruth.objects.values_list("run", flat=True)) == {again.number}
    assert set(ExpertMeasure.objects.values_list("run", flat=True)) == {again.number}


def test_one_annotator_alone_has_a_reason(db: None) -> None:
    ours = cast.world(cast.OURS)
    cast.set_overlap(ours.project, ours.lead, 1)
    cast.bring_texts(ours.project, ours.lead, 3)
    cast.answer_all(ours.project, ours.people["annotator"], lambda _: folded.says(random.Random(1)))
    cast.drain()
    row = ExpertMeasure.objects.get(question="verdict")
    assert (row.value, row.reason, row.answers) == (None, "one_annotator", 3)
