"""Draw the items of a project into the splits of its releases, once: later versions of the dataset keep what was drawn.

What stays together is a group, and a later item of a group goes where the group is. A new group that holds a text which
is drawn already goes where the text is (of several, where that of its first item is). The draw can be repeated: the
same items in the same order, with the same seed, are drawn alike. Each call is one chunk in the caller's transaction: a
job that is killed goes on where it was, and comes to the same.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from annotation.algorithms.canonical import sha256_hex
from annotation.algorithms.splitting import Counts, Group, check_shares, draw
from annotation.algorithms.verdict import canonical_value
from annotation.formats.repeat_key import repeat_key
from annotation.formats.schema import FieldKind, Kind
from annotation.models.equal_texts import drawn_texts, first_sharing, text_keys
from annotation.models.gold import GoldLabel
from annotation.models.item import Item
from annotation.models.item_split import ItemSplit
from annotation.models.linked import Linked, first_parties
from annotation.models.newest import newest_schema
from annotation.models.project import Project
from annotation.models.release_policy import ReleasePolicy, SplitBy

AT_ONCE = 1000
_READ_AT_ONCE, _DOCUMENTS_AT_ONCE = 200, 10
"""Data of so many items are held at a time: a document may have millions of characters."""
_MOST_KEPT = 50_000
"""Groups whose split is remembered from chunk to chunk: a large one is not looked up again and again."""
STRATIFIED = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.RATING})
"""Kinds of question whose gold labels can be spread evenly; an item with several is in as many strata."""


class _Row(NamedTuple):
    pk: int
    group_key: str
    source: str
    batch_source: str


class Drawing:
    """A draw that goes on chunk by chunk: it keeps the counts of what is drawn, and the groups it saw last.

    Of two at once each draws its own chunks and finds the other's groups; the project's row is locked meanwhile. After
    a chunk that was rolled back it is of no use any more. Raises ValueError for shares that do not add up to 1.
    """

    def __init__(self, project: Project, policy: ReleasePolicy) -> None:
        self._project, self._policy = project, policy
        self._shares = check_shares(policy.shares)
        self._schema = newest_schema(project).schema
        question = self._schema.by_key.get(policy.stratify)
        self._question = question if question and question.kind in STRATIFIED else None
        self._counts = self._counted()
        self._linked = Linked(project.pk) if policy.split_by == SplitBy.PARTY else None
        self._kept: dict[str, str] = {}

    def some(self, items: "QuerySet[Item]", after: int) -> int | None:
        """Draw the next of `items` beyond the id `after` that are not drawn; the last one's id, None at the end.

        Eleven statements at most, and the rows' writing.
        """
        list(Project.objects.select_for_update(no_key=True).filter(pk=self._project.pk).values_list("pk"))
        undrawn = items.filter(pk__gt=after, drawn=None).order_by("pk")
        columns = ("pk", "group_key", "source", "batch__source")
        rows = [_Row(*row) for row in undrawn.values_list(*columns)[:AT_ONCE]]
        if not rows:
            return None
        groups = self._groups(rows)
        splits = self._split(groups)
        ItemSplit.objects.bulk_create(
            ItemSplit(item_id=pk, project=self._project, split=splits[group], group=group)
            for pk, group in groups.items()
        )
        if self._linked:
            self._linked.drew(groups)
        return rows[-1].pk

    def _split(self, groups: Mapping[int, str]) -> dict[str, str]:
        """The split of each group: where it is, or where it is drawn now."""
        strata = self._strata(groups)
        sizes: dict[str, Group] = {}
        for pk, name in groups.items():
            group = sizes.setdefault(name, Group())
            group.items += 1
            group.strata.update(strata.get(pk, ()))
        splits = self._known(sizes)
        for name, split in splits.items():
            self._counts.add(split, sizes[name])
        splits.update(
            self._new(groups, {name: one for name, one in sizes.items() if name not in splits}, splits)
        )
        for name, split in splits.items():
            self._kept.pop(name, None)
            self._kept[name] = split
        while len(self._kept) > _MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        return splits

    def _new(
        self, items: Mapping[int, str], groups: Mapping[str, Group], known: Mapping[str, str]
    ) -> dict[str, str]:
        """The split of each group that is new; those that share a text stay together, and go where the text is."""
        texts = text_keys(items) if groups and self._policy.split_by != SplitBy.ITEM else {}
        where = drawn_texts(self._project.pk, texts.values()) if texts else {}
        for pk, key in texts.items():
            if items[pk] in known:
                where.setdefault(key, known[items[pk]])
        own = {pk: name for pk, name in items.items() if name in groups}
        speaker = first_sharing(own, texts)
        found: dict[str, str] = {}
        wholes: dict[str, Group] = {}
        for pk, name in own.items():
            if texts.get(pk) in where:
                found.setdefault(speaker[name], where[texts[pk]])
        for name, group in groups.items():
            whole = wholes.setdefault(speaker[name], Group())
            whole.items += group.items
            whole.strata.update(group.strata)
        for name, split in found.items():
            self._counts.add(split, wholes.pop(name))
        found.update(draw(wholes, self._shares, self._policy.seed, self._counts))
        return {name: found[speaker[name]] for name in groups}

    def _known(self, groups: Iterable[str]) -> dict[str, str]:
        found = {name: self._kept[name] for name in groups if name in self._kept}
        drawn = ItemSplit.objects.filter(project=self._project, group__in=set(groups) - found.keys())
        return {**found, **dict(drawn.order_by().values_list("group", "split").distinct())}

    def _groups(self, rows: Sequence[_Row]) -> dict[int, str]:
        """By item, the hash of what it stays together with; where its kind of group is not named, of its own text."""
        by: Mapping[int, str] = {}
        match self._policy.split_by:
            case SplitBy.GROUP:
                by = {row.pk: named("group", row.group_key) for row in rows if row.group_key}
            case SplitBy.SOURCE:
                sources = {row.pk: row.source or row.batch_source for row in rows}
                by = {pk: named("source", source) for pk, source in sources.items() if source}
            case SplitBy.PARTY:
                by = self._by_party([row.pk for row in rows])
        rest = self._by_text([row.pk for row in rows if row.pk not in by])
        return {row.pk: by[row.pk] if row.pk in by else rest[row.pk] for row in rows}

    def _by_party(self, items: Sequence[int]) -> dict[int, str]:
        speakers = self._linked.speakers(items) if self._linked else {}
        drawn = dict(ItemSplit.objects.filter(pk__in=set(speakers.values())).values_list("pk", "group"))
        parties = first_parties(set(speakers.values()) - drawn.keys())
        named_by = {**{pk: named("party", key) for pk, key in parties.items()}, **drawn}
        return {item: named_by[one] for item, one in speakers.items() if one in named_by}

    def _by_text(self, items: Sequence[int]) -> dict[int, str]:
        if not items:
            return {}
        documents = any(field.kind is FieldKind.PAGES for field in self._schema.fields)
        rows = Item.objects.filter(pk__in=items).order_by().values_list("pk", "data")
        read = rows.iterator(chunk_size=_DOCUMENTS_AT_ONCE if documents else _READ_AT_ONCE)
        return {pk: named("item", repeat_key(self._schema, data)) for pk, data in read}

    def _strata(self, items: Iterable[int]) -> dict[int, list[str]]:
        if self._question is None:
            return {}
        gold = GoldLabel.objects.current().filter(item__in=list(items), question=self._question.key)
        return {item: self._strata_of(value) for item, value in gold.values_list("item_id", "value")}

    def _strata_of(self, value: Any) -> list[str]:
        kind = self._question.kind if self._question else Kind.CHOICE
        several = kind == Kind.CHOICES and isinstance(value, list)
        return [canonical_value(Kind.CHOICE, one).decode() for one in (value if several else [value])]

    def _counted(self) -> Counts:
        """How many items of the project are drawn into each split already, by the labels that hold now."""
        counts = Counts()
        drawn = ItemSplit.objects.filter(project=self._project).order_by().values_list("split")
        for split, items in drawn.annotate(Count("pk")):
            counts.add(split, Group(items))
        if self._question is None:
            return counts
        gold = GoldLabel.objects.current().filter(
            project=self._project, question=self._question.key, item__drawn__project=self._project
        )
        labels = gold.order_by().values_list("item__drawn__split", "value").annotate(Count("pk"))
        for split, value, items in labels.iterator(chunk_size=AT_ONCE):
            counts.add(split, Group(0, Counter(dict.fromkeys(self._strata_of(value), items))))
        return counts


def named(kind: str, name: str) -> str:
    """The hash of a group."""
    return sha256_hex(f"{kind}\n{name}".encode())
