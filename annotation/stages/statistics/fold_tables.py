"""Write what items put into the tables of folding: what they had put in is taken out, what they put in now is added.

Called in a transaction that holds the project's `FoldState`, so that nobody else reads and writes the same counts.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from annotation.algorithms import contribution
from annotation.algorithms.sethash import SetHash
from annotation.models import (
    BoundaryCount,
    Counted,
    DayCount,
    FoldedItem,
    FoldState,
    ItemPattern,
    PairCount,
    PatternCount,
)
from annotation.models.contributed import Cell, Contributed, Part
from annotation.models.counting import Question
from annotation.models.scopes import WHOLE, guideline_scope, week_scope

Moves = Mapping[int, tuple[Contributed, Contributed]]
"""By item (an id), what it had put in and what it puts in now."""

Place = tuple[int, Question]
Parts = Mapping[Place, Part]


class Unsound(Exception):
    """More is taken out of a table than is in it: somebody else has written to it. `proving.rebuild` makes it sound."""


DAY_COUNTS = ("answers", "seconds", "labelled", "disputed", "settled")


def move(state: FoldState, moves: Moves) -> None:
    """Bring the tables, and the hashes and stale scopes of `state` (not saved here), from the old to the new."""
    changed = {item: pair for item, pair in moves.items() if pair[0] != pair[1]}
    _move_seen(state, changed)
    _move_days(state.project_id, changed)
    _move_parts(state, changed)


def _move_seen(state: FoldState, moves: Moves) -> None:
    gone, come = [], []
    for item, (old, new) in moves.items():
        gone += [
            (version, *old.seen[version])
            for version in old.seen
            if old.seen[version] != new.seen.get(version)
        ]
        come += [
            (item, version, *new.seen[version])
            for version in new.seen
            if new.seen[version] != old.seen.get(version)
        ]
    for field, wanted in (("seen_hash", {True}), ("answers_hash", {True, False})):
        found = hash_of(getattr(state, field))
        found += SetHash.of(digest for _, _, first, digest in come if first in wanted)
        for _, first, digest in gone:
            if first in wanted:
                _check_not_negative(found.members - 1, field)
                found = found.removed(digest)
        setattr(state, field, found.text)
    _close([version for version, _, _ in gone], state)
    Counted.objects.bulk_create(
        Counted(
            project_id=state.project_id,
            item_id=item,
            version_id=version,
            first=first,
            digest=digest,
            run_in=state.run + 1,
        )
        for item, version, first, digest in come
    )
    state.fresh += len(come)


def hash_of(text: str) -> SetHash:
    """The stored hash of a set; of nothing where none is stored yet."""
    return SetHash.from_text(text) if text else SetHash()


def _close(versions: list[int], state: FoldState) -> None:
    """From the next run on these are not counted. What no run has seen is forgotten."""
    if versions:
        now = Counted.objects.filter(version__in=versions, run_out=None)
        now.filter(run_in__gt=state.run).delete()
        now.update(run_out=state.run + 1)


def _move_days(project_id: int, moves: Moves) -> None:
    changed = {item: (old.days, new.days) for item, (old, new) in moves.items() if old.days != new.days}
    rows = (FoldedItem(project_id=project_id, item_id=item, days=days) for item, (_, days) in changed.items())
    FoldedItem.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["item"], update_fields=["days"]
    )
    deltas: dict[date, Counter[str]] = {}
    for old, new in changed.values():
        for days, sign in ((old, -1), (new, 1)):
            for day, counts in days.items():
                into = deltas.setdefault(date.fromisoformat(day), Counter())
                for name, count in counts.items():
                    into[name] += sign * count
    add_days(project_id, {day: counts for day, counts in deltas.items() if any(counts.values())})


def add_days(project_id: int, deltas: Mapping[date, Mapping[str, int]]) -> None:
    """Add to the counts of days. Two statements."""
    rows = {day: DayCount(project_id=project_id, day=day) for day in deltas}
    rows |= {row.day: row for row in DayCount.objects.filter(project=project_id, day__in=deltas)}
    for day, counts in deltas.items():
        for name, count in counts.items():
            setattr(rows[day], name, getattr(rows[day], name) + count)
    fresh = (
        DayCount(project_id=project_id, day=day, **{name: getattr(row, name) for name in DAY_COUNTS})
        for day, row in rows.items()
    )
    DayCount.objects.bulk_create(
        fresh, update_conflicts=True, unique_fields=["project", "day"], update_fields=DAY_COUNTS
    )


def _move_parts(state: FoldState, moves: Moves) -> None:
    gone: dict[Place, Part] = {}
    come: dict[Place, Part] = {}
    for item, (old, new) in moves.items():
        for question in old.parts.keys() | new.parts.keys():
            was, now = old.parts.get(question), new.parts.get(question)
            if was and was != now:
                gone[item, question] = was
            if now and was != now:
                come[item, question] = now
    if not (gone or come):
        return
    mark_stale(state, [part.cell for part in (*gone.values(), *come.values())])
    project_id = state.project_id
    cells = _move_cells(project_id, gone, come)
    _forget(gone.keys() - come.keys())
    ItemPattern.objects.bulk_create(
        (_item_pattern(project_id, place, part, cells[part.cell]) for place, part in come.items()),
        update_conflicts=True,
        unique_fields=["item", "question", "kind"],
        update_fields=["cell", "said", "labels", "entropy"],
    )
    emptied = {part.cell.digest for part in gone.values()}
    PatternCount.objects.filter(project=project_id, digest__in=emptied, items=0).delete()
    move_pairs(project_id, gone, come)
    move_boundaries(project_id, gone, come)


def mark_stale(state: FoldState, cells: Iterable[Cell]) -> None:
    """Keep which scopes' figures are older than their patterns, and since which block."""
    scopes = {WHOLE}
    for cell in cells:
        scopes |= {week_scope(cell.day)} | ({guideline_scope(cell.guideline)} if cell.guideline else set())
    state.stale = {**state.stale, **dict.fromkeys(sorted(scopes), state.blocks + 1)}


