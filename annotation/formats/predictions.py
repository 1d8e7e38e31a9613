"""What a model suggests for an item: the `predictions` of a Label Studio task, or a row's `_predictions`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from annotation.formats.answers import read_answer
from annotation.formats.messages import FormatError
from annotation.formats.schema import Schema

MOST = 20
"""So many predictions an item may have."""
MODEL_LENGTH = 100
_ENDLESS = float("inf")

Result = Sequence[Mapping[str, Any]]
Reader = Callable[[Result, Schema, Mapping[str, Any]], list[dict[str, Any]]]


class PredictionInvalid(FormatError):
    """A prediction that does not fit the questions or the item."""


@dataclass(frozen=True)
class Predicted:
    """One prediction: who suggests, how sure (None: not said), and regions in the stored form."""

    model: str
    score: float | None
    result: list[dict[str, Any]]


@dataclass(frozen=True)
class Predictions:
    """What can be used, and what is wrong with the rest, the first first: an item is good without its predictions."""

    good: Sequence[Predicted] = ()
    wrong: Sequence[FormatError] = ()

    def __add__(self, other: Predictions) -> Predictions:
        return Predictions((*self.good, *other.good), (*self.wrong, *other.wrong))


def read_predictions(
    schema: Schema, data: Mapping[str, Any], given: object, *, stored_form: Reader | None = None
) -> Predictions:
    """Predictions from a list of `{"model_version" or "model", "score", "result"}`.

    `stored_form` turns results from another form into the stored one (Label Studio's offsets). Wrong is also what an
    expert could not answer either.
    """
    if not isinstance(given, list):
        return Predictions(wrong=[PredictionInvalid("predictions_not_list")])
    if len(given) > MOST:
        params = {"count": len(given), "limit": MOST}
        return Predictions(wrong=[PredictionInvalid("predictions_too_many", params)])
    good: list[Predicted] = []
    wrong: list[FormatError] = []
    for one in given:
        try:
            good.append(_read(schema, data, one, stored_form))
        except FormatError as error:
            wrong.append(error)
    return Predictions(good, wrong)


def _read(schema: Schema, data: Mapping[str, Any], given: object, stored_form: Reader | None) -> Predicted:
    if not isinstance(given, Mapping) or not isinstance(given.get("result"), list):
        raise PredictionInvalid("prediction_no_result")
    model = given.get("model_version") or given.get("model") or ""
    score = given.get("score")
    if not isinstance(model, str) or len(model) > MODEL_LENGTH:
        raise PredictionInvalid("prediction_model", {"limit": MODEL_LENGTH})
    if score is not None and (
        isinstance(score, bool) or not isinstance(score, int | float) or not -_ENDLESS < score < _ENDLESS
    ):
        raise PredictionInvalid("prediction_score")
    result = given["result"]
    if stored_form is not None:
        try:
            result = stored_form(result, schema, data)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise PredictionInvalid("prediction_form") from error
    stored = read_answer(schema, data, result, complete=False).result
    return Predicted(model, None if score is None else float(score), _with_ids(stored))


def _with_ids(result: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Regions with an id each: by it the editor shows one, and remembers what became of it."""
    taken = {one.get("id") for one in result}
    fresh = (name for at in count(1) if (name := f"suggested-{at}") not in taken)
    return [one if one.get("id") else {**one, "id": next(fresh)} for one in result]
