"""Read the rows of a frozen release as plain data, a bounded number at a time.

Tuples, not model instances: of a million rows with three answers each that alone is minutes.
"""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from annotation.formats.answers import check
from annotation.formats.messages import FormatError
from annotation.formats.release.rows import Dissent, GoldAnswer, ReleasedAnnotation, ReleaseRow, Soft
from annotation.models.adjudication import Adjudication
from annotation.models.annotation import AnnotationVersion, Judgement
from annotation.models.gold import GoldLabel
from annotation.models.release import Release, ReleaseMember
from annotation.models.released_files import files_by_item
from annotation.models.schema import LabelSchema
from core.json_columns import as_text, decoded
from core.models import Organisation

AT_ONCE = 500


def pseudonym(organisation: Organisation, scope: str, expert_uid: str) -> str:
    """A person's name in one scope: keyed by the organisation's secret, so that nobody else can make or reverse it."""
    message = f"{scope}:{expert_uid}".encode()
    return hmac.new(organisation.secret.encode(), message, hashlib.sha256).hexdigest()[:16]


class _Member(NamedTuple):
    position: int
    split: str
    gold: list[dict[str, Any]]
    versions: list[dict[str, Any]]
    origin: dict[str, Any]
    item: str
    content: str
    data: Any
    pk: int


class _Said(NamedTuple):
    pk: int
    annotation: int
    uid: str
    current: int
    expert: str
    at: Any
    seconds: float
    result: Any
    schema: int
    schema_version: int
    guideline_version: int


class _Gold(NamedTuple):
    pk: int
    question: str
    value: Any
    result: Any
    how: str
    at: Any
    chance: float | None
    soft: Any
    reliabilities: dict[str, float] | None
    dissent: list[dict[str, Any]]
    decision: int | None


