"""What a claim is made with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from annotation.models.assignment import Assignment
from annotation.models.lane import Desk
from annotation.models.queue.planning import Ranked
from core.models import User


@dataclass(frozen=True)
class Taking:
    """`like` is the assignment but for what the item and its lane add; `reasons` says why an item of a lane.

    `desk` is locked and has `plan` and `planned_at` as they are to be stored; `replanned` says that they are new.
    `most`: how many the expert may hold with this one.
    """

    like: Assignment
    desk: Desk
    by: User
    week: date
    replanned: bool
    reasons: Callable[[Ranked], list[dict[str, Any]]]
    most: int = 1

    @property
    def week_taken(self) -> int:
        """How many items it will be this week."""
        return self.desk.week_taken + 1 if self.desk.week == self.week else 1