def _move_cells(project_id: int, gone: Parts, come: Parts) -> dict[Cell, int]:
    """Count the items of each pattern anew; the ids of the rows by cell."""
    deltas = Counter(part.cell for part in come.values())
    deltas.subtract(Counter(part.cell for part in gone.values()))
    patterns = {part.cell: part.pattern for part in come.values()}
    near = PatternCount.objects.filter(
        project=project_id,
        question__in={cell.question for cell in deltas},
        day__in={cell.day for cell in deltas},
        digest__in={cell.digest for cell in deltas},
    )
    held = {Cell(row.question, row.kind, row.guideline, row.day, row.digest): row for row in near}
    rows = []
    for cell, delta in deltas.items():
        row = held.get(cell)
        items = (row.items if row else 0) + delta
        _check_not_negative(items, cell)
        pattern = row.pattern if row else patterns[cell]
        if delta or not row:
            rows.append(PatternCount(project_id=project_id, **cell._asdict(), pattern=pattern, items=items))
    made = PatternCount.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["project", *Cell._fields],
        update_fields=["items"],
    )
    return {cell: row.pk for cell, row in held.items()} | {
        Cell(row.question, row.kind, row.guideline, row.day, row.digest): row.pk for row in made
    }


def _check_not_negative(count: int, what: object) -> None:
    if count < 0:
        raise Unsound(f"more is taken out than was put in: {what}")


def _forget(places: Iterable[Place]) -> None:
    """Take away what these items put in for these questions."""
    wanted = set(places)
    if wanted:
        rows = ItemPattern.objects.filter(item__in={item for item, _ in wanted})
        keys = rows.values_list("pk", "item_id", "question", "kind")
        gone = [pk for pk, item, key, kind in keys if (item, (key, kind)) in wanted]
        ItemPattern.objects.filter(pk__in=gone).delete()


def _item_pattern(project_id: int, place: Place, part: Part, cell: int) -> ItemPattern:
    item, (question, kind) = place
    return ItemPattern(
        project_id=project_id,
        item_id=item,
        question=question,
        kind=kind,
        cell_id=cell,
        said=part.said,
        labels=len(part.said),
        entropy=contribution.entropy(kind, part.pattern),
    )


