"""A measure that raises is named, logged, and costs the others nothing."""

from collections.abc import Callable

import pytest

from annotation.algorithms import figures, full_figures, span_figures
from annotation.algorithms.figures import Figure, Table
from annotation.algorithms.statistic import Reason
from annotation.algorithms.study import Study

LABELS = Study.from_triples(
    (at, rater, label) for at, said in enumerate(["ab", "aa", "bb"]) for rater, label in enumerate(said)
)
NUMBERS = Study.from_triples(
    (at, rater, int(label)) for at, said in enumerate(["12", "11", "23"]) for rater, label in enumerate(said)
)
TEXTS = Study.from_triples((at, rater, ("a b",)) for at in range(3) for rater in range(2))
SPANS = Study.from_triples(
    [(at, rater, ((0, 3 + rater, "a"),)) for at in range(3) for rater in range(2)],
    extents=dict.fromkeys(range(3), 9),
)
TABLE = Table("choice", ["a", "b"], [([["a", 2]], 3), ([["a", 1], ["b", 1]], 2), ([["b", 2]], 2)])


@pytest.mark.parametrize(
    ("module", "name", "made"),
    [
        (full_figures, "conger_kappa", lambda: full_figures.full_figures("choice", LABELS, seed=1)),
        (full_figures, "icc", lambda: full_figures.full_figures("number", NUMBERS, seed=1)),
        (full_figures, "text_similarity_of", lambda: full_figures.full_figures("text", TEXTS, seed=1)),
        (span_figures, "relaxed_f1", lambda: span_figures.span_figures(SPANS, ["a"], seed=1)),
        (span_figures, "_gammas", lambda: span_figures.span_figures(SPANS, ["a"], seed=1)),
        (span_figures, "alpha_unitizing", lambda: span_figures.span_figures(SPANS, ["a"], seed=1)),
        (figures, "krippendorff_alpha", lambda: figures.figures(TABLE, seed=1)),
        (figures, "label_alpha", lambda: figures.figures(TABLE, seed=1)),
    ],
)
def test_the_others_are_as_they_were(
    module: object,
    name: str,
    made: Callable[[], list[Figure]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by nothing")

    whole = made()
    monkeypatch.setattr(module, name, broken)
    found = made()
    assert [(one.statistic.kind, one.label) for one in found] == [
        (one.statistic.kind, one.label) for one in whole
    ]
    failed = [one for one in found if one.statistic.reason == Reason.NOT_COMPUTED]
    assert failed
    assert all(one.statistic.value is None for one in failed)
    assert "ZeroDivisionError: by nothing" in caplog.text
    for one, other in zip(found, whole, strict=True):
        assert one in failed or one == other
