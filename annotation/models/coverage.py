"""The lanes of a project that ask the same of people, and whom of many people each rule bars from them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from annotation.algorithms.coverage import Tally
from annotation.models.crowd import ASKS, READS, barred_of, crowd, meeting, rules_for
from annotation.models.item import Item
from annotation.models.project import Project
from annotation.models.rule import Rule

Asked = tuple[str, ...]


@dataclass
class Group:
    """The lanes that ask the same of people. `waiting` counts their items by how many more people each wants."""

    asks: dict[str, str]
    lanes: list[int] = field(default_factory=list)
    waiting: Counter[int] = field(default_factory=Counter)
    tally: Tally = field(default_factory=Tally)

    @property
    def items(self) -> int:
        return self.waiting.total()

    @property
    def slots(self) -> int:
        return sum(slots * items for slots, items in self.waiting.items())


def groups_of(project: Project) -> list[Group]:
    """Those with open items, most items first. One statement over the queue."""
    waiting = Item.objects.filter(lane__project=project, open_slots__gt=0).order_by()
    found: dict[Asked, Group] = {}
    columns = [f"lane__{name}" for name in ASKS]
    rows: Any = waiting.values_list("lane_id", "open_slots", *columns).annotate(Count("pk"))
    for lane, slots, *asked, items in rows:
        group = found.setdefault(tuple(asked), Group(dict(zip(ASKS, asked, strict=True))))
        if lane not in group.lanes:
            group.lanes.append(lane)
        group.waiting[slots] += items
    return sorted(found.values(), key=lambda one: (-one.items, sorted(one.asks.items())))


class Bars:
    """Whom each rule bars of a chunk of experts, as bits in their order."""

    def __init__(self, project: Project, groups: Sequence[Group], experts: Sequence[int]) -> None:
        self.experts = experts
        self.everyone = (1 << len(experts)) - 1
        self._bit = {expert: 1 << at for at, expert in enumerate(experts)}
        who = crowd(project)
        about_people, about_lanes = rules_for(who)
        self._project = [(rule.code, self._bits(barred_of(rule, who, experts))) for rule in about_people]
        self._lanes = [(rule, self._by_asked(rule, project, groups)) for rule in about_lanes]

    def of(self, group: Group) -> list[tuple[str, int]]:
        """The rules that apply to a group of lanes, with whom they bar."""
        return self._project + [(rule.code, found[_asked(rule, group)]) for rule, found in self._lanes]

    def unless(self, codes: Iterable[str]) -> list[int]:
        """The experts whom none of these rules about people bars."""
        barred = 0
        for code, bits in self._project:
            if code in codes:
                barred |= bits
        return [expert for expert, bit in self._bit.items() if not bit & barred]

    def _bits(self, experts: Iterable[int]) -> int:
        return sum(self._bit[expert] for expert in set(experts))

    def _by_asked(self, rule: Rule, project: Project, groups: Sequence[Group]) -> dict[Asked, int]:
        """Lanes alike in what the rule looks at are asked once, by the first of them."""
        first = {group.lanes[0]: _asked(rule, group) for group in reversed(groups)}
        asked = {what: lane for lane, what in first.items()}
        met: dict[int, list[int]] = defaultdict(list)
        for lane, expert in meeting(rule, crowd(project), self.experts, asked.values()):
            met[lane].append(expert)
        return {what: self.everyone & ~self._bits(met[lane]) for what, lane in asked.items()}


def _asked(rule: Rule, group: Group) -> Asked:
    return tuple(group.asks[name] for name in READS.get(rule.code, ASKS))
