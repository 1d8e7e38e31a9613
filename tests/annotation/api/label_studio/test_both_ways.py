"""A project of the pages works through this API, and what scripts do shows on the pages."""

import pytest

from annotation.models import Annotation, Assignment, Project
from tests import cast
from tests.annotation.api.caller import Caller
from tests.annotation.api.label_studio.script import CLS, House, Script, choice, said
from tests.cast import Scene


@pytest.fixture
def bob(ours: Scene) -> Script:
    return Script(ours.lead)


@pytest.fixture
def carol(ours: Scene) -> Script:
    return Script(ours.people["annotator"])


def test_a_project_of_the_pages_is_told_in_label_studio_s_shapes(ours: Scene, bob: Script) -> None:
    told = said(bob.get(f"projects/{ours.project.pk}/"))
    assert (told["title"], told["label_config"], told["maximum_annotations"]) == ("Leases", cast.CONFIG, 2)
    assert (told["task_number"], told["finished_task_number"], told["total_annotations_number"]) == (6, 4, 8)
    tasks = said(bob.get("tasks/", project=ours.project.pk, fields="all"))["tasks"]
    first = tasks[0]
    assert (first["is_labeled"], first["total_annotations"]) == (True, 2)
    (mark,) = (one for one in first["annotations"][0]["result"] if one["type"] == "labels")
    assert mark["value"]["text"] == "Clause"
    assert first["annotations"][0]["lead_time"] == 3.0
    exported = b"".join(bob.get(f"projects/{ours.project.pk}/export").streaming_content)
    assert b'"breach"' in exported


def test_an_answer_of_the_workspace_is_changed_by_a_script(ours: Scene, bob: Script) -> None:
    task = said(bob.get("tasks/", project=ours.project.pk, fields="all"))["tasks"][0]
    one = task["annotations"][0]
    result = [each for each in one["result"] if each["type"] != "labels"]
    changed = said(bob.patch(f"annotations/{one['id']}/", {"result": result}))
    assert changed["result"] == result
    annotation = Annotation.objects.get(assignment=one["id"])
    assert annotation.current
    assert annotation.current.number == 2
    assert annotation.versions.count() == 2


def test_what_is_held_on_the_pages_is_next_and_its_draft_is_there(ours: Scene, carol: Script) -> None:
    found = said(carol.get(f"projects/{ours.project.pk}/next"))
    assert found["id"] == ours.assignment.item_id
    (draft,) = found["drafts"]
    assert draft["result"][0]["value"] == {"choices": ["breach"]}
    made = carol.annotate(found["id"], cast.choice())
    assert made["id"] == ours.assignment.pk
    place = Assignment.objects.get(pk=made["id"])
    assert (place.outcome, place.annotation.expert_id) == ("submitted", place.expert_id)
    work = Caller(ours.people["annotator"]).get("me/work").json()
    assert ours.assignment.uid in [one["assignment"] for one in work["submitted"]]
    assert ours.assignment.uid not in [one["assignment"] for one in work["held"]]


def test_an_answer_must_be_complete_where_the_pages_say_so(ours: Scene, carol: Script) -> None:
    task = ours.assignment.item_id
    answer = carol.post(f"tasks/{task}/annotations/", {"result": []})
    said(answer, 400)
    assert "verdict" in answer.content.decode()


def test_who_may_not_judge_an_item_may_not_by_script(ours: Scene) -> None:
    frank = Script(ours.people["contributor"])
    answer = frank.post(f"tasks/{ours.assignment.item_id}/annotations/", {"result": cast.choice()})
    assert answer.status_code in {403, 404}


def test_what_scripts_answer_shows_on_the_pages(house: House) -> None:
    number = house.owner.project(CLS, maximum_annotations=2)
    (task,) = house.owner.load(number, [{"text": "a"}])
    for one, said_ in ((house.ann, "news"), (house.ben, "sport")):
        one.annotate(task, [choice(said_)])
    cast.drain()
    project = Project.objects.get(pk=number)
    assert house.ann.user
    assert house.owner.user
    work = Caller(house.ann.user).get(f"me/work?project={project.uid}").json()
    assert [one["project"]["id"] for one in work["submitted"]] == [project.uid]
    progress = Caller(house.owner.user).get(f"projects/{project.uid}/progress").json()
    assert progress["items"] == 1
    assert sum(day["answers"] for day in progress["days"]) == 2
    assert house.owner.task(task)["is_labeled"] is True


def test_a_script_holds_an_item_and_the_page_shows_it(house: House) -> None:
    number = house.owner.project(CLS)
    (task,) = house.owner.load(number, [{"text": "a"}])
    assert house.ann.next(number) == task
    assert house.ann.user
    held = Caller(house.ann.user).get("me/work").json()["held"]
    assert Project.objects.get(pk=number).uid in [one["project"]["id"] for one in held]
    said(house.ann.post(f"tasks/{task}/drafts", {"result": [choice("news")]}), 201)
    assert Caller(house.ann.user).get("me/work").json()["held"][0]["has_draft"] is True
