"""Which items of a project say the same, or nearly: by keys in the database. All of it in the chunk's transaction."""

from __future__ import annotations

from collections.abc import Mapping

from annotation.algorithms.quality import sketches
from annotation.algorithms.quality.chunk import Found, Seen
from annotation.models import Item, TextFacts, TextKey
from annotation.models.quality import StepKey
from annotation.stages.quality.looking import Looked


def compare(project_id: int, looked: Looked) -> dict[str, Seen]:
    """Keep the keys that nobody has yet, and flag the items whose keys belong to others."""
    pairs = {(key, item) for item, key in looked.exact.items()}
    pairs |= {(key, item) for item, (_sketch, keys) in looked.sketches.items() for key in keys}
    # In the order of the keys, so that two imports never wait for each other; of a chunk the first item has the key.
    TextKey.objects.bulk_create(
        [TextKey(project_id=project_id, key=key, item_id=item) for key, item in sorted(pairs)],
        ignore_conflicts=True,
    )
    holders = _holders(project_id, sorted(pairs))
    same = {item: holders[key] for item, key in looked.exact.items() if holders[key] != item}
    near = _near(looked, holders, same)
    uids = dict(
        Item.objects.filter(pk__in={*same.values(), *(other for other, _ in near.values())}).values_list(
            "pk", "uid"
        )
    )
    seen = {}
    if StepKey.EXACT not in looked.errors and looked.exact:
        found = [Found(item, "same_text", {"item": uids[other]}) for item, other in sorted(same.items())]
        seen[StepKey.EXACT.value] = Seen({"compared": len(looked.exact)}, found)
    if StepKey.NEAR not in looked.errors and looked.sketches:
        found = [
            Found(item, "nearly_same", {"item": uids[other], "percent": round(100 * alike)})
            for item, (other, alike) in sorted(near.items())
        ]
        seen[StepKey.NEAR.value] = Seen({"compared": len(looked.sketches)}, found)
    return seen


def _holders(project_id: int, pairs: list[tuple[int, int]]) -> dict[int, int]:
    """Whose each key is. One whose item was deleted since goes to the first that has it now."""
    held = TextKey.objects.filter(project=project_id, key__in={key for key, _item in pairs})
    holders = dict(held.values_list("key", "item"))
    there = set(Item.objects.filter(pk__in=set(holders.values())).values_list("pk", flat=True))
    for key, item in pairs:
        if holders[key] not in there:
            TextKey.objects.filter(project=project_id, key=key).update(item=item)
            holders[key] = item
            there.add(item)
    return holders


def _near(
    looked: Looked, holders: Mapping[int, int], same: Mapping[int, int]
) -> dict[int, tuple[int, float]]:
    """For each item the one most like it, and how like; equal ones are told of elsewhere."""
    others = {
        item: {holders[key] for key in keys} - {item}
        for item, (_sketch, keys) in looked.sketches.items()
        if item not in same
    }
    wanted = {other for held in others.values() for other in held}
    known = {item: sketch for item, (sketch, _keys) in looked.sketches.items()}
    stored = TextFacts.objects.filter(pk__in=wanted - known.keys()).exclude(sketch=b"")
    known |= {pk: bytes(sketch) for pk, sketch in stored.values_list("pk", "sketch")}
    near = {}
    for item, held in others.items():
        alike = [(sketches.similarity(known[item], known[other]), -other) for other in held if other in known]
        best, other = max(alike, default=(0.0, 0))
        if best >= sketches.ALIKE:
            near[item] = (-other, best)
    return near
