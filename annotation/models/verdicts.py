"""Read what was answered about an item, and what it comes to. Read-only; `agree` and `gold` both build on it."""

from collections.abc import Mapping
from typing import Any

from annotation.algorithms.verdict import Verdict, judge
from annotation.formats.schema import Schema
from annotation.models.annotation import Annotation
from annotation.models.item import Item


def answers_of(item: Item) -> list[Annotation]:
    """The annotations that count for an item, in the order in which they were given, with judgements and version."""
    counted = Annotation.objects.counted().filter(item=item).select_related("current__label_schema")
    return list(counted.prefetch_related("judgements").order_by("pk"))


def verdicts(schema: Schema, annotations: list[Annotation], rule: str) -> Mapping[str, Verdict]:
    """The verdict on every question, by key. Annotators are named by their annotation's uid."""
    said: dict[str, dict[str, Any]] = {
        annotation.uid: {judgement.question: judgement.value for judgement in annotation.judgements.all()}
        for annotation in annotations
    }
    return {
        question.key: judge(
            question.kind, {uid: values.get(question.key) for uid, values in said.items()}, rule=rule
        )
        for question in schema.questions
    }
