"""Fold: after any history the stored tables, and the figures from them, are those of all answers counted at once."""

import random
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from annotation import work
from annotation.models import (
    Agreement,
    Counted,
    DayCount,
    FoldState,
    Item,
    ItemPattern,
    MeasureRun,
    PairCount,
    PatternCount,
    Unfolded,
    noting,
)
from annotation.stages.statistics import folding, measure, recomputing
from core import jobs
from core.models import AuditEvent, Job
from core.organisations import grant
from core.roles import Role
from tests import cast
from tests.annotation.stages import folded
from tests.cast import World

QUESTIONS = ("verdict", "topics", "span", "stars", "amount")


@pytest.fixture
def world(db: None) -> World:
    ours = cast.world(cast.OURS)
    nina = cast.person("nina")
    grant(user=nina, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
    cast.qualify(nina, ours.organisation, ours.project.sector, ours.lead)
    ours.people["annotator3"] = nina
    cast.bring_texts(ours.project, ours.lead, 9)
    return ours


def check_figures(world: World) -> None:
    """Every whole-project figure is the batch one."""
    current = Agreement.objects.current().filter(project=world.project, scope="", label="")
    for question in QUESTIONS:
        for expected in folded.batch(world.project, question):
            found = current.get(question=question, measure=expected.kind)
            assert found.reason in folded.reasons(world.project, expected), (question, expected.kind)
            assert (found.items, found.judgements) == (expected.items, expected.labels)
            if expected.value is not None:
                assert found.value == pytest.approx(expected.value, abs=1e-12)


def full(world: World) -> MeasureRun:
    """Have everything computed anew; the run."""
    with transaction.atomic():
        noting.measure_soon(world.project)
    cast.drain()
    return MeasureRun.objects.filter(project=world.project, kind="full").latest("number")


@pytest.mark.parametrize("seed", range(4))
def test_any_history_ends_in_the_figures_of_all_answers_at_once(
    world: World, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measure, "SHARD_ITEMS", 4)
    draw = random.Random(seed)
    for _ in range(6):
        for _ in range(draw.randint(1, 5)):
            folded.step(world, draw)
        cast.drain()
        if Counted.objects.exists():
            check_figures(world)
    run = full(world)
    assert run.result["mended"] == 0, run.result
    assert run.result["sums"] == []
    assert run.result["all_sums"] is True
    assert Job.objects.filter(kind="measure_shard").count() == 3
    check_figures(world)
    for past in MeasureRun.objects.exclude(kind="truth"):
        again = recomputing.recompute(world.project, past)
        assert again.hash_equal
        assert [row.key for row in again.rows if not row.equal] == []
        assert again.rows


def test_what_comes_while_it_folds_is_another_jobs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else one job would fold answers one by one for as long as people answer; nothing is forgotten."""
    draw = random.Random(3)
    folded.answer(world, draw)
    blocks, fold_block = [], folding._fold_block

    def counted(*args: Any) -> int:
        blocks.append(fold_block(*args))
        if len(blocks) < 4:
            folded.answer(world, draw)
        return blocks[-1]

    monkeypatch.setattr(folding, "_fold_block", counted)
    noting.fold_waiting()
    Job.objects.update(due_at=timezone.now())
    jobs.run(Job.objects.get(kind="fold", state="waiting").pk, work.HANDLERS)
    assert len(blocks) == 1
    assert Unfolded.objects.exists()
    cast.drain()
    assert not Unfolded.objects.exists()
    check_figures(world)


def test_a_fold_that_is_done_twice_changes_nothing(world: World) -> None:
    folded.answer(world, random.Random(1))
    cast.drain()
    tables = (PatternCount, PairCount, DayCount, ItemPattern, Counted)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    items = Item.objects.filter(project=world.project)
    Unfolded.objects.bulk_create(Unfolded(project=world.project, item=item) for item in [*items, *items])
    cast.drain()
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before
    assert not Unfolded.objects.exists()


def test_scopes_are_parts_of_the_whole(world: World) -> None:
    draw = random.Random(5)
    for _ in range(2):
        for user in ("annotator", "annotator2"):
            cast.answer_all(world.project, world.people[user], lambda _: folded.says(draw), most=4)
        folded.new_guideline(world, draw)
    cast.drain()
    found = Agreement.objects.current().filter(question="verdict", measure="percent", label="")
    items = dict(found.values_list("scope", "items"))
    weeks = sum(count for scope, count in items.items() if scope.startswith("week:"))
    assert weeks == items[""]
    assert sum(count for scope, count in items.items() if scope.startswith("guideline:")) <= items[""]
    assert {"guideline:1", "guideline:2"} <= set(items)


@pytest.mark.parametrize("table", ["pairs", "days", "patterns", "item"])
def test_a_table_that_is_wrong_is_found_mended_and_told(world: World, table: str) -> None:
    draw = random.Random(7)
    for user in ("annotator", "annotator2"):
        cast.answer_all(world.project, world.people[user], lambda _: folded.says(draw))
    cast.drain()
    assert full(world).result["sums"] == []
    match table:
        case "pairs":
            PairCount.objects.filter(pk=PairCount.objects.first().pk).update(items=7)  # type: ignore[union-attr]
        case "days":
            DayCount.objects.update(answers=1)
        case "patterns":
            PatternCount.objects.filter(pk=PatternCount.objects.first().pk).update(items=7)  # type: ignore[union-attr]
        case "item":
            Counted.objects.filter(pk=Counted.objects.first().pk).delete()  # type: ignore[union-attr]
    run = full(world)
    assert run.result["sums"] or run.result["mended"]
    assert AuditEvent.objects.filter(action__in=["agreement.sums_mended", "agreement.items_mended"]).exists()
    again = full(world)
    assert (again.result["sums"], again.result["mended"]) == ([], 0)
    check_figures(world)


def test_sums_that_are_too_small_stop_nothing(world: World) -> None:
    draw = random.Random(7)
    for user in ("annotator", "annotator2"):
        cast.answer_all(world.project, world.people[user], lambda _: folded.says(draw))
    cast.drain()
    PatternCount.objects.update(items=1)
    PairCount.objects.update(items=1)
    DayCount.objects.update(answers=1, seconds=0)
    FoldState.objects.update(seen_hash="", answers_hash="")
    for _ in range(4):
        folded.retract(world, draw)
    cast.drain()
    assert not Unfolded.objects.exists()
    check_figures(world)
    run = full(world)
    assert (run.result["sums"], run.result["mended"]) == ([], 0)


def test_items_of_one_document_are_resampled_together(world: World) -> None:
    draw = random.Random(3)
    for user in ("annotator", "annotator2"):
        cast.answer_all(world.project, world.people[user], lambda _: folded.says(draw))
    cast.drain()
    current = Agreement.objects.current().filter(question="verdict", scope="", measure="alpha")
    alone = current.get()
    for item in Item.objects.filter(project=world.project):
        Item.objects.filter(pk=item.pk).update(group_key=f"contract {item.pk % 3}")
    FoldState.objects.update(grouped=True)
    run = full(world)
    together = current.get()
    assert together.value == pytest.approx(alone.value, abs=1e-12)
    assert (together.low, together.high) != (alone.low, alone.high)
    assert recomputing.recompute(world.project, run).equal


def test_the_command_says_what_is_equal_and_fails_where_it_is_not(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    folded.answer(world, random.Random(2))
    cast.drain()
    call_command("recompute", world.project.uid)
    assert "0 differ" in capsys.readouterr().out
    Agreement.objects.filter(measure="percent").update(items=99)
    with pytest.raises(CommandError, match="differs"):
        call_command("recompute", world.project.uid)
    assert "DIFFERENT" in capsys.readouterr().out
    for wrong in ({"run": 999}, {}):
        with pytest.raises(CommandError):
            call_command("recompute", world.project.uid if wrong else "nobody", **wrong)


def test_a_lead_has_everything_computed_anew(world: World) -> None:
    folded.answer(world, random.Random(2))
    cast.drain()
    job = noting.measure_anew(world.project, by=world.lead)
    assert noting.measure_anew(world.project, by=world.lead) == job
    cast.drain()
    job.refresh_from_db()
    assert job.state == "done"
    assert AuditEvent.objects.filter(action="agreement.asked").count() == 2
