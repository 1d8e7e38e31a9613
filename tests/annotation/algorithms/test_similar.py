"""Which texts are alike: signatures estimate the Jaccard similarity, and likely neighbours share a key."""

from random import Random
from statistics import mean

import pytest

from annotation.algorithms.similar import BINS, band_keys, key, shingles, signature, similarity

CLAUSE = "The tenant shall pay the rent within thirty days of the first of each month, failing which interest runs."
CHINESE = "发包人未按约定支付工程款，经催告后二十八日内仍未支付的，承包人有权停工。"


def test_the_same_text_is_fully_alike_whatever_case_width_or_spaces() -> None:
    assert similarity(signature(CLAUSE), signature(CLAUSE.upper().replace(" ", "  "))) == 1
    assert similarity(signature("ＡＢＣ １２３ def"), signature("abc 123 def")) == 1


def test_a_changed_word_leaves_most_of_it_alike_and_another_text_next_to_nothing() -> None:
    other = signature(
        "Turnover rose by four per cent; the board proposes a dividend of eleven pence a share."
    )
    assert similarity(signature(CLAUSE), signature(CLAUSE.replace("thirty", "sixty"))) > 0.6
    assert similarity(signature(CLAUSE), other) < 0.15


def test_chinese_is_compared_by_characters() -> None:
    near = signature(CHINESE.replace("二十八日", "三十日"))
    far = signature("出院时血钾偏高，两周后门诊复查，必要时提前就诊。")
    assert similarity(signature(CHINESE), near) > 0.6
    assert similarity(signature(CHINESE), far) < 0.15


@pytest.mark.parametrize("text", ["", " \n", "…!?"])
def test_a_text_without_words_is_like_nothing(text: str) -> None:
    assert signature(text) == ()
    assert band_keys("p", ()) == []
    assert similarity(signature(text), signature(CLAUSE)) == 0


def test_the_share_of_equal_bins_estimates_the_jaccard_similarity() -> None:
    rng = Random(7)
    words = [f"w{at}" for at in range(400)]
    errors = []
    for _ in range(200):
        first = rng.sample(words, 60)
        second = [word if rng.random() < 0.8 else rng.choice(words) for word in first]
        one, other = " ".join(first), " ".join(second)
        exact = len(shingles(one) & shingles(other)) / len(shingles(one) | shingles(other))
        errors.append(similarity(signature(one), signature(other)) - exact)
    assert abs(mean(errors)) < 0.02
    assert mean(error**2 for error in errors) ** 0.5 < 1.2 * 0.5 / BINS**0.5


def test_alike_texts_share_a_key_in_the_same_scope_only() -> None:
    one, other = signature(CLAUSE), signature(CLAUSE.replace("thirty", "sixty"))
    assert set(band_keys("p:q:", one)) & set(band_keys("p:q:", other))
    assert not set(band_keys("p:q:", one)) & set(band_keys("p:q:room", other))


def test_keys_fit_a_database_s_integer() -> None:
    keys = [key("labels", str(at)) for at in range(2000)]
    assert len(set(keys)) == len(keys)
    assert all(-(2**63) <= one < 2**63 for one in keys)
