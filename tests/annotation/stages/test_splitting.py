"""Items of a project drawn into splits: groups stay whole, what was drawn stays, and a draw can be repeated."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotation.models import GoldLabel, Item, ItemSplit, Project, splitting
from annotation.models.release_policy import ReleasePolicy
from annotation.models.splitting import Drawing
from tests import cast
from tests.cast import World
from tests.core.database import committed, together

__all__ = ["committed"]


def bring(ours: World, rows: Iterable[dict[str, Any]], **more: Any) -> list[int]:
    """The items of these rows, settled by now."""
    batch = cast.bring(ours.project, ours.lead, cast.jsonl(list(rows)), duplicates="keep", **more)
    found = Item.objects.filter(batch=batch)
    found.update(settled_at=timezone.now())
    return list(found.order_by("pk").values_list("pk", flat=True))


def texts(count: int, start: int = 0, **more: Any) -> list[dict[str, Any]]:
    return [{"text": f"Clause {at} of the lease", **more} for at in range(start, start + count)]


def settled(project: Project) -> Any:
    return Item.objects.filter(project=project).exclude(settled_at=None)


def draw_all(project: Project, chunks: int | None = None, **policy: Any) -> int | None:
    """Draw what is not drawn, or so many chunks of it, each in its transaction."""
    drawing = Drawing(project, ReleasePolicy(project=project, **policy))
    after: int | None = 0
    while after is not None and chunks != 0:
        with transaction.atomic():
            after = drawing.some(settled(project), after)
        chunks = chunks - 1 if chunks else None
    return after


def drawn(project: Project) -> dict[int, str]:
    return dict(ItemSplit.objects.filter(project=project).order_by("pk").values_list("pk", "split"))


def test_every_item_is_drawn_by_the_shares_and_stays(ours: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "AT_ONCE", 7)
    bring(ours, texts(60))
    draw_all(ours.project, split_by="item")
    first = drawn(ours.project)
    assert Counter(first.values()) == {"train": 48, "validation": 6, "test": 6}
    draw_all(ours.project, split_by="item")
    assert drawn(ours.project) == first
    bring(ours, texts(40, start=60))
    draw_all(ours.project, split_by="item")
    assert drawn(ours.project).items() >= first.items()
    assert Counter(drawn(ours.project).values()) == {"train": 80, "validation": 10, "test": 10}


def test_one_split_may_have_all(ours: World) -> None:
    bring(ours, texts(5))
    draw_all(ours.project, shares={"train": 1, "validation": 0, "test": 0})
    assert set(drawn(ours.project).values()) == {"train"}


def test_equal_texts_share_a_split_also_later(ours: World) -> None:
    """They differ in spaces and signs that nobody sees."""
    before = bring(ours, texts(30))
    draw_all(ours.project, split_by="item")
    again = bring(ours, [{"text": f" Clause  {at} of\u200b the lease "} for at in range(30)])
    draw_all(ours.project, split_by="item")
    splits = drawn(ours.project)
    assert [splits[pk] for pk in again] == [splits[pk] for pk in before]
    assert len(set(splits.values())) == 3


@pytest.mark.parametrize(("split_by", "key"), [("group", "_group"), ("source", "_source")])
def test_a_document_or_source_stays_whole(
    ours: World, split_by: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(splitting, "AT_ONCE", 11)
    bring(ours, [{"text": f"Clause {at}", key: f"lease {at % 20}"} for at in range(100)])
    draw_all(ours.project, split_by=split_by)
    bring(ours, [{"text": f"Clause {at}", key: f"lease {at % 25}"} for at in range(100, 150)])
    draw_all(ours.project, split_by=split_by)
    found = defaultdict(set)
    for item in settled(ours.project).select_related("drawn"):
        found[item.group_key or item.source].add(item.drawn.split)
    assert len(found) == 25
    assert {len(splits) for splits in found.values()} == {1}
    assert {split for splits in found.values() for split in splits} == {"train", "validation", "test"}


def test_a_batch_s_source_counts_where_a_row_names_none_and_else_the_text(ours: World) -> None:
    one = bring(ours, texts(10), source="Reports")
    other = bring(ours, texts(10, start=10, _source="Reports"))
    none = bring(ours, texts(40, start=20))
    draw_all(ours.project, split_by="source")
    splits = drawn(ours.project)
    assert len({splits[pk] for pk in [*one, *other]}) == 1
    assert len({splits[pk] for pk in none}) == 3


def parties(*names: str) -> dict[str, Any]:
    return {"_parties": list(names)}


def test_items_that_hang_together_by_their_parties_share_a_split(
    ours: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first and the last share no party; those between link them, whatever chunk they stand in."""
    monkeypatch.setattr(splitting, "AT_ONCE", 3)
    chain = [{"text": f"Link {at}", **parties(f"Firma {at}", f"Firma {at + 1}")} for at in range(8)]
    alone = [{"text": f"Alone {at}", **parties(f"Haus {at}")} for at in range(40)]
    mixed = [row for at in range(40) for row in (alone[at : at + 1] + chain[at : at + 1])]
    bring(ours, mixed)
    draw_all(ours.project, split_by="party")
    found = defaultdict(set)
    for item in settled(ours.project).select_related("drawn"):
        found[item.data["text"].split()[0]].add((item.drawn.split, item.drawn.group))
    assert len(found["Link"]) == 1
    assert len(found["Alone"]) == 40
    assert len({split for split, _ in found["Alone"]}) == 3


