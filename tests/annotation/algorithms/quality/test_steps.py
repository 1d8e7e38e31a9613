"""The pure steps: what each says of good and of spoilt texts, in English and in Chinese."""

import gzip
import json
import random
import time

import pytest

from annotation.algorithms.quality import encoding, languages, lengths, machine, normalising, sketches
from annotation.algorithms.quality.chunk import Seen, Text, added
from annotation.algorithms.quality.normal import normalise
from tests.annotation.shared_data import shared


def codes(seen: Seen) -> list[tuple[int, str]]:
    """Who was flagged, and as what."""
    return [(one.number, one.code) for one in seen.found]


@pytest.mark.parametrize(
    ("text", "normal", "changes"),
    [
        ("plain text", "plain text", {}),
        ("合同，第三条（甲方）。", "合同，第三条（甲方）。", {}),
        ("a\r\nb\rc", "a\nb\nc", {"line_ends": 2}),
        ("cafe\u0301", "café", {"not_composed": 1}),
        ("a\u200bb\ufeff", "ab", {"zero_width": 2}),
        ("第１２条ＡＢ", "第12条AB", {"full_width": 4}),
        ("a \u00a0b  c\u3000d", "a b c d", {"spaces": 3}),
        ("👩\u200d⚕️ stays", "👩\u200d⚕️ stays", {}),
    ],
)
def test_the_normal_form(text: str, normal: str, changes: dict[str, int]) -> None:
    found = normalise(text)
    assert (found.text, found.changes) == (normal, changes)
    assert normalise(found.text).text == normal


def test_what_would_change_is_counted_by_kind() -> None:
    seen = normalising.look([Text(1, "a\r\nb"), Text(2, "ok"), Text(3, "x\r\n\u200by")])
    assert seen.figures == {"places": {"line_ends": 2, "zero_width": 1}}
    assert codes(seen) == [(1, "would_change"), (3, "would_change")]


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("The tenant’s café – “as is”.", {}),
        ("TNFα and β-blockers, 5 μm; naïve façade; Ærø", {}),
        ("CAFÉ» et «À»", {}),
        ("合同第三条：甲方应付款。", {}),
        ("cafÃ© and naÃ¯ve", {"misread": 2}),
        ("the tenantâ€™s", {"misread": 1}),
        ("ä¸­æ–‡", {"misread": 2}),
        ("中文锟斤拷", {"misread": 1}),
        ("lost \ufffd\ufffd", {"lost": 2}),
        ("bell \x07", {"control": 1}),
        ("A &amp; B&nbsp;C", {"entity": 2}),
        ("pаypal", {"mixed_script": 1}),  # a Cyrillic a
        ("Договор аренды", {}),
    ],
)
def test_encoding_signs(text: str, signs: dict[str, int]) -> None:
    assert encoding.signs_of(text) == signs


def test_lengths_add_up_and_have_fences() -> None:
    seen = lengths.look([Text(1, "two words"), Text(2, "合同"), Text(3, "  ... ")])
    assert (seen.figures["characters"], seen.figures["tokens"], codes(seen)) == (17, 4, [(3, "no_words")])
    steps = {str(lengths.step_of(count)): 10 for count in (90, 100, 110)}
    fences = lengths.fences(steps)
    assert fences is not None
    assert 20 < fences[0] < 60
    assert 200 < fences[1] < 500
    assert lengths.fences({"100": 19}) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The tenant shall pay the rent on the first day of each month.", "en"),
        ("甲方应于每月一日支付租金。", "zh"),
        ("患者给予ECMO支持，CT示双肺渗出。", "zh"),
        ("借主は毎月一日に家賃を支払うものとする。", "ja"),
        ("Der Mieter zahlt die Miete am ersten Tag des Monats.", "de"),
        ("12345 !!", ""),
        ("", ""),
        ("\x00\x07\ufffe", ""),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert languages.language_of(text) == language


def test_only_a_text_that_is_long_enough_contradicts_its_language() -> None:
    seen: dict[int, str] = {}
    found = languages.look(
        [
            Text(1, "The tenant shall pay the rent on the first day.", "zh-Hans"),
            Text(2, "甲方应于每月一日支付租金。", "zh_Hant"),
            Text(3, "OK then", "zh"),
            Text(4, "The tenant shall pay the rent on the first day."),
        ],
        seen,
    )
    assert codes(found) == [(1, "language_differs")]
    assert (seen[2], seen[4], found.figures["unstated"]) == ("zh", "en", 1)


