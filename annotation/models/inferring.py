"""Read what truth inference needs of a project: all answers that a run saw, and how they came out. Read-only."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from annotation.algorithms.canonical import canonical_json
from annotation.algorithms.sethash import SetHash
from annotation.formats.answers import compare
from annotation.formats.schema import Kind
from annotation.models.control import ControlResult
from annotation.models.counting import Answer, Asked, Question
from annotation.models.gold import GoldLabel, HowSettled
from annotation.models.seen import seen_by

KINDS = (Kind.CHOICE, Kind.CHOICES, Kind.RATING)
AT_ONCE = 500

# One's own answer, and texts that are never compared: they say nothing about who gave them.
_SAYS_NOTHING = (HowSettled.SINGLE, HowSettled.IMPORTED, HowSettled.COLLECTED)


class Column:
    """Things by the order in which they were met."""

    def __init__(self) -> None:
        self.codes: dict[Any, int] = {}

    def code(self, thing: Any) -> int:
        """The thing's number."""
        return self.codes.setdefault(thing, len(self.codes))

    @property
    def things(self) -> list[Any]:
        """In the order of their numbers."""
        return list(self.codes)


@dataclass
class Said:
    """All labels of one question as columns of codes; `order` is by annotation, `values` the labels' values."""

    question: Question
    items: Column = field(default_factory=Column)
    people: Column = field(default_factory=Column)
    labels: Column = field(default_factory=Column)
    values: list[Any] = field(default_factory=list)
    item: "array[int]" = field(default_factory=lambda: array("q"))
    person: "array[int]" = field(default_factory=lambda: array("q"))
    label: "array[int]" = field(default_factory=lambda: array("q"))
    order: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, answer: Answer, value: Any) -> None:
        """One label."""
        code = self.labels.code(canonical_json(value))
        if code == len(self.values):
            self.values.append(value)
        self.item.append(self.items.code(answer.item))
        self.person.append(self.people.code(answer.expert))
        self.label.append(code)
        self.order.append(answer.version)


@dataclass
class Record:
    """How a person's answers came out: of `asked` there were `right`."""

    asked: int = 0
    right: int = 0

    def count(self, right: bool) -> None:
        """One more."""
        self.asked += 1
        self.right += right


@dataclass
class Read:
    """What a run saw. Records are by (expert, question), '' being the answer as a whole."""

    questions: dict[Question, Said] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)
    seconds: "dict[int, array[float]]" = field(default_factory=lambda: defaultdict(lambda: array("d")))
    settled: dict[tuple[int, str], Record] = field(default_factory=lambda: defaultdict(Record))
    controls: dict[tuple[int, str], Record] = field(default_factory=lambda: defaultdict(Record))
    seen: SetHash = field(default_factory=SetHash)


def read(project_id: int, run: int, *, from_results: bool = False) -> Read:
    """All answers that run `run` saw, and how they came out as of now. Kept are numbers, a few a label."""
    found, asked = Read(), Asked(project_id)
    items = seen_by(project_id, run, from_results=from_results)
    while block := list(islice(items, AT_ONCE)):
        gold = _gold([answers[0].item for answers in block])
        for answers in block:
            _count(found, answers, asked, gold.get(answers[0].item, {}))
    for expert, right, wrong, known in _controls(project_id):
        found.controls[expert, ""].count(right)
        for question in known:
            found.controls[expert, question].count(question not in wrong)
    return found


def _count(found: Read, answers: list[Answer], asked: Asked, gold: dict[str, Any]) -> None:
    for answer in answers:
        found.seen = found.seen.added(answer.digest)
        found.answers[answer.expert] += 1
        if answer.seconds > 0:
            found.seconds[answer.expert].append(answer.seconds)
    same: dict[int, list[bool]] = defaultdict(list)
    for question, said_by in asked.said(answers).items():
        key, kind = question
        for answer in said_by:
            value = answer.values.get(key)
            if kind in KINDS:
                found.questions.setdefault(question, Said(question)).add(answer, value)
            if key in gold:
                right = compare(kind, value if value is not None else [], gold[key])
                found.settled[answer.expert, key].count(right)
                same[answer.expert].append(right)
    for expert, rights in same.items():
        found.settled[expert, ""].count(all(rights))


def _gold(items: list[int]) -> dict[int, dict[str, Any]]:
    """By item, what its questions were settled as, where several people had a say."""
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    rows = GoldLabel.objects.current().filter(item__in=items).exclude(how__in=_SAYS_NOTHING)
    for item, question, value in rows.values_list("item_id", "question", "value"):
        if value is not None:
            found[item][question] = value
    return found


def _controls(project_id: int) -> Iterator[tuple[int, bool, list[str], list[str]]]:
    rows = ControlResult.objects.filter(project=project_id, in_exam=False).order_by("pk")
    columns = ("expert_id", "right", "wrong", "control__answer")
    for expert, right, wrong, known in rows.values_list(*columns).iterator(chunk_size=2000):
        yield expert, right, wrong, list(known)
