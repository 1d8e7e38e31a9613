"""How far a project's items have come: counts by derived state, and why blocked items are blocked."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from annotation.models import Project
from annotation.models.by_state import ORDER, counted
from annotation.models.item import ItemState
from annotation.web import charts
from annotation.web.sentences import blocked

_KEPT = 5  # seconds
_MANY = 20_000  # items: from here on counting them is what a page waits for


@dataclass(frozen=True)
class Funnel:
    """`counts` has every state, in the order of the way; `held` maps the code of why items are blocked to a count."""

    counts: dict[str, int]
    held: dict[str, int]

    @property
    def blocked(self) -> dict[str, int]:
        """The same with a sentence for the code."""
        return {blocked(code): count for code, count in self.held.items()}

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
    """As it is now. It reads every item of the project once, twice when some are blocked."""
    found = funnels([project])[project.pk]
    cache.set(_key(project), found, _KEPT)
    return found


def funnel_to_show(project: Project) -> Funnel:
    """As it is now; of very many items as it was at most a few seconds ago, since the page counts them again anyway."""
    found: Funnel | None = cache.get(_key(project))
    return found if found and found.total >= _MANY else funnel(project)


def recent_funnel(project: Project) -> Funnel:
    """As it was at most a few seconds ago: many people who watch cost one reading."""
    found: Funnel | None = cache.get(_key(project))
    return found or funnel(project)


def _key(project: Project) -> str:
    return f"funnel:{project.uid}"


def funnels(projects: Collection[Project]) -> dict[int, Funnel]:
    """By project id, in two statements; the second only when something is blocked. Control items are no part of it."""
    return {pk: Funnel(found.counts, found.held) for pk, found in counted(projects).items()}
