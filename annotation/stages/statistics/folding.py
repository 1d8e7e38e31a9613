"""Fold what has changed into a project's statistics.

Whatever changes an item's answers, or when it was labelled, disputed or settled, calls `models.noting.note` in its
transaction: one insert. The job `fold` takes what was noted in blocks and counts each item anew: what it had put into
the tables is taken out, what it puts in now is added, and the notes are deleted, in one transaction. So a block that is
done twice, or lost half-way, changes nothing.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from annotation.models import FoldState, Item, ItemTruth, Project, Unfolded, noting
from annotation.models.contributed import Contributed, computed, stored
from annotation.models.counting import Asked, answers_of
from annotation.stages.statistics import fold_tables, proving, publishing
from core import faults, jobs

T = TypeVar("T")
BLOCK = 500  # notes at a time: the tables are locked, and on SQLite everything, while a block is folded


def fold(running: jobs.Running) -> dict[str, Any]:
    """The job: fold all that is noted, a block at a time; then compute the figures anew that it changed.

    What is noted from the last block on asks for a job of its own: where answers keep coming, folding them one by one
    would cost a worker more than labelling costs a web process.
    """
    project = Project.objects.get(pk=running.job.args["project"])
    asked = Asked(project.pk)
    folded, count = 0, BLOCK
    while count == BLOCK:
        count = soundly(running, project, lambda: _fold_block(running, project, asked))
        folded += count
        faults.point("fold.between_blocks")
    figures = publishing.publish(running, project)
    noting.infer_if_due(project)
    return {"folded": folded, "figures": figures}


def soundly(running: jobs.Running, project: Project, block: Callable[[], T]) -> T:
    """Do a block. Where the tables turn out to be unsound, add them up anew and do it again."""
    try:
        return block()
    except fold_tables.Unsound:
        _make_sound(running, project)
        return block()


def _make_sound(running: jobs.Running, project: Project) -> None:
    """Add the tables' sums up anew, and have everything measured anew: somebody else has written to them."""
    with transaction.atomic():
        running.step()
        proving.rebuild(locked(project))
        if running.job.kind != noting.MEASURE and running.job.parent_id is None:
            noting.measure_soon(project)


def _fold_block(running: jobs.Running, project: Project, asked: Asked) -> int:
    """Fold the oldest notes; how many there were."""
    with transaction.atomic():
        running.step(done=running.job.done + 1)
        state = locked(project)
        notes = list(
            Unfolded.objects.filter(project=project).order_by("pk").values_list("pk", "item_id")[:BLOCK]
        )
        if not notes:
            return 0
        count_anew(state, sorted({item for _, item in notes}), asked)
        Unfolded.objects.filter(pk__in=[pk for pk, _ in notes]).delete()
        faults.point("fold.before_commit")
    return len(notes)


def locked(project: Project) -> FoldState:
    """The project's state, locked until the transaction ends: nobody else folds meanwhile."""
    FoldState.objects.get_or_create(project=project)
    return FoldState.objects.select_for_update(no_key=True).get(project=project)


def count_anew(
    state: FoldState, items: Sequence[int], asked: Asked
) -> tuple[fold_tables.Moves, dict[int, Contributed]]:
    """Bring the tables up to date for these items, under the lock of `state`, which is saved.

    By item what changed (what it had put in, and what it puts in now), and what each puts in now.
    """
    was, now = stored(items), computed(items, asked, answers_of(items))
    moves = {item: (was[item], now[item]) for item in items if was[item] != now[item]}
    if not moves:
        return moves, now
    fold_tables.move(state, moves)
    _mark_open(list(moves), {item for item, (_, new) in moves.items() if _is_settled(new)})
    state.blocks += 1
    state.folded_at = timezone.now()
    state.grouped = state.grouped or _share_groups(state.project_id, list(moves))
    state.save()
    return moves, now


def _is_settled(what: Contributed) -> bool:
    return any("settled" in counts for counts in what.days.values())


def _mark_open(items: Sequence[int], settled: set[int]) -> None:
    """Where an item was settled, or is not any more, its inferred truth says so at once."""
    rows = ItemTruth.objects.filter(item__in=items)
    rows.filter(item__in=settled, open=True).update(open=False)
    rows.exclude(item__in=settled).filter(open=False).update(open=True)


def _share_groups(project_id: int, items: Sequence[int]) -> bool:
    """Whether one of these items belongs to a document that several items of the project belong to."""
    keys = set(Item.objects.filter(pk__in=items).exclude(group_key="").values_list("group_key", flat=True))
    if not keys:
        return False
    mates = Item.objects.filter(project=project_id, group_key__in=keys, control=False)
    return len(list(mates.values_list("group_key", flat=True)[: len(keys) + 1])) > len(keys)
