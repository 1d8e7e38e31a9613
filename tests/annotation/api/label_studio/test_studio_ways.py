"""What Label Studio's own tests and client do besides: drafts of answers, histories, columns as predictions, pins."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotation.models import AnnotationVersion
from tests.annotation.api.label_studio.script import CLS, House, Script, choice, refused, said

pytestmark = pytest.mark.django_db


def test_a_region_of_no_control_is_kept_and_read_by_nobody(owner: Script) -> None:
    (task,) = owner.load(owner.project(CLS), [{"text": "A clause."}])
    sent = [
        choice("news"),
        {"from_name": "label", "to_name": "text", "type": "choices", "value": {"choices": ["x"]}},
    ]
    sent.append(
        {"from_tag": {"name": "topic"}, "value": {"choices": ["news"]}}
    )  # as the client encodes its regions
    assert owner.annotate(task, sent)["result"] == sent
    read = AnnotationVersion.objects.get(annotation__item_id=task)
    assert [one["value"] for one in read.result] == [{"choices": ["news"]}]


def test_an_error_stands_where_it_was_sent(owner: Script) -> None:
    (task,) = owner.load(owner.project(CLS), [{"text": "A clause."}])
    sent = [{"value": {}}, choice("nothing of the kind")]
    refused(owner.post(f"tasks/{task}/annotations/", {"result": sent}), "result[1]")


def test_labels_that_came_as_numbers_are_their_texts(owner: Script) -> None:
    config = CLS.replace("news", "1")
    (task,) = owner.load(owner.project(config), [{"text": "A clause."}])
    region = choice("1") | {"value": {"choices": [1]}}
    assert owner.annotate(task, [region])["result"] == [region]
    read = AnnotationVersion.objects.get(annotation__item_id=task)
    assert read.result[0]["value"] == {"choices": ["1"]}


def test_an_answer_has_a_draft_until_it_is_changed(owner: Script, house: House) -> None:
    (task,) = owner.load(owner.project(CLS), [{"text": "A clause."}])
    answer = owner.annotate(task, [choice("news")])
    path = f"tasks/{task}/annotations/{answer['id']}/drafts"
    draft = said(owner.post(path, {"result": [choice("sport")]}), 201)
    assert draft["annotation"] == answer["id"]
    assert said(owner.get(f"annotations/{answer['id']}/"))["result"] == [choice("news")]
    assert [one["result"] for one in said(owner.get(path))] == [[choice("sport")]]
    assert said(owner.patch(f"drafts/{draft['id']}", {"result": []}))["result"] == []
    said(owner.patch(f"annotations/{answer['id']}/", {"result": [choice("sport")]}))
    assert said(owner.get(path)) == []
    refused(house.ann.post(path, {"result": []}), status=404)


def test_an_answer_becomes_a_draft_again(owner: Script) -> None:
    project = owner.project(CLS)
    (task,) = owner.load(project, [{"text": "A clause."}])
    answer = owner.annotate(task, [choice("news")])
    draft = said(owner.post(f"annotations/{answer['id']}/convert-to-draft"), 201)
    assert draft["result"] == [choice("news")]
    refused(owner.get(f"annotations/{answer['id']}/"), status=404)
    assert said(owner.get(f"projects/{project}/"))["total_annotations_number"] == 0
    assert said(owner.get(f"projects/{project}/label-stream-history")) == [
        {"taskId": task, "annotationId": None}
    ]


def test_a_history_names_ones_own_tasks_alone(owner: Script, house: House) -> None:
    project = owner.project(CLS, maximum_annotations=2)
    (task,) = owner.load(project, [{"text": "A clause."}])
    answer = owner.annotate(task, [choice("news")])
    told = [{"taskId": task, "annotationId": answer["id"]}]
    assert said(owner.get(f"projects/{project}/label-stream-history")) == told
    assert said(house.ann.get(f"projects/{project}/label-stream-history")) == []


def test_what_was_said_of_a_task_is_counted_for_who_sees_the_work(owner: Script, house: House) -> None:
    project = owner.project(CLS, maximum_annotations=2)
    (task,) = owner.load(project, [{"text": "A clause."}])
    owner.annotate(task, [choice("news")])
    house.ann.annotate(task, [choice("news")])
    told = said(owner.get(f"tasks/{task}/agreement"))
    assert told["total_annotations"] == 2
    assert told["distributions"]["topic"]["labels"] == {"news": 2}
    refused(house.ann.get(f"tasks/{task}/agreement"), status=403)


def test_the_next_of_the_selected_tasks_is_leased_in_their_order(owner: Script, house: House) -> None:
    project = owner.project(CLS)
    first, last = owner.load(project, [{"text": "One."}, {"text": "Two."}])
    chosen = {"selectedItems": {"all": True}, "ordering": ["-tasks:id"]}
    assert said(owner.act(project, "next_task", chosen))["id"] == last
    assert said(owner.act(project, "next_task", chosen))["id"] == last
    assert (
        said(house.ann.act(project, "next_task", chosen))["id"] == first
    )  # whoever labels has the queue's order
    refused(house.ben.act(project, "next_task", {}), status=404)


def test_a_column_becomes_a_prediction(owner: Script) -> None:
    project = owner.project(CLS)
    file = SimpleUploadedFile("a.csv", b"text,topic\nOne.,news\n")
    made = said(
        owner.upload(f"projects/{project}/import", file, preannotated_from_fields="topic", return_task_ids=1),
        201,
    )
    task = owner.task(made["task_ids"][0])
    assert task["data"] == {"text": "One.", "topic": "news"}
    assert [one["result"][0]["value"] for one in task["predictions"]] == [{"choices": ["news"]}]
    assert task["predictions"][0]["model_version"] == "undefined"
    path = f"projects/{project}/import"
    refused(owner.post(path, [{"text": "x"}], preannotated_from_fields="nobody"), "nobody")
    refused(owner.post(path, [{"text": "x"}], preannotated_from_fields="topic"), "tasks[0]", "topic")


def test_a_look_at_tasks_stores_nothing(owner: Script) -> None:
    project = owner.project(CLS)
    told = said(
        owner.post(f"projects/{project}/import", [{"text": "x", "b": 1}], commit_to_project="false"), 201
    )
    assert (told["task_count"], told["data_columns"], told["file_upload_ids"]) == (1, ["b", "text"], [])
    assert said(owner.get("tasks/", project=project))["total"] == 0


def test_tasks_come_one_by_one_and_are_paged_from_the_newest(owner: Script) -> None:
    project = owner.project(CLS)
    path = f"projects/{project}/tasks"
    made = [said(owner.post(path, {"data": {"text": text}}), 201)["id"] for text in ("One.", "Two.")]
    assert [one["id"] for one in said(owner.get(path))] == made[::-1]
    assert [one["id"] for one in said(owner.get(path, start=1, page_size=1))] == made[:1]
    refused(owner.get(path, start=5), status=404)
    refused(owner.post(path, [{"text": "x"}]))


def test_totals_are_of_what_is_selected(owner: Script) -> None:
    project = owner.project(CLS)
    first, _second = owner.load(project, [{"text": "One."}, {"text": "Two."}])
    owner.annotate(first, [choice("news")])
    item = {"filter": "filter:tasks:id", "operator": "equal", "type": "Number", "value": first}
    for operator, total in (("equal", 1), ("not_equal", 0)):
        query = json.dumps({"filters": {"conjunction": "and", "items": [item | {"operator": operator}]}})
        told = said(owner.get("tasks/", project=project, query=query, fields="all"))
        assert told["total_annotations"] == total
    told = said(owner.get("tasks/", project=project, fields="all"))["tasks"][0]
    assert told["annotators"] == [told["annotations"][0]["completed_by"]]
    assert (
        told["annotations_results"]
        == "[{id: c1, from_name: topic, to_name: text, type: choices, value: {choices: [news]}}]"
    )


def test_a_model_version_is_one_that_predicts(owner: Script) -> None:
    project = owner.project(CLS, show_collab_predictions=True)
    both = [{"model_version": name, "result": [choice("news")]} for name in ("a", "b")]
    owner.load(project, [{"data": {"text": "One."}, "predictions": both}])
    assert said(owner.get(f"projects/{project}/"))["model_version"] == "b"
    assert [one["model_version"] for one in said(owner.get(f"projects/{project}/next"))["predictions"]] == [
        "b"
    ]
    said(owner.patch(f"projects/{project}/", {"model_version": "a"}))
    assert [one["model_version"] for one in said(owner.get(f"projects/{project}/next"))["predictions"]] == [
        "a"
    ]
    refused(owner.patch(f"projects/{project}/", {"model_version": "c"}), "model_version", "c")


def test_pinned_projects_come_first(owner: Script) -> None:
    first, second = owner.project(CLS), owner.project(CLS)
    said(owner.patch(f"projects/{first}/", {"pinned_at": "2026-01-01T00:00:00Z"}))
    assert [one["id"] for one in said(owner.get("projects/"))["results"]] == [first, second]
    assert [one["id"] for one in said(owner.get("projects/", filter="pinned_only"))["results"]] == [first]
    assert [one["id"] for one in said(owner.get("projects/", filter="exclude_pinned"))["results"]] == [second]
    refused(owner.get("projects/", filter="nonsense"), "filter")


def test_an_instruction_comes_back_harmless(owner: Script) -> None:
    project = owner.project(CLS, expert_instruction='<a href="#" onerror=alert(1)>Read</a> if a < b')
    assert "onerror" not in said(owner.get(f"projects/{project}/"))["expert_instruction"]
    said(owner.patch(f"projects/{project}/", {"expert_instruction": "a < b & c"}))
    assert said(owner.get(f"projects/{project}/"))["expert_instruction"] == "a < b & c"


def test_a_label_that_was_taken_back_may_vanish(owner: Script) -> None:
    project = owner.project(CLS)
    (task,) = owner.load(project, [{"text": "One."}])
    answer = owner.annotate(task, [choice("news")])
    without = {"label_config": CLS.replace('<Choice value="news"/>', "")}
    refused(owner.patch(f"projects/{project}/", without), "news")
    assert owner.delete(f"annotations/{answer['id']}/").status_code == 204
    said(owner.patch(f"projects/{project}/", without))


def test_texts_are_ordered_as_numbers_where_a_view_shows_them_so(owner: Script) -> None:
    project = owner.project(CLS)
    owner.load(project, [{"text": "x", "n": n} for n in ("10", "9", "-1.5")])
    data = {"columnsDisplayType": {"tasks:data.n": "Number"}, "ordering": ["tasks:data.n"]}
    view = said(owner.post("dm/views/", {"project": project, "data": data}), 201)["id"]
    assert [one["data"]["n"] for one in said(owner.get("tasks/", view=view))["tasks"]] == ["-1.5", "9", "10"]
