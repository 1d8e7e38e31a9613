"""Predictions that outside scripts bring in, change and take away."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from annotation.formats.answer_place import AnswerInvalid
from annotation.formats.answers import read_answer
from annotation.formats.label_studio_answer import read_kept
from annotation.models import Item, LabelSchema, Prediction, Project
from annotation.models.newest import newest_schema
from annotation.models.studio_counts import answers
from annotation.refuse import refusal
from annotation.scripted.answers import answer
from annotation.stages.outside import Sent
from core import audit
from core.models import User
from core.refusals import InvalidInput
from experts.evidence import expert_of


@transaction.atomic
def predict(*, item: Item, by: User, given: Mapping[str, Any]) -> Prediction:
    """Store a prediction. Raises InvalidInput for one that does not fit the questions."""
    made = _stored(item, given)
    _tell("prediction.brought", item.project, by, 1)
    return made


@transaction.atomic
def predict_many(*, project: Project, by: User, given: Sequence[Mapping[str, Any]]) -> int:
    """Store predictions for items of one project, all or none. Returns how many."""
    items = {
        item.pk: item
        for item in Item.objects.filter(project=project, pk__in=[one.get("task") for one in given])
    }
    for at, one in enumerate(given):
        item = items.get(one.get("task", 0))
        if item is None:
            raise InvalidInput(_("The project has no such task."), where=f"[{at}].task")
        item.project = project
        _stored(item, one)
    _tell("prediction.brought", project, by, len(given))
    return len(given)


def _stored(item: Item, given: Mapping[str, Any]) -> Prediction:
    model = given.get("model_version") or ""
    last = Prediction.objects.filter(item=item, model=model).order_by("-number").first()
    return Prediction.objects.create(
        project=item.project,
        item=item,
        model=model,
        score=given.get("score"),
        result=_read(item, given.get("result", [])),
        brought=given.get("result", []),
        number=last.number + 1 if last else 0,
    )


def _read(item: Item, result: Any) -> list[dict[str, Any]]:
    """What the workspace shows of it. Raises InvalidInput for what the config does not ask."""
    asked: LabelSchema = newest_schema(item.project)
    try:
        read = read_kept(asked.schema, item.data, result, also=asked.also_asked)
        return read_answer(asked.schema, item.data, read.result, complete=False).result
    except AnswerInvalid as error:
        raise refusal(error, InvalidInput) from error


@transaction.atomic
def change_prediction(*, prediction: Prediction, by: User, given: Mapping[str, Any]) -> Prediction:
    """Change what is named."""
    if "result" in given:
        prediction.result = _read(prediction.item, given["result"])
        prediction.brought = given["result"]
    if "score" in given:
        prediction.score = given["score"]
    if given.get("model_version", prediction.model) != prediction.model:
        prediction.model = given["model_version"] or ""
        same = Prediction.objects.filter(item=prediction.item_id, model=prediction.model).order_by("-number")
        last = same.first()
        prediction.number = last.number + 1 if last else 0
    prediction.save()
    _tell("prediction.changed", prediction.project, by, 1)
    return prediction


@transaction.atomic
def delete_prediction(*, prediction: Prediction, by: User) -> None:
    """Take one away; answers that were given beside it keep its name."""
    project = prediction.project
    prediction.delete()
    _tell("prediction.removed", project, by, 1)


@transaction.atomic
def delete_predictions(*, project: Project, by: User, items: Sequence[int]) -> int:
    """Take all predictions of these items away. Returns how many there were."""
    many, _tables = Prediction.objects.filter(project=project, item__in=items).delete()
    if many:
        _tell("prediction.removed", project, by, many)
    return many


@transaction.atomic
def delete_version(*, project: Project, by: User, name: str) -> int:
    """Take away all that one model version predicted. Returns how many there were."""
    many, _tables = Prediction.objects.filter(project=project, model=name).delete()
    if many:
        _tell("prediction.removed", project, by, many)
    return many


def answer_as_predicted(*, project: Project, by: User, items: Sequence[int]) -> int:
    """The newest prediction of each item as an answer of whoever asks, by all the rules. Returns how many.

    One that an answer was made of before is passed over: to ask twice makes nothing twice.
    """
    expert = expert_of(by)
    newest: dict[int, Prediction] = {}
    made = answers().filter(item__in=items).exclude(studio__parent_prediction=None)
    used = set(made.values_list("studio__parent_prediction", flat=True))
    rows = Prediction.objects.filter(project=project, item__in=items).order_by("pk")
    for prediction in rows.select_related(
        "item__lane", "item__project__organisation", "item__project__sector"
    ):
        newest[prediction.item_id] = prediction
    unused = [prediction for prediction in newest.values() if prediction.pk not in used]
    for prediction in unused:
        result = prediction.brought if prediction.brought is not None else prediction.result
        sent = Sent(result=result, parents={"parent_prediction": prediction.pk})
        answer(item=prediction.item, expert=expert, by=by, sent=sent, accepted=prediction)
    return len(unused)


def _tell(action: str, project: Project, by: User, count: int) -> None:
    audit.record(
        action,
        by=by,
        on=project,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes={"count": count},
    )