def part_of(row: ItemPattern) -> Part:
    """What a stored row says that its item put in; its `cell` is loaded."""
    cell = Cell(row.question, row.kind, row.cell.guideline, row.cell.day, row.cell.digest)
    return Part(cell, row.said)


def _changed(gone: Parts, come: Parts) -> dict[Place, frozenset[Any]]:
    """By place, whose answers differ."""
    nothing: list[tuple[Any, Any]] = []
    return {
        place: contribution.changed(
            gone[place].said_pairs if place in gone else nothing,
            come[place].said_pairs if place in come else nothing,
        )
        for place in gone.keys() | come.keys()
    }


def move_pairs(project_id: int, gone: Parts, come: Parts) -> None:
    """Take out and add the pairs of people."""
    deltas: Counter[tuple[str, str, int, int, str]] = Counter()
    said: dict[str, tuple[Any, Any]] = {}
    who = _changed(gone, come)
    for parts, sign in ((gone, -1), (come, 1)):
        for place, part in parts.items():
            for first, second, one, two in contribution.pairs(part.cell.kind, part.said_pairs, who[place]):
                digest = contribution.digest([one, two])
                said[digest] = (one, two)
                deltas[part.cell.question, part.cell.kind, first, second, digest] += sign
    deltas = Counter({key: count for key, count in deltas.items() if count})
    near = PairCount.objects.filter(
        project=project_id,
        question__in={key[0] for key in deltas},
        first__in={key[2] for key in deltas},
        digest__in={key[4] for key in deltas},
    )
    held = {(row.question, row.kind, row.first_id, row.second_id, row.digest): row.items for row in near}
    totals = {key: held.get(key, 0) + count for key, count in deltas.items()}
    for key, items in totals.items():
        _check_not_negative(items, key)
    PairCount.objects.bulk_create(
        (
            PairCount(
                project_id=project_id,
                question=question,
                kind=kind,
                first_id=first,
                second_id=second,
                one=said[digest][0],
                two=said[digest][1],
                digest=digest,
                items=items,
            )
            for (question, kind, first, second, digest), items in totals.items()
        ),
        update_conflicts=True,
        unique_fields=["project", "question", "kind", "first", "second", "digest"],
        update_fields=["items"],
    )
    if not all(totals.values()):
        PairCount.objects.filter(project=project_id, digest__in={key[4] for key in totals}, items=0).delete()


def move_boundaries(project_id: int, gone: Parts, come: Parts) -> None:
    """Take out and add the boundaries of spans."""
    deltas: Counter[tuple[str, str, str, int, int]] = Counter()
    who = _changed(gone, come)
    for parts, sign in ((gone, -1), (come, 1)):
        for place, part in parts.items():
            found = contribution.boundaries(part.cell.kind, part.said_pairs, who[place])
            for met, times in found.items():
                deltas[(part.cell.question, *met)] += sign * times
    deltas = Counter({key: count for key, count in deltas.items() if count})
    near = BoundaryCount.objects.filter(
        project=project_id,
        question__in={key[0] for key in deltas},
        one__in={key[1] for key in deltas},
        two__in={key[2] for key in deltas},
    )
    held = {(row.question, row.one, row.two, row.start, row.end): row.pairs for row in near}
    totals = {key: held.get(key, 0) + count for key, count in deltas.items()}
    for key, pairs in totals.items():
        _check_not_negative(pairs, key)
    BoundaryCount.objects.bulk_create(
        (
            BoundaryCount(
                project_id=project_id, question=question, one=one, two=two, start=start, end=end, pairs=pairs
            )
            for (question, one, two, start, end), pairs in totals.items()
        ),
        update_conflicts=True,
        unique_fields=["project", "question", "one", "two", "start", "end"],
        update_fields=["pairs"],
    )
    if not all(totals.values()):
        BoundaryCount.objects.filter(project=project_id, pairs=0).delete()
