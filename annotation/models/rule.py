"""What a rule of eligibility is."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q
from django.utils.functional import Promise

from annotation.models.candidate import Candidate
from core.refusals import NotQualified, Refusal


class About(StrEnum):
    """What a rule looks at: all of a project, what a lane asks, or one item."""

    PROJECT = "project"
    LANE = "lane"
    ITEM = "item"


@dataclass(frozen=True)
class Rule:
    """`applies` says whether a project asks for it, `bars` what it keeps from a candidate, `why` says so.

    `bars(candidate, at)` is a condition over lanes (`at` is "") or over items (`at` is "lane__"); a rule about items
    is asked of items only. `private` rules would tell the candidate what an item is about, so that only leads are told
    which item they keep. `refusal` is raised with `why` and the next `step`.
    """

    code: str
    about: About
    applies: Callable[[Candidate], bool]
    bars: Callable[[Candidate, str], Q]
    why: str | Promise
    private: bool = False
    refusal: type[Refusal] = NotQualified
    step: str | Promise | None = None


def always(candidate: Candidate) -> bool:
    """The rule applies in every project."""
    return True
