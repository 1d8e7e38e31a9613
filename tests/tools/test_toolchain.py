"""Which Node is taken."""

import pytest

from tools.toolchain import _new_enough


@pytest.mark.parametrize("version", [(20, 19, 0), (20, 20, 2), (22, 12, 0), (24, 19, 0)])
def test_a_node_that_vite_runs_on_is_taken(version: tuple[int, ...]) -> None:
    assert _new_enough(version)


@pytest.mark.parametrize("version", [(), (18, 20, 0), (20, 11, 1), (21, 7, 0), (22, 11, 0)])
def test_another_is_left_for_the_wheel(version: tuple[int, ...]) -> None:
    assert not _new_enough(version)
