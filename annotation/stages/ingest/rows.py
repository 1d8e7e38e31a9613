"""The rows of a chunk as rows of the database. All of it in the chunk's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from annotation.formats.answers import content_hash
from annotation.formats.known_answer import KnownAnswer
from annotation.formats.predictions import Predicted
from annotation.formats.rows import BadRow, Row
from annotation.models import Batch, BatchProblem, ControlItem, Item, ItemParty, Prediction
from annotation.models.batch import Duplicates
from annotation.models.control import ControlUse
from annotation.models.lane import Lane

KEPT_PROBLEMS = 10_000


def item_of(batch: Batch, row: Row, lane: Lane) -> Item:
    """The row as an item, not stored yet."""
    extra = row.extra
    return Item(
        project=batch.project,
        batch=batch,
        lane=lane,
        line=row.line,
        offset=row.end.offset,
        data=row.data,
        meta=extra.get("meta", {}),
        content_hash=content_hash(row.data),
        copy=(batch.pk << 40) + row.end.offset if batch.duplicates == Duplicates.KEEP else 0,
        group_key=extra.get("assay_group", ""),
        source=extra.get("assay_source") or batch.source,
        licence=extra.get("assay_licence", ""),
        language=lane.language,
        overlap=batch.project.overlap,
    )


def store_parties(batch: Batch, items: list[Item], parties: list[set[str]]) -> None:
    """Also for content that was here before: whoever is named with it by any batch is its party."""
    named = [(item, keys) for item, keys in zip(items, parties, strict=True) if keys]
    if not named:
        return
    hashes = {item.content_hash for item, _keys in named}
    stored = Item.objects.filter(
        project=batch.project, content_hash__in=hashes, copy__in={item.copy for item, _keys in named}
    )
    ids = {(text, copy): pk for pk, text, copy in stored.values_list("pk", "content_hash", "copy")}
    ItemParty.objects.bulk_create(
        [
            ItemParty(project=batch.project, item_id=ids[item.content_hash, item.copy], key=key)
            for item, keys in named
            for key in sorted(keys)
        ],
        ignore_conflicts=True,
    )


def store_controls(batch: Batch, rows: list[Row], known: Mapping[int, KnownAnswer]) -> None:
    """The known answers of the rows that came in; content that was here before stays what it is."""
    if not known:
        return
    extra = {row.end.offset: row.extra for row in rows}
    stored = Item.objects.filter(batch=batch, offset__in=known, control=True)
    ControlItem.objects.bulk_create(
        [
            ControlItem(
                project=batch.project,
                item_id=pk,
                answer=known[offset].values,
                result=known[offset].result,
                explanation=extra[offset].get("assay_explanation", ""),
                use=extra[offset].get("assay_use", ControlUse.BOTH),
                created_by=batch.created_by,
            )
            for pk, offset in stored.values_list("pk", "offset")
        ],
        ignore_conflicts=True,
    )


def keep_problems(batch: Batch, bad: list[BadRow]) -> None:
    """Write down what was wrong with rows, the first KEPT_PROBLEMS of a batch."""
    if not bad:
        return
    room = max(0, KEPT_PROBLEMS - batch.problems.count())
    BatchProblem.objects.bulk_create(
        [
            BatchProblem(batch=batch, line=row.line, offset=row.end.offset, code=row.code, params=row.params)
            for row in bad[:room]
        ],
        ignore_conflicts=True,
    )


def store_predictions(batch: Batch, predicted: Mapping[int, Sequence[Predicted]]) -> None:
    """The suggestions of the rows that came in, by offset; content that was here before keeps those it has."""
    if not predicted:
        return
    stored = Item.objects.filter(batch=batch, offset__in=predicted)
    rows = []
    for pk, offset in stored.values_list("pk", "offset"):
        seen: Counter[str] = Counter()
        for one in predicted[offset]:
            rows.append(
                Prediction(
                    project=batch.project,
                    item_id=pk,
                    model=one.model,
                    score=one.score,
                    result=one.result,
                    number=seen[one.model],
                )
            )
            seen[one.model] += 1
    Prediction.objects.bulk_create(rows, ignore_conflicts=True)
