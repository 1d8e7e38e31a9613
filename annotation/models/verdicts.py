"""Read what was asked and answered about an item, and what it comes to. Read-only; `agree` and `gold` build on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from annotation.algorithms.verdict import Verdict, judge
from annotation.formats.schema import Question, Schema
from annotation.models.annotation import Annotation
from annotation.models.item import Item


@dataclass(frozen=True)
class Asked:
    """A question, and the annotations whose own schema version asked it, in the order in which they were given."""

    question: Question
    annotations: list[Annotation]

    def verdict(self, rule: str) -> Verdict:
        """What they come to by the rule. Annotators are named by their annotation's uid."""
        said = {annotation.uid: self.said(annotation) for annotation in self.annotations}
        return judge(self.question.kind, said, rule=rule)

    def said(self, annotation: Annotation) -> Any:
        """The annotation's judgement value; None where it left the question unanswered."""
        for judgement in annotation.judgements.all():
            if judgement.question == self.question.key:
                return judgement.value
        return None


def answers_of(item: Item) -> list[Annotation]:
    """The annotations that count for an item, in the order in which they were given, with judgements and version."""
    return answers_by_item([item.pk])[item.pk]


def answers_by_item(items: Sequence[int]) -> dict[int, list[Annotation]]:
    """The same for each of these items (ids). Two statements, however many they are."""
    found: dict[int, list[Annotation]] = {pk: [] for pk in items}
    counted = Annotation.objects.counted().filter(item__in=items).select_related("current__label_schema")
    given = counted.annotate(given_for=F("assignment__reasons"))
    for one in given.prefetch_related("judgements").order_by("pk"):
        found[one.item_id].append(one)
    return found


def came_as_truth(annotation: Annotation) -> bool:
    """Whether it came in with its item, as the truth about it. Of what `answers_by_item` found."""
    return any(reason.get("truth") for reason in getattr(annotation, "given_for", []))


def asked(annotations: list[Annotation]) -> list[Asked]:
    """Every question that one of them was asked, as the newest of their versions puts it, with who was asked.

    Who was asked a question of the same key but another kind was asked something else, and is left out.
    """
    versions: dict[int, Schema] = {}
    schema_of: dict[int, Schema] = {}
    for annotation in annotations:
        version = annotation.current.label_schema  # type: ignore[union-attr]  # a counted annotation has one
        if version.version not in versions:
            versions[version.version] = version.schema
        schema_of[annotation.pk] = versions[version.version]
    questions: dict[str, Question] = {}
    for number in sorted(versions, reverse=True):
        for question in versions[number].questions:
            questions.setdefault(question.key, question)
    return [
        Asked(question, [one for one in annotations if asks(schema_of[one.pk], question)])
        for question in questions.values()
    ]


def asks(schema: Schema, question: Question) -> bool:
    """Whether the schema has this question, by key and kind."""
    own = schema.by_key.get(question.key)
    return own is not None and own.kind == question.kind
