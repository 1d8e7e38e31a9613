"""The Data Manager's actions: what they select, what they do, whom they obey."""

from typing import Any

import pytest

from tests.annotation.api.label_studio.script import House, Script, condition, refused, said, span

TEXT = "Ann met Bob"
ALL = {"selectedItems": {"all": True}}


def names(owner: Script, project: int) -> list[int]:
    return owner.query(project)


@pytest.mark.parametrize(
    "body",
    [
        None,
        {},
        [],
        {"selectedItems": {}},
        {"selectedItems": None},
        {"selectedItems": {"all": False}},
        {"selectedItems": {"all": False, "included": []}},
        {"filters": {"conjunction": "and", "items": []}},
    ],
)
def test_nothing_selected_selects_nothing(owner: Script, body: Any) -> None:
    project = owner.project()
    tasks = owner.load(project, [{"text": "a"}, {"text": "b"}])
    assert said(owner.act(project, "delete_tasks", body))["processed_items"] == 0
    assert names(owner, project) == tasks


@pytest.mark.parametrize(
    "chosen",
    [
        "all",
        ["x"],
        7,
        {"included": "1"},
        {"included": ["x"]},
        {"included": [2**70]},
        {"all": True, "excluded": {}},
    ],
)
def test_a_selection_that_cannot_be_read_is_400(owner: Script, chosen: Any) -> None:
    project = owner.project()
    tasks = owner.load(project, [{"text": "a"}])
    refused(owner.act(project, "delete_tasks", {"selectedItems": chosen}), "selectedItems")
    assert names(owner, project) == tasks


def test_an_unknown_action_is_400_and_named(owner: Script) -> None:
    project = owner.project()
    refused(owner.act(project, "explode_tasks", ALL), "explode_tasks")
    refused(owner.post("dm/actions/", ALL, project=project), "id")
    refused(owner.post("dm/actions/", ALL, id="delete_tasks"), "project")
    refused(owner.post("dm/actions/", ALL, id="delete_tasks", project="x"), "project")
    said(owner.post("dm/actions/", ALL, id="delete_tasks", project=99_999_999), 404)


def test_tasks_elsewhere_are_not_touched(house: House) -> None:
    here, there = house.owner.project(), house.owner.project()
    (mine,), (other,) = (house.owner.load(one, [{"text": "a"}]) for one in (here, there))
    body = {"selectedItems": {"all": False, "included": [other]}}
    assert said(house.owner.act(here, "delete_tasks", body))["processed_items"] == 0
    assert (names(house.owner, here), names(house.owner, there)) == ([mine], [other])


def test_an_annotator_does_none_of_it(house: House) -> None:
    project = house.owner.project()
    tasks = house.owner.load(project, [{"text": "a"}])
    for one in said(house.owner.get("dm/actions/", project=project)):
        said(house.ann.act(project, one["id"], ALL), 403)
        said(house.other.act(project, one["id"], ALL), 404)
    said(house.ann.delete(f"projects/{project}/"), 403)
    said(house.ann.delete(f"projects/{project}/tasks/"), 403)
    said(house.ann.delete(f"tasks/{tasks[0]}/"), 403)
    said(house.ann.patch(f"projects/{project}/", {"title": "Mine"}), 403)
    said(house.ann.post(f"projects/{project}/import", [{"text": "x"}]), 403)
    said(house.ann.get(f"projects/{project}/export"), 403)
    assert names(house.owner, project) == tasks


def test_filters_narrow_the_selection(owner: Script) -> None:
    project = owner.project()
    first, second = owner.load(project, [{"text": "apple"}, {"text": "pear"}])
    filters = {"conjunction": "and", "items": [condition("data.text", "equal", "pear")]}
    body = {"selectedItems": {"all": True, "excluded": []}, "filters": filters}
    assert said(owner.act(project, "delete_tasks", body))["processed_items"] == 1
    assert names(owner, project) == [first]
    assert second not in names(owner, project)


def test_a_view_s_filters_narrow_the_selection(owner: Script) -> None:
    project = owner.project()
    first, _second = owner.load(project, [{"text": "apple"}, {"text": "pear"}])
    filters = {"conjunction": "and", "items": [condition("data.text", "equal", "pear")]}
    view = said(owner.post("dm/views/", {"project": project, "data": {"filters": filters}}), 201)["id"]
    done = owner.post("dm/actions/", ALL, project=project, id="delete_tasks", view=view)
    assert said(done)["processed_items"] == 1
    assert names(owner, project) == [first]


def test_predictions_become_answers(house: House) -> None:
    project = house.owner.project()
    region = span(TEXT, 0, 3)
    tasks = [
        {"data": {"text": TEXT}, "predictions": [{"result": [region], "model_version": "m"}]},
        {"data": {"text": "none"}},
    ]
    first, second = house.owner.load(project, tasks)
    said(house.owner.act(project, "predictions_to_annotations", ALL))
    told = house.owner.task(first)
    (made,) = told["annotations"]
    assert made["result"] == [region]
    assert made["parent_prediction"] == told["predictions"][0]["id"]
    assert told["is_labeled"] is True
    assert house.owner.task(second)["annotations"] == []


def test_duplicates_go_and_the_answered_one_stays(house: House) -> None:
    project = house.owner.project()
    first, second, third, other = house.owner.load(
        project, [{"text": "a"}, {"text": "a"}, {"text": "a"}, {"text": "b"}]
    )
    house.ann.annotate(third)
    said(house.owner.act(project, "remove_duplicates", ALL))
    assert names(house.owner, project) == [third, other]
    assert not {first, second} & set(names(house.owner, project))


def test_answers_and_predictions_are_deleted(house: House) -> None:
    project = house.owner.project()
    sent = {"data": {"text": TEXT}, "predictions": [{"result": [span(TEXT, 0, 3)]}]}
    first, second = house.owner.load(project, [sent, sent])
    house.ann.annotate(first)
    house.ann.annotate(second, was_cancelled=True)
    said(house.owner.act(project, "delete_tasks_annotations", ALL))
    said(
        house.owner.act(
            project, "delete_tasks_predictions", {"selectedItems": {"all": False, "included": [first]}}
        )
    )
    told = [house.owner.task(one) for one in (first, second)]
    assert [one["annotations"] for one in told] == [[], []]
    assert [one["total_predictions"] for one in told] == [0, 1]
    assert [one["is_labeled"] for one in told] == [False, False]


def test_views_are_kept_ordered_and_cleared(house: House) -> None:
    project = house.owner.project()
    made = [
        said(house.owner.post("dm/views/", {"project": project, "data": {"title": str(at)}}), 201)["id"]
        for at in range(3)
    ]
    said(house.owner.post("dm/views/order/", {"project": project, "ids": made[::-1]}))
    assert [one["id"] for one in said(house.owner.get("dm/views/", project=project))] == made[::-1]
    said(house.ann.get(f"dm/views/{made[0]}/"), 404)
    filters = {"conjunction": "and", "items": [condition("nothing", "equal", 1)]}
    refused(house.owner.patch(f"dm/views/{made[0]}/", {"data": {"filters": filters}}), "nothing")
    said(house.owner.call("delete", f"dm/views/reset/?project={project}"), 204)
    assert said(house.owner.get("dm/views/", project=project)) == []
