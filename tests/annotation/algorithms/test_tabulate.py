"""Items by pattern of labels, counted in every way there is, against counting them one by one."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.algorithms.tabulate import tabulated


def _plainly(item: list[int], value: list[int], categories: int) -> dict[tuple[int, ...], int]:
    rows = {one: [0] * categories for one in item}
    for one, label in zip(item, value, strict=True):
        rows[one][label] += 1
    return dict(Counter(map(tuple, rows.values())))


def _check(item: list[int], value: list[int], categories: int) -> None:
    times, counts = tabulated(np.array(item), np.array(value), categories)
    rows = [tuple(row) for row in times.tolist()]
    assert dict(zip(rows, counts.tolist(), strict=True)) == _plainly(item, value, categories)
    assert rows == sorted(rows)


@given(
    st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=5), min_size=1, max_size=30), st.integers(4, 90)
)
def test_items_of_any_size_are_counted(items: list[list[int]], categories: int) -> None:
    item = [at for at, labels in enumerate(items) for _ in labels]
    _check(item, [label for labels in items for label in labels], categories)


@pytest.mark.parametrize(
    ("raters", "categories", "ragged"),
    [(3, 4, False), (3, 4, True), (9, 6, False), (9, 6, True), (20, 2, True), (6, 30, True), (4, 300, False)],
)
def test_every_way_of_counting_gives_the_same(raters: int, categories: int, ragged: bool) -> None:
    random = np.random.default_rng(5)
    item = np.repeat(np.arange(400), raters)
    if ragged:
        item = item[random.random(len(item)) < 0.8]
    value = random.integers(min(3, categories), size=len(item)) * (categories // 3)
    _check(item.tolist(), value.tolist(), categories)


def test_items_without_labels_leave_a_gap_in_the_codes() -> None:
    _check([0, 0, 7, 7, 9], [1, 0, 0, 1, 1], 2)
