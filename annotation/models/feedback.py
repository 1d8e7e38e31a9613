"""What became of a person's answers: whether they stood, and what the items came to. Read-only.

A control item must look like any other, for ever: its answer reads as one whose item is not settled yet, and so does
one that a lead wants done again.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from annotation.algorithms.proportion import interval
from annotation.formats.answers import compare
from annotation.formats.known_shapes import fits
from annotation.formats.schema import Question
from annotation.models.annotation import Annotation, Judgement
from annotation.models.assignment import Purpose
from annotation.models.gold import GoldLabel, HowSettled
from annotation.models.own_work import answers
from annotation.models.project import Project
from annotation.models.schema import LabelSchema
from core.models import User
from experts.models import Expert

MOST_COUNTED = 1000
MOST_NEWS = 500


@dataclass(frozen=True)
class Settled:
    """One question of a settled item: what was said, what it came to, and whether that is the same.

    `same` is None for free text, which is collected and never compared.
    """

    question: str
    said: Any
    gold: GoldLabel
    same: bool | None


@dataclass(frozen=True)
class Feedback:
    """`stood`: every compared question came to what was said; None while nothing is known. `bad`: the item was."""

    stood: bool | None = None
    settled: Sequence[Settled] = ()
    bad: bool = False


@dataclass
class Tally:
    """A person's answers in a project: how many, and of the newest settled ones how many stood."""

    project: Project
    given: int = 0
    settled: int = 0
    stood: int = 0
    interval: tuple[float, float] = field(default=(0.0, 1.0))

    @property
    def share(self) -> float | None:
        return self.stood / self.settled if self.settled else None


def feedback_of(annotations: Sequence[Annotation]) -> dict[int, Feedback]:
    """What became of the answers, by annotation id; of one whose item is not settled nothing. Three statements."""
    told = [one for one in annotations if is_told(one)]
    if not told:
        return {}
    said: dict[int, dict[str, Any]] = defaultdict(dict)
    for judgement in Judgement.objects.filter(annotation__in=told).only("annotation", "question", "value"):
        said[judgement.annotation_id][judgement.question] = judgement.value
    gold: dict[int, list[GoldLabel]] = defaultdict(list)
    current = GoldLabel.objects.current().filter(item__in={one.item_id for one in told})
    for label in current.select_related("adjudication__guideline").order_by("pk"):
        gold[label.item_id].append(label)
    asked = _asked(told)
    return {
        one.pk: Feedback(bad=True)
        if one.item.bad_at
        else _feedback(said[one.pk], gold[one.item_id], asked[one.pk])
        for one in told
    }


def is_told(annotation: Annotation) -> bool:
    """Whether its person is told what became of it: settled work of this round that nobody took back.

    Where the project hides outcomes, all answers read as those whose item is not settled yet.
    """
    is_work = annotation.assignment.purpose == Purpose.WORK and annotation.retracted_at is None
    if annotation.project.outcomes_hidden:
        return False
    return is_work and annotation.item.settled_at is not None and annotation.round == annotation.item.round


def _asked(annotations: Sequence[Annotation]) -> dict[int, Mapping[str, Question]]:
    """The questions by key that each annotation's own version of the schema asked."""
    versions = {one.pk: one.current.label_schema_id for one in annotations if one.current}
    schemas: Mapping[int, LabelSchema] = LabelSchema.objects.in_bulk(set(versions.values()))
    questions: Mapping[int, Mapping[str, Question]] = {pk: one.schema.by_key for pk, one in schemas.items()}
    return {one.pk: questions.get(versions.get(one.pk, 0), {}) for one in annotations}


def _feedback(said: Mapping[str, Any], gold: Sequence[GoldLabel], asked: Mapping[str, Question]) -> Feedback:
    settled = [
        Settled(one.question, said.get(one.question), one, _same(said.get(one.question), one, asked))
        for one in gold
        if one.question in asked
    ]
    compared = [one.same for one in settled if one.same is not None]
    return Feedback(all(compared) if compared else None, settled)


def _same(said: Any, gold: GoldLabel, asked: Mapping[str, Question]) -> bool | None:
    question = asked[gold.question]
    if gold.how == HowSettled.COLLECTED or not question.kind.compared:
        return None
    given, right = _answer(said), _answer(gold.value)
    if right is not None and not fits(question, right):  # this person was asked something else
        return None
    return compare(question.kind, given, right)


def _answer(value: Any) -> Any:
    """An empty set is no answer."""
    return None if value == [] else value


def count_news(expert: Expert) -> int:
    """Of the person's newest answers, how many were settled since they last looked. One statement."""
    rows = answers(expert.user).filter(
        assignment__purpose=Purpose.WORK, retracted_at=None, project__outcomes_hidden=False
    )
    seen = expert.outcomes_seen_at
    newest = rows.select_related(None).order_by("-pk").values_list("item__settled_at", "round", "item__round")
    return sum(
        settled is not None and (seen is None or settled > seen) and given == now
        for settled, given, now in newest[:MOST_NEWS]
    )


def tallies(user: User) -> list[Tally]:
    """Per project, by name. Settled ones are counted among the newest MOST_COUNTED. Six statements."""
    counts = dict(answers(user).order_by().values_list("project").annotate(Count("pk")))
    projects = Project.objects.select_related("sector").in_bulk(counts)
    found = {pk: Tally(projects[pk], given) for pk, given in counts.items()}
    newest = list(answers(user).filter(item__settled_at__isnull=False).order_by("-pk")[:MOST_COUNTED])
    feedback = feedback_of(newest)
    for one in newest:
        if (known := feedback.get(one.pk)) and known.stood is not None:
            found[one.project_id].settled += 1
            found[one.project_id].stood += known.stood
    for tally in found.values():
        tally.interval = interval(tally.stood, tally.settled)
    return sorted(found.values(), key=lambda one: (one.project.name, one.project.pk))
