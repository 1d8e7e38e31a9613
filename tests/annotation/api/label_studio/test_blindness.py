"""What a script of somebody who labels learns: their own work, and nothing of others' or of what tests them."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from annotation.models import Assignment, ControlResult, Draft, Item, Project
from annotation.models.assignment import Purpose
from core import keys
from core.models import User
from tests import cast
from tests.annotation.stages.controls_scene import bring_controls, mix
from tests.cast import Scene

YES = [
    {
        "id": "a",
        "from_name": "verdict",
        "to_name": "text",
        "type": "choices",
        "value": {"choices": ["breach"]},
    }
]


@pytest.fixture
def carol(ours: Scene) -> User:
    return ours.people["annotator"]


def call(user: User, method: str, path: str, body: Any = None) -> Any:
    """A call with the person's key; its answer."""
    given = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
    headers = {"Authorization": f"Token {keys.show_legacy_key(user=user)}"}
    answer = getattr(Client(), method)(path, headers=headers, **given)
    assert answer.status_code < 500
    return answer


def asking(
    project: Project, column: str, operator: str = "equal", value: Any = 2, kind: str = "Number"
) -> str:
    one = {"filter": f"filter:tasks:{column}", "operator": operator, "type": kind, "value": value}
    query = json.dumps({"filters": {"conjunction": "and", "items": [one]}})
    return f"/api/tasks/?project={project.pk}&query={quote(query)}"


@pytest.mark.parametrize(
    ("column", "operator", "value", "kind"),
    [
        ("annotations_results", "contains", "no breach", "String"),
        ("total_annotations", "equal", 2, "Number"),
        ("annotators", "contains", 1, "List"),
        ("is_labeled", "equal", True, "Boolean"),
        ("ground_truth", "equal", True, "Boolean"),
        ("predictions_results", "contains", "x", "String"),
        ("file_upload", "equal", 1, "Number"),
        ("inner_id", "equal", 1, "Number"),
    ],
)
def test_who_labels_does_not_ask_about_others_answers(
    ours: Scene, carol: User, column: str, operator: str, value: Any, kind: str
) -> None:
    path = asking(ours.project, column, operator, value, kind)
    assert call(carol, "get", path).status_code == 403
    assert call(ours.lead, "get", path).status_code == 200
    order = f"/api/tasks/?project={ours.project.pk}&query=" + quote(
        json.dumps({"ordering": [f"-tasks:{column}"]})
    )
    assert call(carol, "get", order).status_code in {400, 403}


def test_a_view_of_ones_own_asks_no_more_either(ours: Scene, carol: User) -> None:
    one = {
        "filter": "filter:tasks:annotations_results",
        "operator": "contains",
        "type": "String",
        "value": "no breach",
    }
    data = {"filters": {"conjunction": "and", "items": [one]}}
    view = call(carol, "post", "/api/dm/views/", {"project": ours.project.pk, "data": data}).json()
    assert call(carol, "get", f"/api/tasks/?view={view['id']}").status_code == 403


def test_who_labels_sees_own_numbers_alone(ours: Scene, carol: User) -> None:
    told = call(carol, "get", f"/api/tasks/?project={ours.project.pk}&fields=all").json()
    answered = [one for one in told["tasks"] if one["annotations"]]
    assert answered
    assert {one["total_annotations"] for one in answered} == {1}
    assert {one["completed_at"] for one in answered} == {None}
    whose = {answer["completed_by"] for one in answered for answer in one["annotations"]}
    assert whose == {carol.pk}


def test_nothing_tells_a_control_item_from_work(
    ours: Scene, carol: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_controls(ours.project, ours.lead, 1)
    mix(ours.project, ours.lead, control_rate=0.5)
    cast.bring_texts(ours.project, ours.lead, 30, start=50)
    monkeypatch.setattr("annotation.api.label_studio.waiting.WAIT", 0.0)
    kinds = set()
    for _ in range(30):
        task = call(carol, "get", f"/api/projects/{ours.project.pk}/next/").json()
        made = call(carol, "post", f"/api/tasks/{task['id']}/annotations/", {"result": YES, "lead_time": 1})
        assert made.status_code == 201, made.content
        number = made.json()["id"]
        place = Assignment.objects.get(pk=number)
        listed = call(carol, "get", f"/api/tasks/{task['id']}/annotations/").json()
        assert [one["id"] for one in listed] == [number]
        assert call(carol, "get", f"/api/annotations/{number}/").status_code == 200
        shown = call(carol, "get", f"/api/tasks/{task['id']}/").json()
        assert (shown["is_labeled"], shown["total_annotations"]) == (True, 1)
        results = list(ControlResult.objects.values())
        assert call(carol, "patch", f"/api/annotations/{number}/", {"result": YES}).status_code == 200
        assert call(carol, "delete", f"/api/annotations/{number}/").status_code == 204
        again = call(carol, "post", f"/api/tasks/{task['id']}/annotations/", {"result": YES})
        assert again.status_code == 201
        assert list(ControlResult.objects.values()) == results  # tested once, whatever comes after
        kinds.add(place.purpose)
        if Purpose.CONTROL in kinds and len(kinds) > 1:
            return
    pytest.fail("no control item came")


def test_a_control_item_that_one_never_had_is_not_there(ours: Scene, carol: User) -> None:
    Project.objects.filter(pk=ours.project.pk).update(open_to_members=True)
    (control,) = bring_controls(ours.project, ours.lead, 1)
    assert call(carol, "get", f"/api/tasks/{control.item_id}/").status_code == 404
    assert call(ours.lead, "get", f"/api/tasks/{control.item_id}/").status_code == 404
    work = Item.objects.filter(project=ours.project, control=False).latest("pk")
    assert call(carol, "get", f"/api/tasks/{work.pk}/").status_code == 200


def test_drafts_of_a_project_that_is_gone_are_gone(ours: Scene, carol: User) -> None:
    draft = Draft.objects.get(assignment=ours.assignment)
    assert call(carol, "get", f"/api/drafts/{draft.pk}/").status_code == 200
    assert call(ours.lead, "delete", f"/api/projects/{ours.project.pk}/").status_code == 204
    for method in ("get", "patch", "delete"):
        assert (
            call(carol, method, f"/api/drafts/{draft.pk}/", None if method == "get" else {}).status_code
            == 404
        )
