"""An answer that becomes a skip, and back: under its number, counted as what it is."""

from typing import Any

import pytest

from annotation.models import Assignment
from tests.annotation.api.label_studio.script import CLS, House, Script, choice, refused, said

pytestmark = pytest.mark.django_db


def counted(owner: Script, task: int) -> tuple[int, int]:
    told = owner.task(task)
    return told["total_annotations"], told["cancelled_annotations"]


def test_it_keeps_its_number_there_and_back(owner: Script) -> None:
    (task,) = owner.load(owner.project(CLS), [{"text": "A clause."}])
    first = owner.annotate(task, [choice("news")], lead_time=2.5, ground_truth=True)
    path = f"annotations/{first['id']}/"
    for cancelled in (True, False, True):
        turned = said(owner.patch(path, {"was_cancelled": cancelled}))
        assert turned["was_cancelled"] is cancelled
        assert said(owner.get(path)) == turned
        same = ("id", "unique_id", "created_at", "result", "lead_time", "ground_truth", "completed_by")
        assert {name: turned[name] for name in same} == {name: first[name] for name in same}
        assert counted(owner, task) == ((0, 1) if cancelled else (1, 0))
        assert [one["id"] for one in owner.task(task)["annotations"]] == [first["id"]]
    said(owner.delete(path), 204)
    refused(owner.get(path), status=404)
    assert counted(owner, task) == (0, 0)


def test_the_author_of_it_and_nobody_else(house: House) -> None:
    (task,) = house.owner.load(house.owner.project(CLS), [{"text": "A clause."}])
    path = f"annotations/{house.ann.annotate(task, [choice('news')])['id']}/"
    said(house.ann.patch(path, {"was_cancelled": True}))
    assert said(house.ann.get(path))["was_cancelled"]
    refused(house.ben.get(path), status=404)
    assert said(house.owner.get(path))["was_cancelled"]


def test_its_number_is_nobody_elses(owner: Script) -> None:
    (task,) = owner.load(owner.project(CLS), [{"text": "A clause."}])
    first = owner.annotate(task, [choice("news")])
    said(owner.patch(f"annotations/{first['id']}/", {"was_cancelled": True}))
    second = owner.annotate(task, [choice("sport")])
    assert second["id"] not in {first["id"], task}
    told: list[dict[str, Any]] = said(owner.get(f"tasks/{task}/annotations/"))
    assert sorted(one["id"] for one in told) == sorted([first["id"], second["id"]])
    assert Assignment.objects.filter(pk=first["id"]).exists()
