"""Similarities of texts by hand, and what they say where there is no value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.algorithms.statistic import Reason
from annotation.algorithms.study import Study
from annotation.algorithms.text_similarity import alike, distance, edits, exact, ngrams, normalised
from annotation.algorithms.texts import SIMILARITIES, text_edits, text_exact, text_similarity_of

TEXT = st.text(alphabet="abc d", max_size=8)


def test_edits_are_those_of_levenshtein() -> None:
    assert distance("kitten", "sitting") == 3
    assert distance("", "abc") == 3
    assert edits("kitten", "sitting") == pytest.approx(1 - 3 / 7)
    assert edits("", "") == 1.0


@given(TEXT, TEXT)
def test_edits_are_the_least_there_are(one: str, other: str) -> None:
    assert distance(one, other) == _least_edits(one, other) == distance(other, one)


@given(TEXT, TEXT)
def test_similarities_are_symmetric_and_between_nothing_and_one(one: str, other: str) -> None:
    for similarity in SIMILARITIES.values():
        assert similarity(one, one) == 1.0
        assert similarity(one, other) == similarity(other, one)
        assert 0.0 <= similarity(one, other) <= 1.0


def test_case_width_spaces_and_punctuation_are_set_aside() -> None:
    assert normalised("  Ａbc,\u3000def! ") == "abc def"
    assert alike("Yes, it is.", "yes it is") == 1.0
    assert alike("肺炎。", "肺炎") == 1.0
    assert exact("Yes, it is.", "yes it is") == 0.0
    assert exact("e\u0301", "é") == 1.0


def test_runs_of_characters_are_counted_by_length() -> None:
    assert ngrams("ab", "ab") == 1.0
    # one character: both of "ab" and "ac" share a of two; two characters: nothing
    assert ngrams("ab", "ac") == pytest.approx((0.5 + 0.0) / 2)
    assert ngrams("a b", "ab") == 1.0
    assert ngrams("", "ab") == 0.0


def _study(*answers: tuple[int, str, str]) -> Study:
    return Study.from_triples(answers)


def test_items_weigh_alike_however_many_wrote() -> None:
    study = _study((1, "x", "a"), (1, "y", "a"), (1, "z", "b"), (2, "x", "c"), (2, "y", "c"))
    found = text_exact(study, seed=1)
    assert found.value == pytest.approx((1 / 3 + 1) / 2)
    assert found.observed == pytest.approx(1 / 3)
    assert not found.chance_corrected
    assert "no_agreement_coefficient" in {warning.code for warning in found.warnings}
    assert found.low is not None
    assert found.high is not None
    assert found.low <= 2 / 3 <= found.high


def test_a_pair_of_blank_texts_is_left_out_and_one_blank_text_is_unlike() -> None:
    study = _study((1, "x", ""), (1, "y", " "), (2, "x", "a"), (2, "y", ""))
    found = text_edits(study, seed=1)
    assert (found.value, found.items) == (0.0, 1)


def test_texts_of_several_fields_are_joined() -> None:
    study = Study.from_triples([(1, "x", ("a", "b")), (1, "y", ("a", "b"))])
    assert text_exact(study, seed=1).value == 1.0


@pytest.mark.parametrize(
    ("study", "reason"),
    [
        (_study(), Reason.NO_LABELS),
        (_study((1, "x", "a")), Reason.ONE_ANNOTATOR),
        (_study((1, "x", "a"), (2, "y", "a")), Reason.NO_SHARED_ITEMS),
        (_study((1, "x", ""), (1, "y", " ")), Reason.NO_TEXT),
    ],
)
def test_too_little_has_a_name(study: Study, reason: Reason) -> None:
    for kind in SIMILARITIES:
        found = text_similarity_of(study, kind, seed=1)
        assert (found.value, found.reason) == (None, reason)


def test_other_names_and_labels_are_refused() -> None:
    with pytest.raises(ValueError, match="no similarity"):
        text_similarity_of(_study(), "meaning", seed=1)
    with pytest.raises(TypeError, match="not a text"):
        text_exact(Study.from_triples([(1, "x", 3), (1, "y", 4)]), seed=1)


def _least_edits(one: str, other: str) -> int:
    if not one or not other:
        return max(len(one), len(other))
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for at in range(len(one) + 1):
        for to in range(len(other) + 1):
            if not at or not to:
                table[at][to] = at + to
                continue
            change = table[at - 1][to - 1] + (one[at - 1] != other[to - 1])
            table[at][to] = min(change, table[at - 1][to] + 1, table[at][to - 1] + 1)
    return table[-1][-1]
