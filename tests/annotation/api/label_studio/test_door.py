"""Whatever is sent to any address: a clear 4xx in Label Studio's form, never a 500."""

from typing import Any

import pytest
from django.test import override_settings

from tests.annotation.api.label_studio.script import House, Script, refused, said
from tests.annotation.api.test_malformed import BODIES

HUGE = "9" * 25
FIELDS = (
    "title",
    "description",
    "label_config",
    "maximum_annotations",
    "expert_instruction",
    "color",
    "sampling",
    "skip_queue",
    "pinned_at",
    "control_weights",
    "model_version",
    "overlap_cohort_percentage",
    "show_skip_button",
    "project",
    "data",
    "meta",
    "result",
    "lead_time",
    "was_cancelled",
    "task",
    "score",
    "ids",
    "url",
    "headers",
    "actions",
    "email",
    "export_type",
    "task_filter_options",
    "refresh",
)


@pytest.fixture
def places(house: House) -> dict[str, str]:
    """Every address that takes a body, with its method."""
    project = house.owner.project()
    (task,) = house.owner.load(project, [{"text": "a"}])
    made = house.owner.annotate(task)["id"]
    draft = said(house.owner.post(f"tasks/{task}/drafts", {"result": []}), 201)["id"]
    predicted = said(house.owner.post("predictions/", {"task": task, "result": []}), 201)["id"]
    view = said(house.owner.post("dm/views/", {"project": project, "data": {}}), 201)["id"]
    snapshot = said(house.owner.post(f"projects/{project}/exports/", {}), 201)["id"]
    return {
        "projects/": "post",
        f"projects/{project}/": "patch",
        "projects/validate/": "post",
        f"projects/{project}/validate/": "post",
        f"projects/{project}/import": "post",
        f"projects/{project}/import/predictions": "post",
        f"projects/{project}/exports/": "post",
        f"projects/{project}/exports/{snapshot}/convert": "post",
        "tasks/": "post",
        f"tasks/{task}/": "patch",
        f"tasks/{task}/annotations/": "post",
        f"annotations/{made}/": "patch",
        f"tasks/{task}/drafts": "post",
        f"drafts/{draft}/": "patch",
        "predictions/": "post",
        f"predictions/{predicted}/": "patch",
        "dm/views/": "post",
        f"dm/views/{view}/": "patch",
        "dm/views/order/": "post",
        f"dm/actions/?project={project}&id=delete_tasks_predictions": "post",
        "webhooks/": "post",
        "users/": "post",
        "token/refresh/": "post",
    }


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_cannot_be_used(house: House, places: dict[str, str], name: str) -> None:
    harmless = {
        "a number of 400 digits",
        "an empty object",
        "nothing",
        "nulls",
        "wrong types",
        "a list",
        "null",
    }
    for path, method in places.items():
        status = house.owner.call(method, path, BODIES[name]).status_code
        assert 400 <= status < 500 or (name in harmless and status < 300) or "dm/actions" in path, (
            path,
            status,
        )


@pytest.mark.parametrize(
    "value", [None, 5, -1, 1.5, 2**70, True, "", "x", "x" * 100_000, [], [[]], {}, {"a": []}]
)
def test_any_type_in_every_field(house: House, places: dict[str, str], value: Any) -> None:
    for path, method in places.items():
        house.owner.call(method, path, dict.fromkeys(FIELDS, value))
    for field in FIELDS:
        house.owner.patch(next(path for path, how in places.items() if how == "patch"), {field: value})


@pytest.mark.parametrize("number", ["0", HUGE, "-1", "x", "1.5", "%00", "²"])
@pytest.mark.parametrize(
    "path",
    [
        "projects/{}/",
        "projects/{}/next",
        "projects/{}/export",
        "projects/{}/exports/1/",
        "tasks/{}/",
        "tasks/{}/annotations/",
        "tasks/{}/drafts",
        "annotations/{}/",
        "drafts/{}/",
        "predictions/{}/",
        "dm/views/{}/",
        "webhooks/{}/",
        "users/{}/",
        "organizations/{}/",
    ],
)
def test_a_number_that_names_nothing_is_404(owner: Script, path: str, number: str) -> None:
    said(owner.get(path.format(number)), 404)


@pytest.mark.parametrize(
    "path", ["tasks/?view=", "tasks/?project=", "predictions/?task=", "predictions/?project="]
)
@pytest.mark.parametrize("number", [HUGE, "-1", "x", "1.5", "%00", "²"])
def test_a_number_in_the_query_that_names_nothing(owner: Script, path: str, number: str) -> None:
    assert owner.get(path + number).status_code in {400, 404}


@pytest.mark.parametrize(
    "path", ["projects", "projects/1", "tasks", "predictions", "webhooks", "users", "dm/views", "nothing"]
)
def test_without_credentials_it_is_401_with_and_without_the_slash(db: None, path: str) -> None:
    for slash in ("", "/"):
        said(Script(None).get(path + slash), 401)


def test_an_address_that_leads_nowhere_is_404_in_json(owner: Script) -> None:
    for path in ("nothing/", "projects/1/nothing/", "comments/", "prompts/"):
        said(owner.get(path), 404)
        said(owner.post(path, {}), 404)


def test_a_method_that_is_not_there_is_405(owner: Script) -> None:
    said(owner.delete("projects/"), 405)


def test_a_slash_less_post_is_not_redirected(owner: Script) -> None:
    said(owner.post("projects", {"title": "No slash"}), 201)


def test_a_body_that_is_too_large_is_413(owner: Script) -> None:
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000):
        said(owner.post("projects/", b'{"title": "' + b"x" * 2000 + b'"}'), 413)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("maximum_annotations", 0),
        ("maximum_annotations", -1),
        ("maximum_annotations", "x"),
        ("maximum_annotations", None),
        ("title", "ab"),
        ("title", "x" * 51),
        ("title", None),
        ("skip_queue", "NEVER"),
        ("sampling", "Random"),
        ("color", "red"),
        ("pinned_at", "soon"),
        ("overlap_cohort_percentage", 101),
        ("label_config", "<View"),
        ("label_config", "<View><Nothing name='a' toName='b'/></View>"),
        ("label_config", 5),
    ],
)
def test_a_project_s_field_that_makes_no_sense_is_named(owner: Script, field: str, value: Any) -> None:
    refused(owner.post("projects/", {"title": "A project", field: value}), field)
    project = owner.project()
    refused(owner.patch(f"projects/{project}/", {field: value}), field)


def test_renaming_a_control_in_use_is_400(owner: Script) -> None:
    project = owner.project()
    (task,) = owner.load(project, [{"text": "Ann"}])
    region = {"start": 0, "end": 3, "text": "Ann", "labels": ["PER"]}
    result = [{"id": "r", "from_name": "label", "to_name": "text", "type": "labels", "value": region}]
    owner.annotate(task, result)
    before = said(owner.get(f"projects/{project}/"))["label_config"]
    refused(
        owner.patch(f"projects/{project}/", {"label_config": before.replace('"label"', '"tag"')}),
        "label_config",
    )
    assert said(owner.get(f"projects/{project}/"))["label_config"] == before
