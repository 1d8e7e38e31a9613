"""Where Label Studio answers otherwise than one would think, and scripts rely on it."""

import json
from typing import Any

import pytest

from tests.annotation.api.label_studio.script import CLS, House, Script, choice, refused, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(owner: Script) -> int:
    return owner.project(CLS)


@pytest.fixture
def five(owner: Script, project: int) -> list[int]:
    """Five tasks: answered, with ground truth, skipped, answered with nothing, untouched."""
    tasks = owner.load(project, [{"text": str(at)} for at in range(5)])
    owner.annotate(tasks[0], [choice("news")])
    owner.annotate(tasks[1], [choice("news")], ground_truth=True)
    owner.annotate(tasks[2], [], was_cancelled=True)
    owner.annotate(tasks[3], [])
    return tasks


def snapshot(owner: Script, project: int, **options: Any) -> list[tuple[int, int]]:
    """Which tasks a snapshot holds, and how many answers of each."""
    made = said(owner.post(f"projects/{project}/exports/", options), 201)
    got = owner.get(f"projects/{project}/exports/{made['id']}/download", exportType="JSON")
    return [(one["id"], len(one["annotations"])) for one in json.loads(b"".join(got.streaming_content))]


@pytest.mark.parametrize(
    ("kinds", "many"),
    [
        ({}, [1, 0, 0, 1, 0]),
        ({"skipped": True}, [1, 0, 1, 1, 0]),
        ({"ground_truth": True}, [1, 1, 0, 1, 0]),
        ({"usual": False, "ground_truth": True}, [0, 1, 0, 0, 0]),
        ({"usual": False, "skipped": True}, [0, 0, 1, 0, 0]),
        ({"usual": False}, [1, 1, 1, 1, 0]),  # no kind at all
    ],
)
def test_which_answers_a_snapshot_holds(
    owner: Script, project: int, five: list[int], kinds: dict[str, bool], many: list[int]
) -> None:
    assert snapshot(owner, project, annotation_filter_options=kinds) == list(zip(five, many, strict=True))


@pytest.mark.parametrize(
    ("which", "places"),
    [
        ({"annotated": "only"}, [0, 1, 3]),
        ({"annotated": "exclude"}, [2, 4]),
        ({"skipped": "only"}, [2]),
        ({"only_with_annotations": True}, [0, 1, 2, 3]),
        ({"finished": None}, [0, 1, 2, 3, 4]),
    ],
)
def test_which_tasks_a_snapshot_holds(
    owner: Script, project: int, five: list[int], which: dict[str, Any], places: list[int]
) -> None:
    held = [pk for pk, _many in snapshot(owner, project, task_filter_options=which)]
    assert held == [five[at] for at in places]


@pytest.mark.parametrize(
    "options",
    [
        {"task_filter_options": {"finished": "perhaps"}},
        {"task_filter_options": "x"},
        {"annotation_filter_options": {"usual": "x"}},
        {"serialization_options": {"drafts": "x"}},
    ],
)
def test_options_of_a_snapshot_that_cannot_be_read(owner: Script, project: int, options: Any) -> None:
    (name,) = options
    refused(owner.post(f"projects/{project}/exports/", options), name)


def test_a_list_picks_tasks_by_their_numbers(owner: Script, project: int, five: list[int]) -> None:
    def listed(**chosen: Any) -> list[int]:
        query = json.dumps({"selectedItems": chosen})
        told = said(owner.get("tasks/", project=project, query=query))
        assert told["total"] == len(told["tasks"])
        return [one["id"] for one in told["tasks"]]

    assert listed(all=False, included=five[1:3]) == five[1:3]
    assert listed(all=True, excluded=five[:2]) == five[2:]
    assert listed(all=False, included=[]) == five
    query = json.dumps({"selectedItems": {"all": "yes"}})
    refused(owner.get("tasks/", project=project, query=query), "selectedItems")


def test_a_prediction_becomes_an_answer_once(owner: Script, project: int, five: list[int]) -> None:
    said(owner.post("predictions/", {"task": five[4], "result": [choice("news")]}), 201)
    picked = {"selectedItems": {"all": False, "included": [five[4]]}}
    made = [said(owner.act(project, "predictions_to_annotations", picked)) for _again in range(2)]
    assert made[0]["processed_items"] == 1
    assert owner.task(five[4])["total_annotations"] == 1


