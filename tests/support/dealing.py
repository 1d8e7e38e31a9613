"""How pytest-xdist deals tests out to its processes: those of a whole Assay to one of them, in their order.

Its own `--dist loadgroup` does not see groups with pytest 9.2 (pytest-xdist issue 1386), so the folder tells.
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

WHOLE = (
    *("tests/browser/", "tests/durability/", "tests/soak/", "tests/stories/"),
    *("tests/core/test_up.py", "tests/core/test_scratch.py"),
)
MARKS = ("stack", "browser")


class Dealing(LoadScopeScheduling):  # type: ignore[misc]  # pytest-xdist has no types
    """Every test by itself, but for those of a whole Assay, which come first."""

    def _split_scope(self, nodeid: str) -> str:
        return "a whole Assay" if nodeid.startswith(WHOLE) else nodeid


def check(items: list[pytest.Item]) -> None:
    """Raise `pytest.UsageError` for a test of a whole Assay that lies elsewhere: it would start a second one."""
    for item in items:
        marked = any(item.get_closest_marker(mark) for mark in MARKS)
        if marked and not item.nodeid.startswith(WHOLE):
            raise pytest.UsageError(f"{item.nodeid} runs against a whole Assay and belongs in one of {WHOLE}")
