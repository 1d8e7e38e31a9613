"""Predictions: they come with rows, are shown where the project says so, and what became of them is kept."""

import json
from typing import Any

import pytest

from annotation import answering
from annotation.models import Agreement, AnnotationVersion, Item, Prediction, Project
from annotation.models.counting import answers_of
from annotation.models.newest import newest
from annotation.payloads import work_of
from annotation.problems import sentence
from annotation.stages import project as projects
from annotation.stages.label import hashes_of
from core.models import User
from core.refusals import InvalidInput
from tests import cast
from tests.cast import World

TEXT = "😀 Clause one."
SPAN = cast.region("span", "labels", {"start": 2, "end": 8, "text": "Clause", "labels": ["Party"]})
UTF16 = cast.region("span", "labels", {"start": 3, "end": 9, "text": "Clause", "labels": ["Party"]})
CHOICE = cast.region("verdict", "choices", {"choices": ["breach"]})


def bring(ours: World, row: Any) -> None:
    cast.bring(ours.project, ours.lead, json.dumps([row]).encode(), "rows.json")


def show(project: Project, by: User) -> None:
    projects.change_settings(project=project, by=by, suggestions=True)
    project.refresh_from_db()


def answer(project: Project, user: User, told: list[dict[str, str]]) -> AnnotationVersion:
    work = cast.take(project, user)
    assert work
    schema, guideline = newest(project)
    done = answering.submit(
        assignment=work,
        schema=schema,
        guideline=guideline,
        by=user,
        result=[CHOICE, SPAN],
        hashes=hashes_of(schema.schema, work.item.data),
        seconds=3,
        suggestions=told,
    )
    return AnnotationVersion.objects.get(annotation=done.annotation)


def test_a_task_of_label_studio_brings_its_predictions_with_offsets_in_code_points(ours: World) -> None:
    predictions = [{"model_version": "m1", "score": 0.75, "result": [UTF16]}, {"result": [CHOICE]}]
    bring(ours, {"data": {"text": TEXT}, "predictions": predictions})
    first, second = Prediction.objects.order_by("pk")
    assert (first.model, first.score, first.result) == ("m1", 0.75, [SPAN])
    assert (second.model, second.score, second.result) == ("", None, [CHOICE])


def test_a_row_of_ones_own_names_them_in_code_points(ours: World) -> None:
    bring(ours, {"text": TEXT, "_predictions": [{"model": "m1", "result": [SPAN]}]})
    assert Prediction.objects.get().result == [SPAN]
    assert "_predictions" not in Item.objects.get().data


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"result": []}, "predictions_not_list"),
        ([{"model": "m"}], "prediction_no_result"),
        ([{"model": "m", "score": "high", "result": []}], "prediction_score"),
        ([{"model": 5, "result": []}], "prediction_model"),
        ([{"result": [cast.region("verdict", "choices", {"choices": ["nonsense"]})]}], "unknown_label"),
        ([{"result": []}] * 21, "predictions_too_many"),
    ],
)
def test_a_row_comes_in_without_a_prediction_that_does_not_fit(ours: World, given: Any, code: str) -> None:
    row = {"text": TEXT, "_predictions": given}
    batch = cast.bring(ours.project, ours.lead, cast.jsonl([row]))
    batch.refresh_from_db()
    problem = batch.problems.get()
    assert (problem.code, problem.params["cause"]) == ("prediction_left_out", code)
    assert sentence("prediction_left_out", problem.params).endswith(sentence(code, problem.params))
    assert (batch.items_stored, batch.rows_bad) == (1, 0)
    assert not Prediction.objects.exists()


def test_the_other_predictions_of_the_row_come_in(ours: World) -> None:
    bad = {"model": "m2", "result": [cast.region("verdict", "choices", {"choices": ["nonsense"]})]}
    bring(ours, {"text": TEXT, "_predictions": [bad, {"model": "m1", "result": [SPAN]}]})
    assert Prediction.objects.get().model == "m1"


def test_regions_without_an_id_are_given_one_and_are_shown(ours: World, carol: User) -> None:
    nameless = {name: part for name, part in SPAN.items() if name != "id"}
    bring(ours, {"text": TEXT, "_predictions": [{"result": [nameless, CHOICE]}, {"result": []}]})
    show(ours.project, ours.lead)
    version = answer(ours.project, carol, [])
    (shown,) = version.predictions_shown  # nothing of an empty one can be seen
    assert set(shown["regions"]) == {"suggested-1", CHOICE["id"]}


def test_they_are_shown_only_where_the_project_says_so(ours: World, carol: User) -> None:
    bring(ours, {"text": TEXT, "_predictions": [{"model": "m1", "score": 0.5, "result": [SPAN]}]})
    work = cast.take(ours.project, carol)
    assert work
    assert work_of(work)["suggestions"] == []
    show(ours.project, ours.lead)
    work.refresh_from_db()
    shown = work_of(work)["suggestions"]
    uid = Prediction.objects.get().uid
    assert shown == [{"id": uid, "model": "m1", "score": 0.5, "result": [SPAN]}]


def test_what_became_of_each_is_kept_and_the_answer_leaves_agreement_out(ours: World, carol: User) -> None:
    bring(ours, {"text": TEXT, "_predictions": [{"model": "m1", "result": [SPAN, CHOICE]}]})
    show(ours.project, ours.lead)
    uid = Prediction.objects.get().uid
    told = [{"prediction": uid, "region": SPAN["id"], "outcome": "accepted"}]
    version = answer(ours.project, carol, told)
    regions = {SPAN["id"]: "accepted", CHOICE["id"]: "ignored"}
    assert version.predictions_shown == [{"prediction": uid, "model": "m1", "regions": regions}]
    item = Item.objects.get()
    assert [one.first for one in answers_of([item.pk])[item.pk]] == [False]
    assert not Agreement.objects.exists()


def test_without_suggestions_shown_nothing_is_kept(ours: World, carol: User) -> None:
    bring(ours, {"text": TEXT, "_predictions": [{"model": "m1", "result": [SPAN]}]})
    assert answer(ours.project, carol, []).predictions_shown == []


def test_a_suggestion_of_another_item_and_an_unknown_outcome_are_refused(ours: World, carol: User) -> None:
    bring(ours, {"text": TEXT, "_predictions": [{"model": "m1", "result": [SPAN]}]})
    uid = Prediction.objects.get().uid
    for one in (
        {"prediction": "nobody", "region": "r", "outcome": "accepted"},
        {"prediction": uid, "region": "r", "outcome": "liked"},
    ):
        with pytest.raises(InvalidInput):
            answer(ours.project, carol, [one])
