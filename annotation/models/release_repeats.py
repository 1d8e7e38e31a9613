"""What of a release repeats across its splits, and which personal data in it nobody has looked at. Read-only.

Equal texts are found in the database, by the keys that the check at the door gave each text; items without a text by
their content. Both read the release's members once.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from annotation.models.batch import Batch
from annotation.models.item import Item
from annotation.models.quality import Outcome, QualityFinding, QualityStep, StepKey, TextFacts
from annotation.models.release import Release, ReleaseMember

if TYPE_CHECKING:
    from annotation.algorithms.quality.nearness import Rows

Members = QuerySet[ReleaseMember]
MOST_NEAR = 100_000
"""Items among which near repeats are counted."""
MOST_EXAMPLES = 20
_OF_A_SPLIT = 2


@dataclass(frozen=True)
class Repeat:
    """Items with the same text (`percent` 100), or two that are nearly the same, in different splits.

    `items` are ids, of equal ones at most two of a split; `splits` is the split of each.
    """

    items: tuple[str, ...]
    splits: tuple[str, ...]
    percent: int


@dataclass(frozen=True)
class Repeats:
    """`exact` counts texts that stand in more than one split, `near` items that are nearly the same as one of another
    split: None above MOST_NEAR items. Of `unchecked` items nobody knows: check their batches again.

    `batches` are the ids of up to MOST_EXAMPLES batches that hold unchecked items.
    """

    exact: int
    near: int | None
    unchecked: int
    examples: tuple[Repeat, ...] = ()
    batches: tuple[str, ...] = ()


@dataclass(frozen=True)
class Personal:
    """`findings` nobody has looked at, on `items` items; `unchecked` items were never looked through.

    `examples`: up to MOST_EXAMPLES pairs of an item's id and the code of what was found ("email", "iban", …).
    `batches` are the ids of up to MOST_EXAMPLES batches that hold unchecked items.
    """

    findings: int
    items: int
    unchecked: int
    examples: tuple[tuple[str, str], ...] = ()
    batches: tuple[str, ...] = ()


def across_splits(release: Release) -> Repeats:
    """What repeats across the splits of the release's frozen members. For jobs: near repeats need numpy."""
    members = release.members.all()
    if not members.exclude(split=members.order_by("position").values("split")[:1]).exists():
        return Repeats(0, 0, 0)  # with one split there is nothing to stand across
    unchecked, batches = _unchecked(release, (StepKey.EXACT, StepKey.NEAR))
    exact, examples = 0, list[Repeat]()
    for rows, groups, name in _sames(members):
        exact += groups.count()
        values = list(groups.values_list(name, flat=True)[: MOST_EXAMPLES - len(examples)])
        examples += _same(rows, name, values)
    near, more = _near(members, MOST_EXAMPLES - len(examples))
    return Repeats(exact, near, unchecked, (*examples, *more), batches)


def open_personal(release: Release) -> Personal:
    """What the check at the door found in the release's items and nobody has looked at.

    An item that was set aside after the rows were frozen is still in the release, so its findings count as open.
    """
    unchecked, batches = _unchecked(release, (StepKey.PERSONAL,))
    found = (
        QualityFinding.objects.filter(step=StepKey.PERSONAL)
        .exclude(outcome=Outcome.CLEAR)
        .filter(Exists(release.members.filter(item=OuterRef("item"))))
    )
    counts = found.aggregate(findings=Count("pk"), items=Count("item", distinct=True))
    examples = found.order_by("pk").values_list("item__uid", "code")[:MOST_EXAMPLES]
    return Personal(counts["findings"], counts["items"], unchecked, tuple(examples), batches)


def _sames(members: Members) -> list[tuple[Members, "QuerySet[Any]", str]]:
    """Members and their groups that stand in more than one split: by the key of the texts, without one by content."""
    keyed = members.filter(item__text_facts__key__isnull=False), "item__text_facts__key"
    bare = members.filter(item__text_facts__key=None), "item__content_hash"
    return [
        (
            rows,
            rows.values(name)
            .annotate(first=Min("split"), last=Max("split"))
            .exclude(first=F("last"))
            .order_by(name),
            name,
        )
        for rows, name in (keyed, bare)
    ]


def _same(members: Members, name: str, values: list[Any]) -> list[Repeat]:
    """For each of these values the first items of each split that have it."""
    number = Window(RowNumber(), partition_by=[F(name), F("split")], order_by=F("position").asc())
    rows = members.filter(**{f"{name}__in": values}).annotate(number=number)
    few = rows.filter(number__lte=_OF_A_SPLIT).order_by("position")
    told: dict[Any, list[tuple[str, str]]] = {value: [] for value in values}
    for value, uid, split in few.values_list(name, "item__uid", "split"):
        told[value].append((uid, split))
    return [
        Repeat(tuple(uid for uid, _split in each), tuple(split for _uid, split in each), 100)
        for each in told.values()
    ]


def _near(members: Members, room: int) -> tuple[int | None, list[Repeat]]:
    if members.count() > MOST_NEAR:
        return None, []
    from annotation.algorithms.quality import nearness  # numpy: jobs only

    rows = nearness.rows_of(
        members.exclude(item__text_facts__sketch=b"")
        .filter(item__text_facts__isnull=False)
        .order_by("position")
        .values_list("item_id", "split", "item__text_facts__key", "item__text_facts__sketch")
        .iterator(chunk_size=2000)
    )
    found = nearness.across(rows)
    return len(found), _examples(rows, found, room)


def _examples(rows: "Rows", found: dict[int, tuple[int, float]], room: int) -> list[Repeat]:
    pairs: dict[tuple[int, int], float] = {}
    for one, (other, alike) in found.items():
        if len(pairs) < room:
            pairs.setdefault((min(one, other), max(one, other)), alike)
    ids = {int(rows.items[at]) for pair in pairs for at in pair}
    uids = dict(Item.everything.filter(pk__in=ids).values_list("pk", "uid"))
    return [
        Repeat(
            tuple(uids[int(rows.items[at])] for at in pair),
            tuple(rows.names[rows.splits[at]] for at in pair),
            round(100 * alike),
        )
        for pair, alike in pairs.items()
    ]


def _unchecked(release: Release, steps: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """How many members these steps know nothing of, and batches that hold them.

    Those never checked, or checked before keys were kept; those whose data changed since; and all of a batch in which
    a step failed or was given up.
    """
    never = TextFacts.objects.filter(Q(key__isnull=False) | Q(characters=0), item=OuterRef("item"))
    changed = Item.everything.filter(
        project=release.project_id,
        changed_at__isnull=False,
        changed_at__gte=F("batch__quality_run__begun_at"),
    )
    done = QualityStep.objects.filter(batch__project=release.project_id, key__in=steps, error="")
    whole = done.values("batch").annotate(count=Count("pk")).filter(count=len(steps)).values("batch")
    failed = Batch.objects.filter(project=release.project_id).exclude(pk__in=whole)
    rows = release.members.filter(
        ~Exists(never)
        | Q(item__in=changed.values("pk"))
        | Q(item__in=Item.everything.filter(batch__in=failed).values("pk"))
    )
    count = rows.count()
    if not count:
        return 0, ()
    batches = Batch.objects.filter(project=release.project_id, items__in=rows.values("item"))
    return count, tuple(batches.order_by("pk").distinct().values_list("uid", flat=True)[:MOST_EXAMPLES])
