"""What every method answers, whatever it believes of people."""

from __future__ import annotations

import numpy as np
import pytest

from annotation.algorithms.truth import METHODS, Fit, Labels, Method, fit
from tests.annotation.algorithms.truth.crowds import simulated

EACH = pytest.mark.parametrize("method", METHODS)


def _triples(labels: Labels) -> list[tuple[str, str, str]]:
    rows = zip(labels.item.tolist(), labels.annotator.tolist(), labels.value.tolist(), strict=True)
    return [(f"i{i:04}", f"w{w:03}", f"c{v}") for i, w, v in rows]


@EACH
def test_the_order_of_rows_makes_no_difference(method: Method) -> None:
    labels, _ = simulated(3, items=60, annotators=9, each=4, classes=3)
    triples = _triples(labels)
    one = fit(Labels.from_triples(triples), method)
    shuffled = [triples[at] for at in np.random.default_rng(1).permutation(len(triples))]
    two = fit(Labels.from_triples(shuffled), method)
    assert np.array_equal(one.posterior, two.posterior)
    assert np.array_equal(one.confusion, two.confusion)


@EACH
def test_names_make_no_difference_but_to_ties(method: Method) -> None:
    labels, _ = simulated(5, items=60, annotators=9, each=4, classes=3)
    triples = _triples(labels)
    one = fit(Labels.from_triples(triples), method)
    named = [(f"x{9999 - int(i[1:])}", f"y{999 - int(w[1:])}", v) for i, w, v in triples]
    two = fit(Labels.from_triples(named), method)
    assert np.allclose(one.posterior, two.posterior[::-1], atol=1e-6)


@EACH
def test_rows_are_probabilities(method: Method) -> None:
    found = fit(simulated(7, items=80, annotators=12, each=3, classes=4)[0], method)
    for table in (found.posterior, found.confusion, found.prior, found.crowd):
        assert np.allclose(table.sum(axis=-1), 1)
        assert np.all((table >= 0) & (table <= 1))


@EACH
def test_all_the_same_labels_are_believed(method: Method) -> None:
    same = fit(Labels.from_triples([(i, w, "a") for i in range(5) for w in range(3)], classes="ab"), method)
    assert same.answer.tolist() == [0] * 5
    assert np.all(same.posterior[:, 0] > 0.5)
    alone = fit(Labels.from_triples([(i, w, "a") for i in range(5) for w in range(3)]), method)
    assert alone.posterior.tolist() == [[pytest.approx(16 / 17)]] * 5


@EACH
def test_one_item_and_one_annotator_are_answered(method: Method) -> None:
    one_item = fit(Labels.from_triples([(1, "ann", "a"), (1, "bob", "a"), (1, "cid", "b")]), method)
    assert one_item.answer.tolist() == [0]
    one_annotator = fit(Labels.from_triples([(at, "ann", "ab"[at % 2]) for at in range(6)]), method)
    assert one_annotator.answer.tolist() == [0, 1, 0, 1, 0, 1]


@EACH
def test_an_item_without_labels_has_the_prior(method: Method) -> None:
    labels = Labels.from_codes("xyz", "uvw", "ab", [0, 0, 0, 2, 2, 2], [0, 1, 2, 0, 1, 2], [0, 0, 0, 1, 1, 1])
    found = fit(labels, method)
    assert np.allclose(found.posterior[1], found.prior, atol=0.02)


@EACH
def test_no_label_at_all_says_nothing(method: Method) -> None:
    found = fit(Labels.from_codes("xy", "u", "ab", [], [], []), method)
    assert np.allclose(found.posterior, 0.5)
    assert np.allclose(found.crowd, 0.5)


def test_two_people_cannot_tell_who_is_right() -> None:
    """They differ on ten items of forty, always the same way round: neither is believed, each answer ties."""
    triples = [(i, w, "ab"[i % 2]) for i in range(30) for w in ("ann", "bob")]
    triples += [(i, w, v) for i in range(30, 40) for w, v in (("ann", "a"), ("bob", "b"))]
    found = fit(Labels.from_triples(triples))
    assert found.top[30:].all()
    assert found.correctness(np.zeros(40, dtype=np.int64))[30:].tolist() == [0.5] * 10


def test_an_answer_that_nobody_gave_scores_nothing() -> None:
    found = fit(Labels.from_triples([(1, "ann", "a"), (1, "bob", "b")]), "majority")
    assert found.correctness(np.array([-1])).tolist() == [0.0]
    assert found.correctness(np.array([1])).tolist() == [0.5]


def test_votes_of_a_new_item_are_weighed_as_learned() -> None:
    labels, truth = simulated(11, items=300, annotators=12, each=5, classes=2, right=[0.95] * 6 + [0.5] * 6)
    found = fit(labels)
    good, bad = found.posterior_of([(0, 1)])[1], found.posterior_of([(11, 1)])[1]
    assert good > found.posterior_of([(-1, 1)])[1] > bad
    assert isinstance(found, Fit)
    assert found.correctness(truth).mean() > fit(labels, "majority").correctness(truth).mean()


def test_tables_that_no_memory_holds_are_refused() -> None:
    labels = Labels.from_codes(range(2), range(100), range(2000), [0, 1], [0, 1], [0, 1])
    with pytest.raises(ValueError, match="too many"):
        fit(labels)


@pytest.mark.parametrize("classes", ["a", "ab"])
def test_no_number_of_labels_makes_an_answer_certain(classes: str) -> None:
    many = Labels.from_triples([(i, w, "a") for i in range(40) for w in range(60)], classes=classes)
    sure = fit(many).posterior[:, 0]
    assert np.all(sure < 1)
    assert np.all(sure > 0.999)


def test_codes_must_name_something() -> None:
    with pytest.raises(ValueError, match="names nothing"):
        Labels.from_codes("x", "u", "ab", [0], [1], [0])
    with pytest.raises(ValueError, match="no method"):
        fit(Labels.from_triples([(1, 1, 1)]), "vote")  # type: ignore[arg-type]
