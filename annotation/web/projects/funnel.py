"""How far a project's items have come: counts by derived state, and why blocked items are blocked."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from annotation.models import Item, Project
from annotation.models.item import ItemState
from annotation.web import charts
from annotation.web.sentences import blocked

ORDER = (
    ItemState.BLOCKED,
    ItemState.STORED,
    ItemState.OPEN,
    ItemState.LABELLED,
    ItemState.DISPUTED,
    ItemState.SETTLED,
)


@dataclass(frozen=True)
class Funnel:
    """`counts` has every state, in the order of the way; `blocked` maps a sentence to a count."""

    counts: dict[str, int]
    blocked: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def settled(self) -> int:
        return self.counts[ItemState.SETTLED]

    @property
    def unsettled(self) -> int:
        return self.total - self.settled

    @property
    def parts(self) -> list[charts.Part]:
        """For the bar: the end of the way first."""
        return [
            charts.Part(str(ItemState(state).label), state, self.counts[state])
            for state in reversed(ORDER)
            if self.counts[state]
        ]

    @property
    def bar(self) -> SafeString:
        return charts.parts(gettext("Items by state"), self.parts)

    @property
    def legend(self) -> SafeString:
        return charts.legend(self.parts)

    @property
    def figures(self) -> list[charts.Part]:
        return [charts.Part(str(ItemState(state).label), state, self.counts[state]) for state in ORDER]


def funnel(project: Project) -> Funnel:
    """Two statements; the second only when something is blocked."""
    rows = (
        Item.objects.filter(project=project)
        .with_state()
        .values_list("state")
        .annotate(Count("pk"))
        .order_by()
    )
    found = dict(rows)
    counts = {state.value: found.get(state.value, 0) for state in ORDER}
    return Funnel(counts, _why(project) if counts[ItemState.BLOCKED] else {})


def _why(project: Project) -> dict[str, int]:
    held = Item.objects.filter(~Q(blocked=""), project=project, labelled_at=None, settled_at=None)
    rows = held.values_list("blocked").annotate(Count("pk")).order_by("blocked")
    return {blocked(code): count for code, count in rows}
