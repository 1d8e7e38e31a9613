"""Quality at the door: what is stored of it, that it holds nothing up, and that checking again replaces it."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from annotation.algorithms.quality import known_lists, languages, machine
from annotation.models import (
    Batch,
    Item,
    QualityFinding,
    QualityRun,
    QualityStep,
    TextFacts,
    TextKey,
)
from annotation.models.quality import StepKey
from annotation.scripted import delete_items
from annotation.stages.quality import asking, checking, noting
from core import faults
from core.models import AuditEvent, Job
from tests import cast
from tests.cast import World

MISREAD = "The tenantâ€™s rent is due on the first day of every month, says the lease."
LONG = "The tenant shall pay the rent on the first day of every month to the landlord's account at the bank in Leeds."


def flags(batch: Batch) -> list[tuple[int, str, str]]:
    """Line, step and code of each flag, sorted."""
    found = QualityFinding.objects.filter(batch=batch).values_list("item__line", "step", "code")
    return sorted(found)


def figures(batch: Batch) -> dict[str, Any]:
    """What the steps counted, by step."""
    steps = QualityStep.objects.filter(batch=batch)
    return {step.key: (step.figures, step.flagged) for step in steps}


def rows(*texts: str, **more: str) -> bytes:
    return cast.jsonl([{"text": text, **more} for text in texts])


def varied(count: int, seed: int = 1) -> list[str]:
    """Texts that have nothing in common."""
    rng = random.Random(seed)
    return [" ".join("".join(rng.choices("abcdefghijklmno", k=7)) for _ in range(20)) for _ in range(count)]


def test_a_batch_is_looked_at_before_it_is_opened(ours: World) -> None:
    batch = cast.bring(ours.project, ours.lead, rows(LONG, MISREAD, LONG + "  Really so.", f" {LONG}"))
    assert flags(batch) == [
        (2, "encoding", "misread"),
        (3, "near", "nearly_same"),
        (3, "normal", "would_change"),
        (4, "exact", "same_text"),
    ]
    assert set(figures(batch)) == set(StepKey.values)
    assert all(step.finished_at for step in QualityStep.objects.filter(batch=batch))
    run = QualityRun.objects.get(batch=batch)
    assert (run.texts, run.error) == (4, "")
    assert run.finished_at is not None
    assert batch.routed_at is not None
    assert run.finished_at <= batch.routed_at
    assert Item.objects.filter(batch=batch, routed_at=None).count() == 0, "nothing is rejected"
    assert batch.items.get(line=2).data["text"] == MISREAD, "the text stays as it came"


def test_repeats_are_found_in_what_the_project_holds(ours: World) -> None:
    first = cast.bring(ours.project, ours.lead, rows(LONG))
    second = cast.bring(ours.project, ours.lead, rows(LONG.replace("Leeds", "York"), LONG + " "))
    assert flags(second) == [(1, "near", "nearly_same"), (2, "exact", "same_text")]
    holder = first.items.get()
    assert {one.params["item"] for one in QualityFinding.objects.filter(batch=second)} == {holder.uid}


def test_a_deleted_item_is_repeated_by_none(ours: World) -> None:
    """What was deleted and comes again is new; what repeats that is found."""
    first = cast.bring(ours.project, ours.lead, rows(LONG))
    delete_items(project=ours.project, by=ours.lead, items=[first.items.get().pk])
    again = cast.bring(ours.project, ours.lead, rows(LONG, LONG + " ", LONG.replace("Leeds", "York")))
    assert flags(again) == [(2, "exact", "same_text"), (3, "near", "nearly_same")]
    assert set(QualityStep.objects.filter(batch=again).values_list("error", flat=True)) == {""}
    holder = again.items.get(line=1)
    assert {one.params["item"] for one in QualityFinding.objects.filter(batch=again)} == {holder.uid}


def test_long_texts_that_end_differently_are_not_the_same(ours: World) -> None:
    long = "".join(varied(1500))
    assert len(long) > checking.MOST_CHARACTERS
    batch = cast.bring(ours.project, ours.lead, rows(long, f"{long} And no more.", f"{long} "))
    found = [one for one in flags(batch) if one[1] in {"exact", "near"}]
    assert found == [(2, "near", "nearly_same"), (3, "near", "nearly_same")]


def test_repeats_in_another_project_are_no_business_of_this_one(ours: World) -> None:
    theirs = cast.world(cast.THEIRS)
    cast.bring(theirs.project, theirs.lead, rows(LONG))
    assert flags(cast.bring(ours.project, ours.lead, rows(LONG))) == []


def test_an_item_keeps_no_language_that_nobody_stated(ours: World) -> None:
    type(ours.project).objects.update(language="")
    ours.project.refresh_from_db()
    batch = cast.bring(
        ours.project, ours.lead, rows(LONG, "甲方应于每月一日向乙方支付租金，逾期承担违约责任。")
    )
    assert set(batch.items.values_list("language", flat=True)) == {""}
    assert list(TextFacts.objects.order_by("pk").values_list("language", flat=True)) == ["en", "zh"]
    assert figures(batch)["language"][0] == {"languages": {"en": 1, "zh": 1}, "unstated": 2}
    other = cast.bring(ours.project, ours.lead, rows(LONG + " So be it.", _language="zh"))
    assert (1, "language", "language_differs") in flags(other)


def test_texts_far_from_the_rest_are_flagged_when_all_are_in(ours: World) -> None:
    batch = cast.bring(ours.project, ours.lead, rows(*varied(30), "word " * 2000, "x"))
    far = [one for one in flags(batch) if one[1] == "lengths"]
    assert far == [(31, "lengths", "far_longer"), (32, "lengths", "far_shorter")]
    assert figures(batch)["lengths"][1] == 2


def test_checking_again_says_the_same_and_replaces_it(ours: World, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [*varied(30), "word " * 2000, LONG, LONG + "!", MISREAD]
    batch = cast.bring(ours.project, ours.lead, rows(*texts))
    before, counted, keys = flags(batch), figures(batch), TextKey.objects.count()
    monkeypatch.setattr(checking, "CHUNK", 7)  # other chunks, the same findings
    asking.check_again(batch=batch, by=ours.lead)
    cast.drain()
    assert (flags(batch), figures(batch), TextKey.objects.count()) == (before, counted, keys)
    assert QualityRun.objects.get(batch=batch).number == 2
    assert AuditEvent.objects.filter(action="batch.checked_again", actor_id=ours.lead.pk).exists()


class Killed(BaseException):
    """What a kill looks like from inside: nobody handles it."""


@pytest.mark.parametrize("point", ["quality.in_chunk", "quality.after_chunk"])
def test_killed_between_any_two_lines(ours: World, monkeypatch: pytest.MonkeyPatch, point: str) -> None:
    texts = [*varied(30), "word " * 2000, LONG, LONG + "!", MISREAD]
    want = cast.bring(ours.project, ours.lead, rows(*texts))
    expected, counted = flags(want), figures(want)
    monkeypatch.setattr(checking, "CHUNK", 10)
    passed: list[str] = []

    def die(name: str) -> None:
        if name == point:
            passed.append(name)
            if len(passed) in (1, 2, 4):
                raise Killed

    monkeypatch.setattr(faults, "point", die)
    asking.check_again(batch=want, by=ours.lead)
    for _ in range(3):
        with pytest.raises(Killed):
            cast.drain()
        Job.objects.filter(state="running").update(state="waiting")
    cast.drain()
    assert (flags(want), figures(want)) == (expected, counted)


def test_a_failing_step_says_so_and_holds_nothing_up(ours: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any) -> None:
        raise ValueError("no such table")

    monkeypatch.setattr(languages, "look", fail)
    batch = cast.bring(ours.project, ours.lead, rows(LONG, MISREAD))
    assert batch.routed_at is not None
    failed = QualityStep.objects.get(batch=batch, key="language")
    assert (failed.error, failed.finished_at) == ("ValueError: no such table", None)
    assert flags(batch) == [(2, "encoding", "misread")]
    monkeypatch.undo()
    asking.check_again(batch=batch, by=ours.lead)
    cast.drain()
    assert QualityStep.objects.get(batch=batch, key="language").error == ""


def test_a_check_that_cannot_be_done_is_given_up(ours: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(checking, "note", fail)
    batch = ours_begun(ours)
    for _ in range(6):
        cast.drain(failing=True)
    batch.refresh_from_db()
    assert batch.routed_at is not None
    assert Item.objects.filter(batch=batch, routed_at=None).count() == 0
    assert "MemoryError" in QualityRun.objects.get(batch=batch).error


def ours_begun(ours: World) -> Batch:
    from django.core.files.base import ContentFile

    from annotation.stages import ingest

    return ingest.begin_batch(
        project=ours.project, by=ours.lead, file=ContentFile(rows(LONG, MISREAD)), name="rows.jsonl"
    )


def test_lists_that_the_operator_names(ours: World, settings: Any, tmp_path: Path) -> None:
    settings.ASSAY_HOME = tmp_path  # tests that run beside this one must not meet the list
    folder = tmp_path / "benchmarks"
    folder.mkdir()
    target = folder / f"bar_exam{known_lists.SUFFIX}"
    chinese = "甲方应于每月一日向乙方支付租金逾期承担违约责任"
    assert known_lists.build([LONG, chinese], target) > 10
    batch = cast.bring(
        ours.project, ours.lead, rows(f"So: {LONG.upper()}", f"第三条 {chinese}。", *varied(3))
    )
    assert [one for one in flags(batch) if one[1] == "lists"] == [
        (1, "lists", "on_list"),
        (2, "lists", "on_list"),
    ]
    assert figures(batch)["lists"] == ({"lists": {"bar_exam": 2}, "compared": 5}, 2)


def test_what_many_rows_share(ours: World) -> None:
    batch = cast.bring(
        ours.project, ours.lead, rows(*(f"{LONG} {text}" for text in varied(8)), *varied(20, seed=2))
    )
    shared = QualityFinding.objects.filter(batch=batch, code="repeated_phrase")
    assert shared.count() == 8
    assert json.dumps(shared[0].params)
    assert machine.FEWEST_ROWS <= shared[0].params["rows"] == 8


def test_only_so_many_flags_are_kept_and_all_are_counted(
    ours: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noting, "KEPT_FINDINGS", 3)
    monkeypatch.setattr(checking, "CHUNK", 4)
    batch = cast.bring(ours.project, ours.lead, rows(*(f"{text}\u200b" for text in varied(12))))
    assert figures(batch)["normal"][1] == 12
    assert QualityFinding.objects.filter(batch=batch, step="normal").count() == 4
