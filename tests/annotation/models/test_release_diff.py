"""What differs between two releases, and why; what one row came from."""

import json

import pytest
from django.utils import timezone

from annotation.models import GoldLabel, Item, Release
from annotation.models.release_diff import Kind, Why, counts, differences, differing
from annotation.models.release_lineage import lineage
from annotation.stages.release import file_path
from core.ids import new_uid
from core.refusals import NotFound
from tests import cast
from tests.annotation.stages.release_scene import COUNT, annotators, done, kept, played, rows
from tests.cast import World

__all__ = ["done", "kept", "played"]  # fixtures


def _redecide(item: Item) -> None:
    said = GoldLabel.objects.current().get(item=item, question="verdict")
    GoldLabel.objects.filter(pk=said.pk).update(superseded_at=timezone.now())
    said.pk, said.uid, said.value = None, new_uid(), "unsure"
    said.save(force_insert=True)


@pytest.fixture
def two(done: World) -> tuple[Release, Release]:
    """A second release with one item more, one less, and one whose gold has changed."""
    first = cast.make_release(done.project, done.lead)
    changed, gone = Item.objects.order_by("pk")[:2]
    _redecide(changed)
    Item.objects.filter(pk=gone.pk).update(bad_at=timezone.now())
    cast.bring_texts(done.project, done.lead, 1, start=100)
    for user in annotators(done):
        cast.answer_all(done.project, user, lambda _: cast.everything())
    cast.drain()
    return first, cast.make_release(done.project, done.lead)


def test_items_that_came_that_went_and_that_changed(two: tuple[Release, Release]) -> None:
    first, second = two
    assert counts(first, second) == {"added": 1, "removed": 1, "changed": 1, "kept": COUNT - 2}
    told = {kind: differences(kind, first, list(differing(kind, first, second))) for kind in Kind}
    ((added,), (removed,), (changed,)) = (told[kind] for kind in Kind)
    assert (added.why, removed.why, changed.why) == (Why.SETTLED, Why.BAD, Why.DECIDED)
    (verdict,) = changed.gold
    assert verdict.question == "verdict"
    assert verdict.before
    assert verdict.after
    assert (verdict.before.value, verdict.after.value, verdict.same) == ("breach", "unsure", False)
    assert rows(second)[changed.number]["id"] == changed.item.uid
    assert rows(first)[removed.number]["id"] == removed.item.uid


def test_nothing_differs_from_itself(two: tuple[Release, Release]) -> None:
    assert counts(two[1], two[1]) == {"added": 0, "removed": 0, "changed": 0, "kept": COUNT}


def test_the_lineage_of_a_row_says_what_the_release_says(two: tuple[Release, Release]) -> None:
    first, second = two
    for number, row in enumerate(rows(first)):
        found = lineage(first, row["id"])
        assert (found.row.number, found.file) == (number, f"gold/{row['split']}.jsonl")
        assert json.loads(file_path(first, found.file).read_text().splitlines()[found.line - 1]) == row
        assert [one.said.annotator for one in found.answers] == [
            one["annotator"] for one in row["annotations"]
        ]
        assert {one.said.question: one.said.value for one in found.labels} == row["labels"]
    changed = lineage(first, Item.objects.order_by("pk")[0].uid)
    assert [one.said.question for one in changed.labels if one.superseded] == ["verdict"]
    with pytest.raises(NotFound):
        lineage(second, Item.objects.order_by("pk")[1].uid)
