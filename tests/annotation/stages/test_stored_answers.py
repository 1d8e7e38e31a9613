"""What answers leave behind: nothing that nobody reads, suggestions where they were seen, copies like the rest."""

from typing import Any

import pytest

from annotation.models import AnnotationVersion, Assignment, ControlItem, Draft, GoldLabel, Item, Prediction
from annotation.models.feedback import feedback_of
from annotation.models.newest import newest
from annotation.models.own_work import answers
from annotation.models.sitting import open_questions
from annotation.stages import copying, label
from annotation.stages import project as projects
from core.models import User
from core.refusals import StaleDraft
from tests import cast
from tests.annotation.stages import test_kinds
from tests.annotation.stages.controls_scene import make_exam
from tests.annotation.stages.test_exams import sit
from tests.annotation.stages.test_predictions import SPAN, TEXT, show
from tests.cast import World

CLEAN = cast.choice()
DIRTY = [{**one, "meta": {"a": 1}, "value": {**one["value"], "start": "q", "end": 1e308}} for one in CLEAN]


def test_what_a_caller_sends_besides_is_not_stored(ours: World, carol: User) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    work = cast.take(ours.project, carol)
    assert work
    schema = newest(ours.project)[0].schema
    for _ in range(2):  # the second is a retry, no other version
        label.save_draft(assignment=work, schema=schema, revision=0, result=DIRTY, seconds=1)
    draft = Draft.objects.get()
    assert (draft.revision, draft.result) == (1, CLEAN)
    with pytest.raises(StaleDraft):
        _submit(work, carol, cast.choice("unsure"))
    _submit(work, carol, DIRTY)  # says what the newer draft says
    assert AnnotationVersion.objects.get().result == CLEAN


def _submit(work: Assignment, user: User, result: Any) -> None:
    schema, guideline = newest(work.project)
    label.submit(
        assignment=work,
        schema=schema,
        guideline=guideline,
        by=user,
        result=result,
        hashes=label.hashes_of(schema.schema, work.item.data),
        seconds=1,
        revision=0,
    )


ASKED = """<View><Text name="text" value="$text"/>
  <Labels name="span" toName="text"><Label value="Party"/></Labels>
  <Choices name="verdict" toName="text" required="true"><Choice value="breach"/></Choices>
  <Grades name="grades" toName="text" required="true"><Criterion value="clear"/></Grades>
  <TextArea name="fix" toName="text" perRegion="true" required="true"/></View>"""


def _everything() -> list[dict[str, Any]]:
    place = {"start": 0, "end": 6, "text": "Clause"}
    graded = {"grades": [{"text": "clear", "points": 1}]}
    return [
        {**cast.region("span", "labels", {**place, "labels": ["Party"]}), "id": "s"},
        *cast.choice(),
        cast.region("grades", "grades", graded),
        {**cast.region("fix", "textarea", {**place, "text": ["so"]}), "id": "s"},
    ]


def test_gold_with_what_is_only_collected_becomes_a_control_item_with_its_suggestions(ours: World) -> None:
    projects.add_schema(project=ours.project, by=ours.lead, config=ASKED)
    show(ours.project, ours.lead)
    predictions: list[dict[str, Any]] = [
        {"model": "m1", "score": 0.5, "result": [SPAN]},
        {"model": "m2", "result": [SPAN]},
    ]
    cast.bring(ours.project, ours.lead, cast.jsonl([{"text": "Clause. " + TEXT, "_predictions": []}]))
    item = Item.objects.get()
    for at, one in enumerate(predictions):
        Prediction.objects.create(project=ours.project, item=item, number=at, **one)
    for name in ("annotator", "annotator2"):
        cast.answer_all(ours.project, ours.people[name], lambda _: _everything())
    cast.drain()
    assert set(GoldLabel.objects.values_list("question", flat=True)) == {"span", "verdict", "grades", "fix"}
    control = copying.copy_settled(item=item, by=ours.lead)
    assert control.answer == {"span": [[0, 6, "Party"]], "verdict": "breach"}
    copied = Prediction.objects.filter(item=control.item).order_by("pk")
    assert [(one.model, one.score, one.result) for one in copied] == [
        (one["model"], one.get("score"), one["result"]) for one in predictions
    ]


@pytest.mark.parametrize(("order", "stood"), [("abc", True), ("cba", False)])
def test_an_order_that_was_turned_round_did_not_stand(ours: World, order: str, stood: bool) -> None:
    test_kinds.answered(test_kinds.brought(ours, 1))
    gold = GoldLabel.objects.get(question="order")
    assert gold.value == list("abc")
    own = answers(ours.people["annotator"]).get()
    own.judgements.filter(question="order").update(value=list(order))
    told = feedback_of([own])[own.pk]
    assert told.stood is stood
    assert [one.question for one in told.settled if one.same is False] == ([] if stood else ["order"])
    assert next(one for one in told.settled if one.question == "rel").same is True


def test_in_an_exam_no_suggestion_was_shown(ours: World, carol: User) -> None:
    rows = [
        {"text": f"{TEXT} {at}", "_answer": {"verdict": "breach"}, "_predictions": [{"result": [SPAN]}]}
        for at in range(4)
    ]
    cast.bring(ours.project, ours.lead, cast.jsonl(rows))
    show(ours.project, ours.lead)
    assert ControlItem.objects.count() == Prediction.objects.count() == 4
    attempt = sit(make_exam(ours.project, ours.lead), carol)
    question = open_questions(attempt).first()
    assert question
    cast.submit(question, carol, cast.choice())
    assert AnnotationVersion.objects.get().predictions_shown == []