def test_a_later_item_goes_where_its_party_is(ours: World) -> None:
    before = bring(ours, [{"text": f"Clause {at}", **parties(f"Haus {at}")} for at in range(30)])
    draw_all(ours.project, split_by="party")
    more = [{"text": f"Clause {at + 100}", **parties(f"Neu {at}", f"Haus {at}")} for at in range(30)]
    between = bring(ours, more)
    draw_all(ours.project, split_by="party")
    last = bring(ours, [{"text": f"Clause {at + 200}", **parties(f"Neu {at}")} for at in range(30)])
    draw_all(ours.project, split_by="party")
    splits = drawn(ours.project)
    assert [splits[pk] for pk in between] == [splits[pk] for pk in before] == [splits[pk] for pk in last]


def test_the_labels_of_a_question_are_spread_evenly(ours: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also over what an earlier draw left: its counts are read from the database."""
    monkeypatch.setattr(splitting, "AT_ONCE", 13)
    labels = ["breach"] * 50 + ["unsure"] * 40 + ["no breach"] * 10

    def gold(items: list[int], values: list[str]) -> None:
        GoldLabel.objects.bulk_create(
            GoldLabel(
                project=ours.project,
                item_id=pk,
                question="verdict",
                value=value,
                how="single",
                settled_at=timezone.now(),
            )
            for pk, value in zip(items, values, strict=True)
        )

    gold(bring(ours, texts(100)), labels)
    draw_all(ours.project, split_by="item", stratify="verdict")
    gold(bring(ours, texts(100, start=100)), labels)
    draw_all(ours.project, split_by="item", stratify="verdict")
    rows = GoldLabel.objects.filter(project=ours.project).values_list("value", "item__drawn__split")
    found = Counter(rows)
    for label, size in (("breach", 100), ("unsure", 80), ("no breach", 20)):
        assert abs(found[label, "train"] - 0.8 * size) <= 1
        assert abs(found[label, "test"] - 0.1 * size) <= 1


def test_a_question_that_is_not_there_or_has_no_labels_spreads_nothing(ours: World) -> None:
    bring(ours, texts(20))
    for question in ("gone", "note", "span"):
        with transaction.atomic():
            draw_all(ours.project, stratify=question)
            assert Counter(drawn(ours.project).values()) == {"train": 16, "validation": 2, "test": 2}
            transaction.set_rollback(True)


@pytest.mark.parametrize("split_by", ["item", "group", "party"])
def test_a_draw_that_was_killed_comes_to_the_same(
    ours: World, monkeypatch: pytest.MonkeyPatch, split_by: str
) -> None:
    monkeypatch.setattr(splitting, "AT_ONCE", 9)
    bring(
        ours,
        [
            {"text": f"T {at % 40}", "_group": f"g {at % 30}", **parties(f"P {at}", f"P {at + at % 3}")}
            for at in range(50)
        ],
    )
    with transaction.atomic():
        draw_all(ours.project, split_by=split_by, seed=7)
        whole = drawn(ours.project)
        transaction.set_rollback(True)
    for _ in range(4):
        draw_all(
            ours.project, chunks=1, split_by=split_by, seed=7
        )  # a new process each time, from the beginning
    assert 0 < len(drawn(ours.project)) < 50
    draw_all(ours.project, split_by=split_by, seed=7)
    assert drawn(ours.project) == whole


@pytest.mark.parametrize("split_by", ["item", "group", "source", "party"])
def test_a_chunk_takes_a_bounded_number_of_statements(ours: World, split_by: str) -> None:
    bring(ours, [{"text": f"T {at}", **parties(f"P {at}")} for at in range(3)])
    few = _statements(ours.project, split_by)
    bring(ours, [{"text": f"T {at}", **parties(f"P {at}")} for at in range(3, 90)])
    assert _statements(ours.project, split_by) == few <= 12


@pytest.mark.parametrize("split_by", ["group", "source", "party"])
@pytest.mark.parametrize("at_once", [4, 1000])
def test_a_new_group_goes_where_a_text_of_it_is(
    ours: World, monkeypatch: pytest.MonkeyPatch, split_by: str, at_once: int
) -> None:
    """Drawn before, or in the same chunk; also where two groups share no text but each one with a third."""
    monkeypatch.setattr(splitting, "AT_ONCE", at_once)

    def row(text: str, name: str) -> dict[str, Any]:
        return {"text": text, "_group": name, "_source": name, **parties(f"Firma {name}")}

    first = bring(ours, [row(f"Clause {at} of the lease", f"a{at}") for at in range(30)])
    cast.drain()
    draw_all(ours.project, split_by=split_by)
    again = bring(ours, [row(f" Clause  {at} of the lease ", f"b{at}") for at in range(30)])
    beside = bring(ours, [row(f"Deed {at} of the house", f"b{at}") for at in range(30)])
    chain = bring(ours, [row(f"Link {(at + 1) // 2} of a chain", f"c{at // 2}") for at in range(16)])
    cast.drain()
    draw_all(ours.project, split_by=split_by)
    splits = drawn(ours.project)
    assert [splits[pk] for pk in again] == [splits[pk] for pk in first] == [splits[pk] for pk in beside]
    assert len(set(splits.values())) == 3
    if at_once > len(chain):
        assert len({splits[pk] for pk in chain}) == 1


def test_a_group_that_is_drawn_stays_whole_though_its_text_is_elsewhere(ours: World) -> None:
    bring(ours, [{"text": f"Clause {at} of the lease", "_group": f"a{at}"} for at in range(30)])
    cast.drain()
    draw_all(ours.project)
    later = bring(ours, [{"text": f"Clause {29 - at} of the lease", "_group": f"a{at}"} for at in range(30)])
    cast.drain()
    draw_all(ours.project)
    found = defaultdict(set)
    for item in settled(ours.project).select_related("drawn"):
        found[item.group_key].add(item.drawn.split)
    assert len(later) == 30
    assert {len(one) for one in found.values()} == {1}


def _statements(project: Project, split_by: str) -> int:
    drawing = Drawing(project, ReleasePolicy(project=project, split_by=split_by, stratify="verdict"))
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        assert drawing.some(settled(project), 0)
    return len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]])


@pytest.mark.parametrize(
    "statement", ["UPDATE annotation_itemsplit SET split = 'test'", "DELETE FROM annotation_itemsplit"]
)
def test_the_database_refuses_to_move_an_item(ours: World, statement: str) -> None:
    bring(ours, texts(2))
    draw_all(ours.project)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_two_releases_at_once_draw_each_item_once_and_no_group_apart(
    committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(splitting, "AT_ONCE", 5)
    ours = cast.world(cast.OURS)
    bring(ours, [{"text": f"Clause {at}", "_group": f"lease {at % 17}"} for at in range(80)])

    def work() -> None:
        draw_all(ours.project)
        close_old_connections()

    told = together([partial(work) for _ in range(3)])
    assert told == [None] * 3
    found = defaultdict(set)
    for item in settled(ours.project).select_related("drawn"):
        found[item.group_key].add(item.drawn.split)
    assert len(drawn(ours.project)) == 80
    assert {len(splits) for splits in found.values()} == {1}
