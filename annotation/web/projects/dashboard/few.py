"""When a figure rests on too few items, and how the page says so."""

from collections.abc import Iterable

from django.utils.translation import ngettext

from annotation.algorithms.statistic import FEW_ITEMS as FEW
from annotation.algorithms.statistic import FEW_WITH_LABEL
from annotation.models import Agreement

__all__ = ["FEW", "FEW_WITH_LABEL", "few"]


def few(rows: Iterable[Agreement]) -> list[str]:
    """The note below a picture in which figures of few items are grey; none where there are none."""
    least = min((row.items for row in rows), default=FEW)
    if least >= FEW:
        return []
    return [
        ngettext(
            "Grey: fewer than 100 items (the least here is %(items)s item), not ground for a decision.",
            "Grey: fewer than 100 items (the least here is %(items)s items), not ground for a decision.",
            least,
        )
        % {"items": least}
    ]
