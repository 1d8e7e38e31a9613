"""Hold the sums in the tables of folding against what they are sums of, and mend what differs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count

from annotation.algorithms import contribution
from annotation.algorithms.sethash import SetHash
from annotation.models import (
    Agreement,
    BoundaryCount,
    Counted,
    DayCount,
    FoldedItem,
    FoldState,
    ItemPattern,
    PairCount,
    PatternCount,
)
from annotation.models.contributed import Contributed
from annotation.models.scopes import FULL_ONLY, WHOLE, guideline_scope, week_scope
from annotation.stages.statistics import fold_tables
from core import audit

CHUNK = 2000
HASHES = ("seen", "answered", "patterns", "pairs", "boundaries", "days")
EMPTY = SetHash().text


@dataclass
class Counts:
    """What was counted of some items; counts of several ranges add up.

    `seen` and `answered` are the hashes that `FoldState` keeps, the others are of what the items put into each table,
    every row hashed as often as it is counted. `blocks` is how often the tables were moved, `mended` for how many
    items.
    """

    items: int = 0
    answers: int = 0
    mended: int = 0
    blocks: int = 0
    hashes: dict[str, str] = field(default_factory=lambda: dict.fromkeys(HASHES, EMPTY))

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Counts":
        """Read back what `to_json` gave; nothing counted where there is nothing."""
        return cls(**stored)

    def to_json(self) -> dict[str, Any]:
        """As it stands in a job's result."""
        return asdict(self)

    def add(self, other: "Counts") -> None:
        """The counts of another range."""
        for name in ("items", "answers", "mended", "blocks"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in HASHES:
            self._put(name, SetHash.from_text(other.hashes[name]))

    def count(self, found: Mapping[int, Contributed]) -> None:
        """Items with what they put in."""
        self.items += len(found)
        pairs: Counter[Row] = Counter()
        boundaries: Counter[Row] = Counter()
        patterns: Counter[Row] = Counter()
        days: Counter[Row] = Counter()
        for one in found.values():
            self.answers += len(one.seen)
            self._put("seen", SetHash.of(digest for first, digest in one.seen.values() if first))
            self._put("answered", SetHash.of(digest for _, digest in one.seen.values()))
            for part in one.parts.values():
                patterns[(*part.cell[:3], part.cell.day.isoformat(), part.cell.digest)] += 1
                _count_said(part.cell.question, part.cell.kind, part.said_pairs, pairs, boundaries)
            _count_days(one.days, days)
        for name, rows in (
            ("patterns", patterns),
            ("pairs", pairs),
            ("boundaries", boundaries),
            ("days", days),
        ):
            self._put(name, hash_of_rows(rows.items()))

    def _put(self, name: str, more: SetHash) -> None:
        self.hashes[name] = (SetHash.from_text(self.hashes[name]) + more).text


Row = tuple[Any, ...]


def hash_of_rows(rows: Iterable[tuple[Row, int]]) -> SetHash:
    """The hash of rows, each counted so often."""
    whole = SetHash()
    for row, times in rows:
        one = SetHash.of([list(row)])
        whole += SetHash(one.total * times % (1 << 256), times)
    return whole


def mend_patterns(state: FoldState) -> list[str]:
    """Set every count of a pattern to how many items point to it. Which tables were wrong."""
    right = dict(
        ItemPattern.objects.filter(project=state.project_id)
        .order_by()
        .values_list("cell")
        .annotate(items=Count("pk"))
    )
    cells = PatternCount.objects.filter(project=state.project_id)
    wrong = {
        pk: right.get(pk, 0)
        for pk, items in cells.values_list("pk", "items").iterator(chunk_size=CHUNK)
        if items != right.get(pk, 0)
    }
    for block in _blocks(list(wrong)):
        rows = list(PatternCount.objects.filter(pk__in=block))
        for row in rows:
            row.items = wrong[row.pk]
        PatternCount.objects.bulk_update(rows, ["items"])
    cells.filter(items=0).delete()
    return ["patterns"] if wrong else []


def mend(state: FoldState, counted: Mapping[str, Any]) -> list[str]:
    """Hold every table, and the hashes, against what was counted of all items; which were wrong.

    Only while nothing else has moved the tables since: under the lock of `state`, which is saved.
    """
    wrong = mend_patterns(state)
    hashes = counted["hashes"]
    for name, rows, rebuild in (
        ("pairs", _pair_rows(state), _rebuild_pairs),
        ("boundaries", _boundary_rows(state), _rebuild_boundaries),
        ("days", _day_rows(state), _rebuild_days),
    ):
        if hash_of_rows(rows).text != hashes[name]:
            rebuild(state)
            wrong.append(name)
    if (state.seen_hash or EMPTY, state.answers_hash or EMPTY) != (hashes["seen"], hashes["answered"]):
        state.seen_hash, state.answers_hash = hashes["seen"], hashes["answered"]
        wrong.append("seen")
    state.save()
    return wrong


def rebuild(state: FoldState) -> None:
    """Make every sum, and the hashes, anew from what items have put in, as the tables say. Under the lock of `state`.

    For tables that somebody else has written to; a full measurement then holds the items themselves against answers.
    """
    mend_patterns(state)
    for again in (_rebuild_pairs, _rebuild_boundaries, _rebuild_days):
        again(state)
    hashes = {True: SetHash(), False: SetHash()}
    now = Counted.objects.filter(project=state.project_id, run_out=None)
    for first, digest in now.values_list("first", "digest").iterator(chunk_size=CHUNK):
        hashes[first] = hashes[first].added(digest)
    state.seen_hash, state.answers_hash = hashes[True].text, (hashes[True] + hashes[False]).text
    state.save(update_fields=["seen_hash", "answers_hash"])
    tell(state, "agreement.sums_mended", {"sums": ["all"]})


def tell(state: FoldState, action: str, changes: dict[str, Any]) -> None:
    """What was found to be wrong, in the audit trail."""
    project = state.project
    audit.record(
        action,
        by=None,
        on=project,
        project_id=project.pk,
        organisation_id=project.organisation_id,
        changes=changes,
    )


def all_stale(state: FoldState) -> None:
    """Have the figures of every scope computed anew, also of those that are empty by now. `state` is saved."""
    cells = PatternCount.objects.filter(project=state.project_id).order_by()
    scopes = {WHOLE} | {
        guideline_scope(one) for one in cells.values_list("guideline", flat=True).distinct() if one
    }
    scopes |= {week_scope(day) for day in cells.values_list("day", flat=True).distinct()}
    scopes |= set(
        Agreement.objects.filter(project=state.project_id, current=True)
        .exclude(scope__in=FULL_ONLY)
        .values_list("scope", flat=True)
        .distinct()
    )
    state.stale = dict.fromkeys(sorted(scopes), state.blocks)
    state.save(update_fields=["stale"])


def _count_said(question: str, kind: str, said: Any, pairs: Counter[Row], boundaries: Counter[Row]) -> None:
    for first, second, one, two in contribution.pairs(kind, said):
        pairs[question, kind, first, second, contribution.digest([one, two])] += 1
    for met, times in contribution.boundaries(kind, said).items():
        boundaries[(question, *met)] += times


def _count_days(found: Mapping[str, Mapping[str, int]], days: Counter[Row]) -> None:
    for day, counts in found.items():
        for name, count in counts.items():
            days[day, name] += count


def _pair_rows(state: FoldState) -> Iterable[tuple[Row, int]]:
    rows = PairCount.objects.filter(project=state.project_id)
    columns = ("question", "kind", "first_id", "second_id", "digest", "items")
    return ((row[:-1], row[-1]) for row in rows.values_list(*columns).iterator(chunk_size=CHUNK))


def _boundary_rows(state: FoldState) -> Iterable[tuple[Row, int]]:
    rows = BoundaryCount.objects.filter(project=state.project_id)
    columns = ("question", "one", "two", "start", "end", "pairs")
    return ((row[:-1], row[-1]) for row in rows.values_list(*columns).iterator(chunk_size=CHUNK))


def _day_rows(state: FoldState) -> Iterable[tuple[Row, int]]:
    for row in DayCount.objects.filter(project=state.project_id):
        for name in fold_tables.DAY_COUNTS:
            if count := int(getattr(row, name)):
                yield (row.day.isoformat(), name), count


def _rebuild_pairs(state: FoldState) -> None:
    PairCount.objects.filter(project=state.project_id).delete()
    for parts in _stored_parts(state):
        fold_tables.move_pairs(state.project_id, {}, parts)


def _rebuild_boundaries(state: FoldState) -> None:
    BoundaryCount.objects.filter(project=state.project_id).delete()
    for parts in _stored_parts(state):
        fold_tables.move_boundaries(state.project_id, {}, parts)


def _rebuild_days(state: FoldState) -> None:
    DayCount.objects.filter(project=state.project_id).delete()
    counted: Counter[Row] = Counter()
    stored = FoldedItem.objects.filter(project=state.project_id).values_list("days", flat=True)
    for days in stored.iterator(chunk_size=CHUNK):
        _count_days(days, counted)
    fold_tables.add_days(state.project_id, _by_day(counted))


def _by_day(counted: Counter[Row]) -> dict[date, dict[str, int]]:
    found: dict[date, dict[str, int]] = {}
    for (day, name), count in counted.items():
        found.setdefault(date.fromisoformat(day), {})[name] = count
    return found


def _stored_parts(state: FoldState) -> Iterable[fold_tables.Parts]:
    """What all items have put in, some at a time."""
    after = 0
    rows = ItemPattern.objects.filter(project=state.project_id).select_related("cell").order_by("pk")
    while block := list(rows.filter(pk__gt=after)[:CHUNK]):
        after = block[-1].pk
        yield {(row.item_id, (row.question, row.kind)): fold_tables.part_of(row) for row in block}


def _blocks(keys: list[int]) -> Iterable[list[int]]:
    return (keys[at : at + CHUNK] for at in range(0, len(keys), CHUNK))