def test_actions_tell_how_much_went(owner: Script, project: int, five: list[int]) -> None:
    everything = {"selectedItems": {"all": True}}
    for _again in range(2):
        said(owner.post("predictions/", {"task": five[0], "result": [choice("news")]}), 201)
    gone = said(owner.act(project, "delete_tasks_predictions", everything))
    assert gone["processed_items"] == 2
    assert said(owner.act(project, "delete_tasks_annotations", everything))["processed_items"] == 4


def test_of_repeated_tasks_the_answered_one_stays(owner: Script, project: int) -> None:
    tasks = owner.load(project, [{"text": "same"}] * 3 + [{"text": "other"}] * 2)
    owner.annotate(tasks[1], [choice("news")])
    said(owner.act(project, "remove_duplicates", {"selectedItems": {"all": True}}))
    assert owner.query(project) == [tasks[1], tasks[3]]


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30])
def test_a_page_that_is_none(owner: Script, project: int, page: str) -> None:
    refused(owner.get("tasks/", project=project, page=page), status=404)
    refused(owner.get("projects/", page=page), status=404)


def test_views_of_all_projects(owner: Script, project: int) -> None:
    other = owner.project(CLS)
    for one in (project, other):
        said(owner.post("dm/views/", {"project": one, "data": {}}), 201)
    assert {one["project"] for one in said(owner.get("dm/views/"))} == {project, other}
    assert [one["project"] for one in said(owner.get("dm/views/", project=other))] == [other]


def test_a_project_and_a_task_are_replaced(owner: Script, project: int, five: list[int]) -> None:
    assert said(owner.call("put", f"projects/{project}/", {"title": "Anew"}))["title"] == "Anew"
    changed = said(owner.call("put", f"tasks/{five[4]}/", {"data": {"text": "Anew"}}))
    assert changed["data"] == {"text": "Anew"}


@pytest.mark.parametrize("config", ["", None, " "])
def test_no_config_is_refused_where_one_is_sent(owner: Script, project: int, config: Any) -> None:
    refused(owner.post("projects/", {"title": "None", "label_config": config}), "label_config")
    refused(owner.patch(f"projects/{project}/", {"label_config": config}), "label_config")
    assert said(owner.get(f"projects/{project}/"))["label_config"] == CLS


def test_what_an_answer_was_made_of_is_there(owner: Script, project: int, five: list[int]) -> None:
    for name in ("parent_prediction", "parent_annotation"):
        refused(owner.post(f"tasks/{five[4]}/annotations/", {"result": [], name: 10**9}), name)
    refused(owner.post("predictions/", {"task": five[4]}), "result")
    refused(owner.raw("post", f"tasks/{five[4]}/drafts", b"null", "application/json"))


def test_a_form_is_no_task(owner: Script, project: int) -> None:
    kind = "application/x-www-form-urlencoded"
    refused(owner.raw("post", f"projects/{project}/import", b"text=x", kind))


def test_a_second_answer_changes_the_task(owner: Script, project: int, five: list[int]) -> None:
    before = owner.task(five[0])["updated_at"]
    second = owner.annotate(five[0], [choice("sport")])
    told = owner.task(five[0])
    assert before < told["updated_at"] == second["updated_at"]
    assert told["updated_by"] == [{"user_id": second["completed_by"]}]


def test_ones_own_name(house: House) -> None:
    me = said(house.ann.get("current-user/whoami"))
    named = said(house.ann.patch(f"users/{me['id']}/", {"first_name": "Ada", "last_name": "King"}))
    assert (named["first_name"], named["last_name"]) == ("Ada", "King")
    assert said(house.ann.patch(f"users/{me['id']}/", {"last_name": "Lovelace"}))["first_name"] == "Ada"
    assert said(house.ann.patch(f"users/{me['id']}/", {"email": "x@y.example"}))["email"] == me["email"]
    refused(house.ben.patch(f"users/{me['id']}/", {"first_name": "Eve"}), status=403)
    refused(house.ann.patch(f"users/{me['id']}/", {"first_name": "x" * 300}), "first_name")
