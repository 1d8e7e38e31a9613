"""An annotator never learns from any route what others, or a model that is not shown, said."""

import pytest

from tests.annotation.api.label_studio.script import House, said

SECRET = "s3cr3t"
CONFIG = """<View><Text name="text" value="$text"/><TextArea name="note" toName="text"/></View>"""


def note(text: str) -> dict[str, object]:
    return {"id": "n", "from_name": "note", "to_name": "text", "type": "textarea", "value": {"text": [text]}}


@pytest.mark.parametrize("shown", [True, False])
def test_no_route_tells_what_another_said(house: House, shown: bool) -> None:
    predicted = [{"result": [note("m0d3l")], "score": 0.5, "model_version": "v9"}]
    project = house.owner.project(CONFIG, maximum_annotations=3, show_collab_predictions=shown)
    (task,) = house.owner.load(project, [{"data": {"text": "a"}, "predictions": predicted}])
    answer = house.ann.annotate(task, [note(SECRET)])["id"]
    draft = said(house.cat.post(f"tasks/{task}/drafts", {"result": [note(SECRET)]}), 201)["id"]
    view = said(house.ben.post("dm/views/", {"project": project, "data": {}}), 201)["id"]
    assert house.ben.next(project) == task
    model = said(house.owner.get("predictions/", task=task))[0]["id"]
    for path in (
        "projects/",
        f"projects/{project}/",
        f"projects/{project}/next",
        f"tasks/?project={project}&fields=all",
        f"tasks/?view={view}&fields=all",
        f"tasks/{task}/",
        f"tasks/{task}/annotations/",
        f"tasks/{task}/drafts",
        f"annotations/{answer}/",
        f"drafts/{draft}/",
        f"tasks/{task}/annotations/{answer}/drafts",
        f"predictions/?task={task}",
        f"predictions/?project={project}",
        f"predictions/{model}/",
        f"projects/{project}/export?download_all_tasks=1",
        f"projects/{project}/exports/",
        f"dm/columns/?project={project}",
        "webhooks/",
    ):
        told = house.ben.get(path)
        assert SECRET not in told.content.decode(), path
        assert shown or "m0d3l" not in told.content.decode(), path
    assert [one["result"] for one in said(house.cat.get(f"tasks/{task}/drafts"))] == [[note(SECRET)]]
    for one in (house.ben, house.ann):
        said(one.patch(f"drafts/{draft}/", {"result": []}), 404)
        said(one.delete(f"drafts/{draft}/"), 404)


def test_an_annotator_lists_their_own_tasks_only(house: House) -> None:
    project = house.owner.project()
    first, second = house.owner.load(project, [{"text": "a"}, {"text": "b"}])
    assert house.ann.query(project) == []
    assert house.ann.next(project) == first
    assert house.ann.query(project) == [first]
    assert house.ben.next(project) == second
    assert house.ben.query(project) == [second]
    assert house.owner.query(project) == [first, second]


def test_a_stranger_finds_nothing(house: House) -> None:
    project = house.owner.project()
    (task,) = house.owner.load(project, [{"text": "a"}])
    made = house.ann.annotate(task)["id"]
    for path in (
        f"projects/{project}/",
        f"tasks/{task}/",
        f"tasks/{task}/annotations/",
        f"annotations/{made}/",
        f"tasks/?project={project}",
        f"projects/{project}/export",
        f"dm/columns/?project={project}",
        f"dm/views/?project={project}",
        f"predictions/?project={project}",
        f"predictions/?task={task}",
    ):
        said(house.other.get(path), 404)
    assert said(house.other.get("projects/"))["count"] == 0
