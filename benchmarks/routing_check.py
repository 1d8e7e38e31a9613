"""Replay every assignment against the scene's own rules, which share nothing with the queue's."""

from collections import Counter

from annotation.models import Assignment, Item
from benchmarks import routing_scene as scene
from experts.models import Expert


def check() -> tuple[int, list[str]]:
    """How many assignments were looked at, and what is wrong with any of them."""
    number_of = {pk: at for at, pk in enumerate(Expert.objects.order_by("pk").values_list("pk", flat=True))}
    first = Item.objects.order_by("pk").values_list("pk", flat=True)[0]
    wrong: list[str] = []
    seen: set[tuple[int, int]] = set()
    slots: Counter[int] = Counter()
    rows = Assignment.objects.exclude(uid="a0").order_by("pk")
    looked_at = 0
    for pk, expert, item, reasons in rows.values_list("pk", "expert", "item", "reasons").iterator():
        if not reasons:  # written by the scene, as if it had been answered before
            seen.add((expert, item))
            continue
        looked_at += 1
        slots[item] += 1
        who, what = number_of[expert], item - first
        if not scene.may(who, what):
            wrong.append(f"assignment {pk}: expert {who} may not have item {what}")
        if (expert, item) in seen:
            wrong.append(f"assignment {pk}: expert {who} had item {what} before")
        seen.add((expert, item))
    wrong += [
        f"item {item - first}: given {count} times" for item, count in slots.items() if count > scene.OVERLAP
    ]
    taken = dict(Item.objects.filter(open_slots__lt=scene.OVERLAP).values_list("pk", "open_slots"))
    if {item: scene.OVERLAP - left for item, left in taken.items()} != dict(slots):
        wrong.append("slots and assignments do not match")
    return looked_at, wrong
