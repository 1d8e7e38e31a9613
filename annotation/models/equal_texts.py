"""Equal texts in different groups: where such a text is drawn already, and which new groups share one. Read-only.

Texts are equal by the key that the check at the door gave them, by which the gate finds repeats across splits. A key is
looked up by the first item of the project that has it: one statement, however large the project is. Where that item is
not drawn (it is not settled yet) it is not known that another one is.
"""

from collections.abc import Iterable, Mapping

from annotation.models.quality import TextFacts, TextKey


def text_keys(items: Iterable[int]) -> dict[int, int]:
    """By item, in their order, the key of its text; what has no text, or was not checked, has none. One statement."""
    rows = TextFacts.objects.filter(pk__in=list(items), key__isnull=False).order_by("pk")
    return {pk: key for pk, key in rows.values_list("pk", "key") if key is not None}


def drawn_texts(project_id: int, keys: Iterable[int]) -> dict[int, str]:
    """The split of those of these texts whose first item is drawn. One statement."""
    firsts = TextKey.objects.filter(project=project_id, key__in=set(keys), item__drawn__isnull=False)
    return dict(firsts.order_by().values_list("key", "item__drawn__split"))


def first_sharing(groups: Mapping[int, str], keys: Mapping[int, int]) -> dict[str, str]:
    """For each group of a chunk the first one that shares a text with it, directly or through others; else itself."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while (over := above.get(name, name)) != name:
            above[name] = name = above.get(over, over)
        return name

    first: dict[int, str] = {}
    order = {name: at for at, name in enumerate(dict.fromkeys(groups.values()))}
    for item, name in groups.items():
        if item in keys:
            low, high = sorted((top(first.setdefault(keys[item], name)), top(name)), key=order.__getitem__)
            if low != high:
                above[high] = low
    return {name: top(name) for name in order}
