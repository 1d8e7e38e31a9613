"""Read the members of a frozen release as plain rows, a bounded number at a time."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from annotation.formats.release.rows import Dissent, GoldAnswer, ReleasedAnnotation, ReleaseRow, Soft
from annotation.models.annotation import AnnotationVersion
from annotation.models.gold import GoldLabel
from annotation.models.release import Release, ReleaseMember
from core.models import Organisation

AT_ONCE = 200

_ANSWERED = "(answered)"
_CHOSEN = frozenset({"choices", "taxonomy", "pairwise"})
_MARKED = frozenset({"labels", "hypertextlabels", "paragraphlabels", "relation"})
_SPAN = (3, 4)  # a span, or a relation, whose label stands third in both


def pseudonym(organisation: Organisation, scope: str, expert_uid: str) -> str:
    """A person's name in one scope: keyed by the organisation's secret, so that nobody else can make or reverse it."""
    message = f"{scope}:{expert_uid}".encode()
    return hmac.new(organisation.secret.encode(), message, hashlib.sha256).hexdigest()[:16]


def rows_between(release: Release, first: int, last: int) -> Iterator[ReleaseRow]:
    """The rows at positions `first` to `last` (left out), in order, by a fixed number of queries per AT_ONCE rows."""
    for start in range(first, last, AT_ONCE):
        members = ReleaseMember.objects.filter(
            release=release, position__gte=start, position__lt=min(start + AT_ONCE, last)
        )
        yield from _rows(release, list(members.select_related("item__batch").order_by("position")))


def _rows(release: Release, members: list[ReleaseMember]) -> Iterator[ReleaseRow]:
    organisation, scope = release.project.organisation, release.scope
    gold = _by_pk(
        GoldLabel.objects.filter(pk__in=[entry["gold"] for member in members for entry in member.gold])
        .select_related("adjudication__adjudicator")
        .prefetch_related("adjudication__citations__cited")
    )
    versions = _by_pk(
        AnnotationVersion.objects.filter(
            pk__in=[entry["version"] for member in members for entry in member.versions]
        )
        .select_related("annotation__expert", "label_schema", "guideline")
        .prefetch_related("annotation__judgements")
    )
    schema = release.label_schema.schema

    def name(expert_uid: str) -> str:
        return pseudonym(organisation, scope, expert_uid)

    for member in members:
        said = [(versions[entry["version"]], entry["class"]) for entry in member.versions]
        who = {version.annotation.uid: name(version.annotation.expert.uid) for version, _class in said}
        item = member.item
        yield ReleaseRow(
            item=item.uid,
            data=item.data,
            fields=schema.data_keys,
            gold=[_gold(gold[entry["gold"]], entry["class"], who, name) for entry in member.gold],
            annotations=[_annotation(version, class_, who) for version, class_ in said],
            language=item.language,
            source=item.source,
            licence=item.licence or item.batch.licence or item.batch.rights,
            group=item.group_key,
            split=member.split,
            number=member.position,
            schema=schema,
        )


def _by_pk(rows: Iterable[Any]) -> dict[int, Any]:
    return {row.pk: row for row in rows}


def _gold(label: GoldLabel, class_: str | None, who: dict[str, str], name: Any) -> GoldAnswer:
    decision = label.adjudication
    return GoldAnswer(
        question=label.question,
        value=label.value,
        result=label.result,
        how=label.how,
        chance=label.chance,
        settled_at=label.settled_at.isoformat(),
        rationale=decision.rationale if decision else "",
        clause=decision.clause if decision else "",
        decision=decision.uid if decision else None,
        cites=sorted(one.cited.uid for one in decision.citations.all()) if decision else [],
        adjudicator=name(decision.adjudicator.uid) if decision else None,
        adjudicator_class=class_,
        dissent=[
            Dissent(who[entry["annotation"]], entry["value"])
            for entry in label.dissent
            if entry["annotation"] in who
        ],
        soft=_soft(label, who),
    )


def _soft(label: GoldLabel, who: dict[str, str]) -> Soft | None:
    if label.soft is None:
        return None
    trust = {who[uid]: value for uid, value in (label.reliabilities or {}).items() if uid in who}
    return Soft([(value, share) for value, share in label.soft], dict(sorted(trust.items())))


def _annotation(version: AnnotationVersion, class_: str, who: dict[str, str]) -> ReleasedAnnotation:
    annotation = version.annotation
    return ReleasedAnnotation(
        annotator=who[annotation.uid],
        credential_class=class_,
        submitted_at=version.created_at.isoformat(),
        seconds=version.seconds,
        values={judgement.question: judgement.value for judgement in annotation.judgements.all()},
        result=version.result,
        schema_version=version.label_schema.version,
        guideline_version=version.guideline.version,
    )


class Facts:
    """What a manifest counts, as counters that add up over shards. Keys of `labels` and `settled` join two parts."""

    NAMES = (
        "labels",
        "settled",
        "annotators",
        "licences",
        "languages",
        "splits",
        "schemas",
        "guidelines",
    )

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {name: Counter() for name in self.NAMES}

    def counted(self, rows: Iterable[ReleaseRow]) -> Iterator[ReleaseRow]:
        """The rows, counted as they pass."""
        for row in rows:
            self._count(row)
            yield row

    def to_json(self) -> dict[str, dict[str, int]]:
        """The counts, for a job's result."""
        return {name: dict(counts) for name, counts in self.counts.items()}

    def _count(self, row: ReleaseRow) -> None:
        counts = self.counts
        counts["licences"][row.licence] += 1
        counts["languages"][row.language] += 1
        counts["splits"][row.split] += 1
        for gold in row.gold:
            counts["settled"][f"{gold.question}\x1f{gold.how}"] += 1
            for label in _labels(gold):
                counts["labels"][f"{gold.question}\x1f{label}"] += 1
        for annotation in row.annotations:
            counts["annotators"][annotation.annotator] += 1
            counts["schemas"][str(annotation.schema_version)] += 1
            counts["guidelines"][str(annotation.guideline_version)] += 1


def _labels(gold: GoldAnswer) -> list[str]:
    """The labels a gold answer carries, for counting; numbers and texts are counted as answers."""
    if gold.value is None:
        return []
    kinds = {region.get("type") for region in gold.result if region.get("from_name") == gold.question}
    parts = gold.value if isinstance(gold.value, list) else [gold.value]
    if kinds & _CHOSEN and all(isinstance(part, str) for part in parts):
        return parts
    if kinds & (_CHOSEN | _MARKED) and all(isinstance(part, list) and len(part) in _SPAN for part in parts):
        return [part[2] or _ANSWERED for part in parts]
    return [_ANSWERED]