class Reader:
    """Reads the rows of one frozen release; keeps no more than the pseudonyms of its people."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._schema = release.label_schema.schema
        self._schemas = {release.label_schema_id: self._schema}
        self._names: dict[str, str] = {}
        self._holds_files = bool(release.about.get("files"))

    def between(self, first: int, last: int) -> Iterator[ReleaseRow]:
        """The rows `first` to `last` (left out), in order, by five queries per AT_ONCE rows, six where it holds files.

        Raises FormatError for an item whose data were corrected after they were frozen.
        """
        for start in range(first, last, AT_ONCE):
            members = ReleaseMember.objects.filter(
                release=self._release, position__gte=start, position__lt=min(start + AT_ONCE, last)
            )
            found = members.order_by("position").values_list(
                "position",
                "split",
                as_text("gold"),
                as_text("versions"),
                as_text("origin"),
                "item__uid",
                "item__content_hash",
                as_text("item__data"),
                "item_id",
            )
            yield from self._rows([_Member(*row) for row in decoded(found, (2, 3, 4, 7))])

    def _rows(self, members: list[_Member]) -> Iterator[ReleaseRow]:
        gold, decisions = _gold_of(entry["gold"] for member in members for entry in member.gold)
        said, values = _said_of(entry["version"] for member in members for entry in member.versions)
        files = files_by_item([member.pk for member in members]) if self._holds_files else {}
        for member in members:
            if member.content != member.origin["content"]:
                raise FormatError("release_item_changed", {"item": member.item})
            own = [(said[entry["version"]], entry["class"]) for entry in member.versions]
            who = {one.uid: self._name(one.expert) for one, _class in own}
            yield ReleaseRow(
                item=member.item,
                data=member.data,
                fields=self._schema.data_keys,
                gold=[
                    self._gold(gold[entry["gold"]], entry["class"], decisions, who) for entry in member.gold
                ],
                annotations=[
                    ReleasedAnnotation(
                        annotator=who[one.uid],
                        credential_class=class_,
                        submitted_at=one.at.isoformat(),
                        seconds=one.seconds,
                        values=self._values(one, member, values),
                        result=one.result,
                        schema_version=one.schema_version,
                        guideline_version=one.guideline_version,
                    )
                    for one, class_ in own
                ],
                language=member.origin["language"],
                source=member.origin["source"],
                licence=member.origin["licence"],
                group=member.origin["group"],
                split=member.split,
                number=member.position,
                schema=self._schema,
                files=files.get(member.pk, {}),
            )

    def _values(self, one: _Said, member: _Member, current: dict[int, dict[str, Any]]) -> dict[str, Any]:
        """What an answer says by question: as it is stored, or of one that was corrected since, from its result."""
        if one.pk == one.current:
            return current.get(one.pk, {})
        if one.schema not in self._schemas:
            self._schemas[one.schema] = LabelSchema.objects.get(pk=one.schema).schema
        return check(self._schemas[one.schema], member.data, one.result, complete=False)

    def _name(self, expert: str) -> str:
        if expert not in self._names:
            self._names[expert] = pseudonym(self._release.project.organisation, self._release.scope, expert)
        return self._names[expert]

    def _gold(
        self, label: _Gold, class_: str | None, decisions: dict[int, Adjudication], who: dict[str, str]
    ) -> GoldAnswer:
        decision = decisions[label.decision] if label.decision else None
        return GoldAnswer(
            question=label.question,
            value=label.value,
            result=label.result,
            how=label.how,
            settled_at=label.at.isoformat(),
            chance=label.chance,
            rationale=decision.rationale if decision else "",
            clause=decision.clause if decision else "",
            decision=decision.uid if decision else None,
            cites=sorted(one.cited.uid for one in decision.citations.all()) if decision else [],
            adjudicator=self._name(decision.adjudicator.uid) if decision else None,
            adjudicator_class=class_,
            dissent=[
                Dissent(who[entry["annotation"]], entry["value"])
                for entry in label.dissent
                if entry["annotation"] in who
            ],
            soft=_soft(label, who),
        )


def rows_between(release: Release, first: int, last: int) -> Iterator[ReleaseRow]:
    """The rows of a frozen release at positions `first` to `last` (left out), in order."""
    return Reader(release).between(first, last)


def _soft(label: _Gold, who: dict[str, str]) -> Soft | None:
    if label.soft is None:
        return None
    weighed = (label.reliabilities or {}).items()
    return Soft(
        [(value, share) for value, share in label.soft],
        {who[uid]: chance for uid, chance in weighed if uid in who},
    )


def _gold_of(ids: Iterable[int]) -> tuple[dict[int, _Gold], dict[int, Adjudication]]:
    rows = GoldLabel.objects.filter(pk__in=[*ids]).values_list(
        "pk",
        "question",
        as_text("value"),
        as_text("result"),
        "how",
        "settled_at",
        "chance",
        as_text("soft"),
        as_text("reliabilities"),
        as_text("dissent"),
        "adjudication_id",
    )
    found = {row[0]: _Gold(*row) for row in decoded(rows, (2, 3, 7, 8, 9))}
    decided = {one.decision for one in found.values() if one.decision}
    decisions = (
        Adjudication.objects.filter(pk__in=decided)
        .select_related("adjudicator")
        .prefetch_related("citations__cited")
    )
    return found, {one.pk: one for one in decisions} if decided else {}


def _said_of(ids: Iterable[int]) -> tuple[dict[int, _Said], dict[int, dict[str, Any]]]:
    """The answers of these versions by id, and what those say by question that are their annotations' current ones."""
    rows = AnnotationVersion.objects.filter(pk__in=[*ids]).values_list(
        "pk",
        "annotation_id",
        "annotation__uid",
        "annotation__current_id",
        "annotation__expert__uid",
        "created_at",
        "seconds",
        as_text("result"),
        "label_schema_id",
        "label_schema__version",
        "guideline__version",
    )
    found = {row[0]: _Said(*row) for row in decoded(rows, (7,))}
    judged: dict[int, dict[str, Any]] = defaultdict(dict)
    current = {one.annotation: one.pk for one in found.values() if one.current == one.pk}
    judgements = Judgement.objects.filter(annotation__in=current).order_by("pk")
    values = judgements.values_list("annotation_id", "question", as_text("value"))
    for annotation, question, value in decoded(values, (2,)):
        judged[current[annotation]][question] = value
    return found, judged
