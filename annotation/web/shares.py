"""A share of right answers in words, with its interval."""

from dataclasses import dataclass

from django.utils.translation import gettext

from annotation.algorithms.proportion import interval


@dataclass(frozen=True)
class Share:
    """`right` of `asked`. In per cent: what was seen, and between what the true share lies (95 %)."""

    right: int
    asked: int

    @property
    def percent(self) -> int:
        return round(100 * self.right / self.asked) if self.asked else 0

    @property
    def between(self) -> str:
        """The interval as a sentence's part, empty where nothing was asked."""
        if not self.asked:
            return ""
        low, high = interval(self.right, self.asked)
        return gettext("%(low)s to %(high)s %%") % {"low": round(100 * low), "high": round(100 * high)}