def test_languages_of_real_texts() -> None:
    for name, language in (("finance/finfe_zh", "zh"), ("finance/financial_phrasebank_50agree", "en")):
        with gzip.open(shared(f"data/domain/{name}.jsonl.gz"), "rt") as file:
            texts = [json.loads(line)["text"] for _at, line in zip(range(1000), file, strict=False)]
        seen = [languages.language_of(text) for text in texts]
        wrong = [one for one in seen if one not in (language, "")]
        assert len(wrong) < 10, (name, wrong)
        assert seen.count("") < 60, name


def words(rng: random.Random, count: int) -> list[str]:
    return ["".join(rng.choices("abcdefghijklmnop", k=6)) for _ in range(count)]


def test_near_texts_share_a_key_and_far_ones_do_not() -> None:
    rng = random.Random(1)
    english = words(rng, 120)
    changed = [*english[:60], "changed", *english[61:]]
    chinese = "".join(chr(rng.randrange(0x4E00, 0x8000)) for _ in range(300))
    texts = [
        Text(1, " ".join(english)),
        Text(2, " ".join(changed)),
        Text(3, " ".join(words(rng, 120))),
        Text(4, chinese),
        Text(5, chinese[:150] + "甲" + chinese[150:]),
        Text(6, "short"),
    ]
    found = sketches.sketches_of(texts)
    assert 6 not in found

    def alike(one: int, other: int) -> tuple[bool, float]:
        (first, keys), (second, others) = found[one], found[other]
        return bool(set(keys) & set(others)), sketches.similarity(first, second)

    for pair in ((1, 2), (4, 5)):
        share, similarity = alike(*pair)
        assert share
        assert similarity > 0.9
    share, similarity = alike(1, 3)
    assert not share
    assert similarity < 0.2


def test_keys_are_the_same_in_every_process() -> None:
    text = Text(1, "The tenant shall pay the rent on the first day of each month.")
    assert sketches.exact_key(text) == sketches.exact_key(Text(2, text.text.replace(" ", "  ")))
    assert (
        sketches.sketches_of([text])[1][1][0] == sketches.sketches_of([text, Text(3, text.text * 2)])[1][1][0]
    )


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("As an AI language model, I cannot give legal advice.", True),
        ("作为一个人工智能语言模型，我不能提供法律意见。", True),
        ("好的，以下是合同摘要：", True),
        ("I hope this helps!", True),
        ("The AI model of the plaintiff is a trade secret.", False),
        ("Of course the tenant must pay.", False),
        ("原告希望法院支持其请求。", False),
    ],
)
def test_stock_phrases(text: str, flagged: bool) -> None:
    assert bool(machine.look([Text(1, text)]).found) is flagged


@pytest.mark.parametrize(
    "phrase", ["in the light of all that was said before", "综上所述本所律师认为该条款有效"]
)
def test_a_run_that_many_rows_share_is_flagged_once_a_row(phrase: str) -> None:
    rng = random.Random(2)
    rows = [
        Text(at, f"{' '.join(words(rng, 30))} {phrase} {phrase} {' '.join(words(rng, 5))}") for at in range(6)
    ]
    others = [Text(10 + at, " ".join(words(rng, 40))) for at in range(50)]
    found = machine.look([*others, *rows]).found
    assert [one.number for one in found] == list(range(6))
    assert {one.params["rows"] for one in found} == {6}
    assert all(one.params["phrase"].replace(" ", "") in phrase.replace(" ", "") * 2 for one in found)
    assert machine.look(rows[:4]).found == []


@pytest.mark.parametrize("sign", [" ", "a", "а", "Ã", "é", "&", "甲", "烫", "\n", "\u200b", "as an ai "])
def test_a_long_monotonous_text_takes_no_longer_than_another(sign: str) -> None:
    begun = time.process_time()
    text = [Text(1, (sign * 200_000)[:200_000])]
    for step in (normalising.look, encoding.look, lengths.look, machine.look):
        step(text)
    languages.look(text, {})
    sketches.sketches_of(text)
    assert time.process_time() - begun < 2


def test_figures_of_chunks_add_up() -> None:
    assert added({"a": 1, "b": {"x": 2}}, {"b": {"x": 1, "y": 4}, "c": 5}) == {
        "a": 1,
        "b": {"x": 3, "y": 4},
        "c": 5,
    }
