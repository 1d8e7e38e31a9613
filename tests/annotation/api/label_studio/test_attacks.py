"""What a script may try to get past: who is a control item, others' answers, leases, overlap, authorship, numbers."""

from typing import Any

import pytest

from annotation.models import Annotation, Assignment, Item, Prediction
from annotation.models.assignment import Purpose
from core.models import AuditEvent
from tests import cast
from tests.annotation.api.label_studio.script import CLS, House, Script, choice, said, span
from tests.annotation.stages.controls_scene import bring_controls, mix
from tests.annotation.stages.dispute_scene import decided, gold_of
from tests.cast import Scene, drain

TEXT = {"text": "Ann met Bob"}
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
def carol(ours: Scene) -> Script:
    return Script(ours.people["annotator"])


def counters(script: Script, project: int) -> dict[str, Any]:
    """All that a project tells of what was done in it."""
    one = said(script.get(f"projects/{project}/"))
    listed = said(script.get("tasks/", project=project))
    told = {
        name: one[name]
        for name in one
        if name.endswith(("_number", "_done")) or name == "num_tasks_with_annotations"
    }
    return {**told, "total_annotations": listed["total_annotations"]}


def test_no_number_tells_a_control_item_from_work(
    ours: Scene, carol: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever moves when work is answered moves when a control item is, by as much."""
    bring_controls(ours.project, ours.lead, 2)
    mix(ours.project, ours.lead, control_rate=0.5)
    cast.bring_texts(ours.project, ours.lead, 30, start=50)
    drain()
    Item.objects.filter(project=ours.project, control=False, filled=0, open_slots=2).update(
        overlap=1, open_slots=1
    )
    monkeypatch.setattr("annotation.api.label_studio.waiting.WAIT", 0.0)
    number, moved, shapes = ours.project.pk, {}, {}
    for _ in range(30):
        before = counters(carol, number)
        task = said(carol.get(f"projects/{number}/next"))
        place = carol.annotate(task["id"], YES, lead_time=1)
        after = counters(carol, number)
        purpose = Assignment.objects.get(pk=place["id"]).purpose
        moved[purpose] = {name: after[name] - before[name] for name in after}
        told = said(carol.get(f"tasks/{task['id']}/"))
        shapes[purpose] = (told["inner_id"] == told["id"], told["overlap"], told["total_predictions"])
        if {Purpose.CONTROL, Purpose.WORK} <= moved.keys():
            break
    assert moved[Purpose.CONTROL] == moved[Purpose.WORK]
    assert shapes[Purpose.CONTROL] == shapes[Purpose.WORK] == (True, ours.project.overlap, 0)


def test_counters_tell_nothing_of_what_others_did(house: House) -> None:
    project = house.owner.project(maximum_annotations=3)
    first, second = house.owner.load(project, [TEXT, {"text": "b"}])
    before = counters(house.ben, project)
    house.ann.annotate(first, [span("Ann met Bob", 0, 3)], ground_truth=True)
    house.ann.annotate(second, was_cancelled=True)
    assert counters(house.ben, project) == before
    (counted,) = said(house.ben.get("projects/counts", ids=project))["results"]
    assert counted["total_annotations_number"] == 0
    house.ben.annotate(first)
    mine = counters(house.ben, project)
    assert (mine["total_annotations_number"], mine["finished_task_number"], mine["task_number"]) == (1, 1, 2)
    whole = counters(house.owner, project)
    assert (whole["total_annotations_number"], whole["skipped_annotations_number"]) == (2, 1)


def test_more_answers_asked_of_a_disputed_task_are_not_told(house: House) -> None:
    project = house.owner.project(maximum_annotations=2)
    (task,) = house.owner.load(project, [TEXT])
    house.ann.annotate(task)
    Item.objects.filter(pk=task).update(overlap=3, open_slots=2, widened=1)
    assert house.ann.task(task)["overlap"] == 2
    assert house.owner.task(task)["overlap"] == 3


def test_suggestions_of_a_control_item_look_like_those_of_work(house: House) -> None:
    project = house.owner.project(CLS, show_collab_predictions=True)
    (task,) = house.owner.load(
        project, [{"data": TEXT, "predictions": [{"result": [choice("news")], "score": 0.5}]}]
    )
    house.ann.annotate(task, [choice("news")])
    drain()
    from annotation.stages.copying import copy_settled

    assert house.owner.user is not None
    made = copy_settled(item=Item.objects.get(pk=task), by=house.owner.user)
    assert Prediction.objects.get(item=made.item).brought == [choice("news")]


def test_offsets_of_the_pages_suggestions_and_drafts_are_utf_16(house: House) -> None:
    project = house.owner.project(show_collab_predictions=True)
    text = "😀😀 Ann"
    (task,) = house.owner.load(project, [{"text": text}])
    stored = {"id": "x", "from_name": "label", "to_name": "text", "type": "labels"}
    value = {"start": 3, "end": 6, "text": "Ann", "labels": ["PER"]}
    Prediction.objects.create(
        project_id=project, item_id=task, model="m", result=[{**stored, "value": value}], number=0
    )
    for found in (
        said(house.owner.get("predictions/", task=task)),
        house.owner.task(task)["predictions"],
        said(house.ann.get(f"projects/{project}/next"))["predictions"],
    ):
        assert [(one["result"][0]["value"]["start"], one["result"][0]["value"]["end"]) for one in found] == [
            (5, 8)
        ]


def test_no_number_is_used_again(house: House) -> None:
    """Not of a draft or a skip that was deleted, whatever comes in its place."""
    project = house.owner.project()
    (task,) = house.owner.load(project, [TEXT])
    numbers = []
    for _ in range(2):
        draft = said(house.ann.post(f"tasks/{task}/drafts", {"result": []}), 201)["id"]
        said(house.ann.delete(f"drafts/{draft}/"), 204)
        skip = house.ann.annotate(task, was_cancelled=True)["id"]
        said(house.ann.delete(f"annotations/{skip}/"), 204)
        numbers += [draft, skip]
    answer = house.ann.annotate(task)["id"]
    said(house.ann.delete(f"annotations/{answer}/"), 204)
    numbers += [answer, house.ann.annotate(task)["id"]]
    assert len(set(numbers)) == len(numbers)
    assert house.owner.task(task)["is_labeled"] is True


@pytest.mark.parametrize("field", ["completed_by", "updated_by", "created_username", "user", "created_by"])
def test_nobody_forges_an_author(house: House, field: str) -> None:
    project = house.owner.project()
    (task,) = house.owner.load(project, [TEXT])
    assert house.ann.user
    assert house.ben.user
    assert house.cat.user
    forged = {field: house.ben.user.pk}
    answer = house.ann.post(f"tasks/{task}/annotations/", {"result": [], **forged})
    if field == "completed_by":
        said(answer, 403)
        answer = house.ann.post(f"tasks/{task}/annotations/", {"result": []})
    number = said(answer, 201)["id"]
    draft = said(house.cat.post(f"tasks/{task}/drafts", {"result": [], **forged}), 201)
    assert draft["user"] == house.cat.user.email
    for told in (
        said(answer, 201),
        said(house.ann.patch(f"annotations/{number}/", {"lead_time": 2, **forged})),
    ):
        assert (told["completed_by"], told["updated_by"]) == (house.ann.user.pk, house.ann.user.pk)
        assert house.ben.user.email not in told["created_username"]


def test_every_write_is_audited(house: House) -> None:
    project = house.owner.project()
    first, second, third = house.owner.load(project, [TEXT, {"text": "b"}, {"text": "c"}])
    answer, skip = house.ann.annotate(first)["id"], house.ann.annotate(second, was_cancelled=True)["id"]
    draft = said(house.ann.post(f"tasks/{third}/drafts", {"result": []}), 201)["id"]
    prediction = said(house.owner.post("predictions/", {"task": third, "result": []}), 201)["id"]
    snapshot = said(house.owner.post(f"projects/{project}/exports/", {}), 201)["id"]
    hook = said(house.owner.post("webhooks/", {"url": "https://example.com", "project": project}), 201)["id"]
    for who, method, path, body in (
        (house.ann, "patch", f"annotations/{answer}/", {"lead_time": 3}),
        (house.ann, "patch", f"annotations/{answer}/", {"ground_truth": True}),
        (house.ann, "patch", f"annotations/{answer}/", {"result": []}),
        (house.ann, "patch", f"annotations/{skip}/", {"result": []}),
        (house.ann, "patch", f"annotations/{skip}/", {"was_cancelled": False}),
        (house.ann, "delete", f"annotations/{answer}/", None),
        (house.ann, "delete", f"drafts/{draft}/", None),
        (house.owner, "patch", f"tasks/{third}/", {"meta": {"a": 1}}),
        (house.owner, "patch", f"predictions/{prediction}/", {"score": 0.1}),
        (house.owner, "delete", f"predictions/{prediction}/", None),
        (house.owner, "delete", f"projects/{project}/exports/{snapshot}", None),
        (house.owner, "patch", f"webhooks/{hook}/", {"is_active": False}),
        (house.owner, "delete", f"webhooks/{hook}/", None),
        (house.owner, "delete", f"tasks/{third}/", None),
        (house.owner, "patch", f"projects/{project}/", {"title": "Another"}),
        (house.owner, "patch", f"projects/{project}/", {"sampling": "Uniform sampling"}),
        (house.owner, "delete", f"projects/{project}/", None),
    ):
        before = AuditEvent.objects.count()
        assert who.call(method, path, body).status_code < 300, path
        assert AuditEvent.objects.count() > before, (method, path, body)
        assert who.user
        assert AuditEvent.objects.latest("pk").actor_id == who.user.pk


def test_a_suggestion_that_a_lead_saw_or_took_over_is_noted(house: House) -> None:
    project = house.owner.project(CLS, maximum_annotations=2, show_collab_predictions=False)
    predicted = [{"result": [choice("news")], "score": 0.5}]
    first, second = house.owner.load(
        project, [{"data": TEXT, "predictions": predicted}, {"data": {"text": "b"}, "predictions": predicted}]
    )
    house.owner.annotate(first, [choice("news")])
    house.ann.annotate(first, [choice("news")])
    said(
        house.owner.act(
            project, "predictions_to_annotations", {"selectedItems": {"included": [second], "all": False}}
        )
    )

    def shown(item: int) -> list[str]:
        rows = Annotation.objects.filter(item=item).order_by("pk")
        return [
            str(one.current.predictions_shown)
            for one in rows
            if one.current and one.current.predictions_shown
        ]

    assert len(shown(first)) == 1
    assert "ignored" in shown(first)[0]
    assert "accepted" in shown(second)[0]


def test_a_raised_overlap_asks_more_of_finished_tasks(house: House) -> None:
    project = house.owner.project(CLS)
    first, second, third = house.owner.load(project, [TEXT, {"text": "b"}, {"text": "c"}])
    house.ann.annotate(first, [choice("news")])
    drain()
    assert house.owner.task(first)["is_labeled"]
    assert house.ann.next(project) == second
    said(house.owner.patch(f"projects/{project}/", {"maximum_annotations": 2}))
    drain()
    assert [house.owner.task(one)["overlap"] for one in (first, second, third)] == [2, 2, 2]
    assert not house.owner.task(first)["is_labeled"]
    house.ann.annotate(second, [choice("news")])
    got = {house.ben.next(project)}
    while (task := house.ben.next(project)) is not None:
        got.add(task)
        house.ben.annotate(task, [choice("news")])
    assert got == {first, second, third}
    said(house.owner.patch(f"projects/{project}/", {"maximum_annotations": 1}))
    drain()
    told = [house.owner.task(one) for one in (first, second, third)]
    assert [one["is_labeled"] for one in told] == [True, True, True]
    assert [one["overlap"] for one in told] == [2, 2, 1]


def test_a_delivery_of_new_tasks_is_bounded(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    import json

    from annotation.models import WebhookDelivery
    from annotation.studio import telling

    project = house.owner.project()
    hook = {
        "url": "https://example.com",
        "project": project,
        "actions": ["TASKS_CREATED"],
        "send_for_all_actions": False,
    }
    said(house.owner.post("webhooks/", hook), 201)
    monkeypatch.setattr(telling, "AT_ONCE", 3)
    monkeypatch.setattr(telling, "MOST_CHARACTERS", 100)
    texts = ["a", "b", "c", "x" * 300, "d", "e", "f"]
    found = said(
        house.owner.post(f"projects/{project}/import", [{"text": one} for one in texts], return_task_ids="1"),
        201,
    )
    bodies = [json.loads(one.body) for one in WebhookDelivery.objects.order_by("pk")]
    assert [task["id"] for body in bodies for task in body["tasks"]] == found["task_ids"]
    assert [len(body["tasks"]) for body in bodies] == [3, 1, 2, 1]


def test_a_long_list_of_predictions_is_streamed_whole(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    import json

    from annotation.api.label_studio import drafts

    monkeypatch.setattr(drafts, "PAGE", 2)
    project = house.owner.project(CLS)
    (task,) = house.owner.load(project, [{"data": TEXT, "predictions": [{"result": [choice("news")]}] * 5}])
    answer = house.owner.get("predictions/", task=task)
    told = json.loads(b"".join(answer.streaming_content))
    assert [one["task"] for one in told] == [task] * 5
    assert len({one["id"] for one in told}) == 5
    assert [one["id"] for one in told] == [one["id"] for one in house.owner.task(task)["predictions"]]


def test_an_answer_that_was_adjudicated_stays_as_it_was_given(db: None) -> None:
    """Its author has been told what is right; a lead may still correct it."""
    ours = cast.world(("uma", "viktor", "wanda", "xena", "yusuf", "zoe", "zeno"))
    dispute, _decision = decided(ours, "unsure")
    script, lead = Script(ours.people["annotator"]), Script(ours.lead)
    (answer,) = said(script.get(f"tasks/{dispute.item_id}/annotations/"))
    for tried in (
        script.patch(f"annotations/{answer['id']}/", {"result": cast.everything("unsure")}),
        script.patch(f"annotations/{answer['id']}/", {"was_cancelled": True}),
        script.delete(f"annotations/{answer['id']}/"),
    ):
        assert "adjudicator" in said(tried, 400)["detail"]
    assert said(script.get(f"annotations/{answer['id']}/")) | {"created_ago": ""} == answer | {
        "created_ago": ""
    }
    said(lead.patch(f"annotations/{answer['id']}/", {"lead_time": 2}))


def test_what_an_adjudicator_decided_is_not_asked_anew(db: None) -> None:
    ours = cast.world(("uma", "viktor", "wanda", "xena", "yusuf", "zoe", "zeno"))
    dispute, _decision = decided(ours)
    lead = Script(ours.lead)
    said(lead.patch(f"projects/{ours.project.pk}/", {"maximum_annotations": 3}))
    drain()
    assert lead.task(dispute.item_id)["overlap"] == 2
    assert gold_of(dispute.item) == "breach"
