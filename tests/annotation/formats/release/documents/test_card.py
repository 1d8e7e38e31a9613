"""The card: Hugging Face's tools read its front matter and load the data by it; strangers' words stay words."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from huggingface_hub import DatasetCard, DatasetCardData
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from annotation.formats.release.documents import body_of, written
from annotation.formats.release.documents import facts as told
from annotation.formats.release.documents.card_words import WORDS
from annotation.formats.release.documents.front_matter import front_matter, licence
from annotation.formats.release.documents.plain import escaped
from tests.annotation.formats.release.documents.scene import FACTS, ROWS, WITH_INFO, entry, lay, record

GITHUB = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
HOSTILE = "<script>alert(1)</script> **bold** [link](http://x) | cell ![i](y) `code`\n# heading\n---\n- item &lt; ~~s~~"


def rendered(text: str) -> str:
    """As a page with raw HTML allowed would show it: the worst reader."""
    return str(GITHUB.render(text))


def cards(facts: told.Facts) -> dict[str, str]:
    """Both cards of a release without files."""
    return {
        path: content.decode() for path, content in written(facts, []).items() if path.startswith("README")
    }


def test_load_dataset_loads_the_folder_with_its_features(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    import datasets

    lay(tmp_path / "release", WITH_INFO)
    loaded = datasets.load_dataset(str(tmp_path / "release"), cache_dir=str(tmp_path / "cache"))
    assert {split: rows.num_rows for split, rows in loaded.items()} == ROWS
    assert loaded["train"].features["verdict"].names == ["breach", "no: breach\n---\n“😀”"]
    texts = [row["data"]["text"] for row in record(tmp_path / "release", "train")]
    assert loaded["train"]["text"][:] == texts


def test_without_parquet_the_record_is_what_loads(tmp_path: Path) -> None:
    import datasets

    lay(tmp_path / "release", parquet=False)
    loaded = datasets.load_dataset(str(tmp_path / "release"), cache_dir=str(tmp_path / "cache"))
    assert {split: rows.num_rows for split, rows in loaded.items()} == ROWS
    assert [row["id"] for row in record(tmp_path / "release", "test")] == loaded["test"]["id"][:]


def test_the_hub_reads_its_front_matter(tmp_path: Path) -> None:
    lay(tmp_path, WITH_INFO)
    data = DatasetCard.load(tmp_path / "README.md").data
    assert isinstance(data, DatasetCardData)
    assert data.pretty_name == "Leases: 租约 😀"
    assert data.language == ["en", "zh"]
    assert data.license == "cc-by-4.0"
    assert data.size_categories == ["n<1K"]
    assert data.task_categories == ["text-classification", "token-classification"]
    splits = {one["split"]: one["path"] for one in vars(data)["configs"][0]["data_files"]}
    assert splits == {
        "train": "data/train-*-of-00002.parquet",
        "validation": "data/validation.parquet",
        "test": "data/test.parquet",
    }


def test_what_stands_after_the_front_matter_is_the_body() -> None:
    found = cards(FACTS)
    assert found["README.md"].startswith("---\n")
    assert body_of(found["README.md"]).startswith("# Leases: 租约 😀\n")
    assert found["README.zh-Hans.md"] == body_of(found["README.zh-Hans.md"])


@pytest.mark.parametrize(
    "name",
    [
        "a: b",
        "- a",
        "yes",
        "1.0",
        "'",
        '"',
        "# a",
        "{a}",
        "租约",
        "😀𠀋",
        "a\n---\nb",
        "null",
        "\u2028",
        "@a",
        "a\x07b",
        "%",
    ],
)
def test_any_name_is_a_text_in_the_front_matter(name: str, tmp_path: Path) -> None:
    facts = replace(FACTS, name=f"{name}.", licence=name or "x")
    (tmp_path / "README.md").write_text(front_matter(facts, []), encoding="utf-8")
    data = DatasetCard.load(tmp_path / "README.md").data
    assert data.pretty_name == " ".join(f"{name}.".replace("\x07", " ").split())
    assert isinstance(data.license, str)


@given(st.text())
@settings(max_examples=200, deadline=None)
@example("a\n---\nb")
@example("...\n")
def test_the_front_matter_is_yaml_whatever_it_holds(text: str) -> None:
    names = {"0": text, "1": "b"}
    info = {"features": [{"name": "x", "dtype": {"class_label": {"names": names}}}]}
    facts = replace(FACTS, name=text, dataset_info=info)
    from annotation.formats.manifest import FileEntry

    block = front_matter(facts, [FileEntry("data/train.parquet", "0" * 64, 1, 1)])
    read = yaml.safe_load(block.removeprefix("---\n").removesuffix("---\n\n"))
    assert read["dataset_info"]["features"][0]["dtype"]["class_label"]["names"] == names
    assert "\n---" not in block.removeprefix("---\n").removesuffix("\n---\n\n")


@given(st.text())
@settings(max_examples=400, deadline=None)
@example(HOSTILE)
@example("1. one")
@example("    code")
@example("[a]: http://x")
@example("\\")
@example("<!-- -->")
@example("=\n=")
def test_escaped_words_are_shown_as_they_are(text: str) -> None:
    """In a paragraph Markdown makes nothing of them but the same words."""
    marked = escaped(text)
    tokens = GITHUB.parse(marked)
    plain = "".join(child.content for token in tokens for child in token.children or [])
    kinds = {token.type for token in tokens} | {
        child.type for token in tokens for child in token.children or []
    }
    assert kinds <= {"paragraph_open", "inline", "paragraph_close", "text", "text_special"}
    assert plain == marked_free(text)


def marked_free(text: str) -> str:
    """One line of it, as the card keeps it."""
    from annotation.formats.release.documents.plain import line

    return line(text)


def hostile(facts: told.Facts) -> told.Facts:
    """The same facts with hostile words wherever somebody may write."""
    return replace(
        facts,
        name=HOSTILE,
        description=HOSTILE,
        organisation=HOSTILE,
        licence=HOSTILE,
        contact=HOSTILE,
        use=HOSTILE,
        limits=HOSTILE,
        sources=(told.Source(HOSTILE, HOSTILE, 10),),
        rights=(told.Right(HOSTILE, HOSTILE, "people", HOSTILE, 10),),
        waivers=(told.Waiver("alpha", HOSTILE, HOSTILE),),
        questions=(
            told.Asked(HOSTILE, "choice", HOSTILE, labels=(told.GoldLabelCount(HOSTILE, HOSTILE, 1),)),
        ),
        fields=(told.Shown(HOSTILE, HOSTILE, "text"),),
        notes=(HOSTILE,),
        splits={**facts.splits, "stratify": HOSTILE},
    )


def test_hostile_words_become_no_markup_anywhere() -> None:
    for path, text in written(hostile(FACTS), []).items():
        if not path.endswith(".md"):
            continue
        html = rendered(body_of(text.decode()))
        assert "<script" not in html, path
        assert "<img" not in html, path
        assert 'http://x"' not in html, path
        assert "<strong>bold" not in html, path
        assert "<del>" not in html, path


def test_hostile_words_add_no_cell_and_no_heading() -> None:
    for text in cards(hostile(FACTS)).values():
        tokens = GITHUB.parse(body_of(text))
        kinds = [token.type for token in tokens]
        plain = GITHUB.parse(body_of(cards(FACTS)["README.md"]))
        assert kinds.count("heading_open") == [token.type for token in plain].count("heading_open")
        assert len(_rows(tokens)) < len(_rows(plain))  # of fewer questions and sources: no row was added
        whole = [cell for row in _rows(tokens) for cell in row if "bold" in cell]
        assert len(whole) > 10
        assert all("s" in cell.split("lt;")[-1] for cell in whole)  # none ends at the bar within it


def _rows(tokens: list[Any]) -> list[list[str]]:
    found: list[list[str]] = []
    for at, token in enumerate(tokens):
        if token.type == "tr_open":
            found.append([])
        elif token.type in {"td_open", "th_open"}:
            found[-1].append(tokens[at + 1].content)
    return found


def test_both_cards_have_the_same_structure() -> None:
    shapes = [
        [token.type for token in GITHUB.parse(body_of(text)) if token.nesting == 1]
        for text in cards(FACTS).values()
    ]
    assert shapes[0] == shapes[1]


def test_the_chinese_card_is_in_chinese() -> None:
    chinese = cards(FACTS)["README.zh-Hans.md"]
    for words in ("数据划分", "发布门槛", "豁免", "已知局限", "标注规范", "法律领域的金标签数据集"):
        assert words in chinese
    headings = [line for line in chinese.splitlines() if line.startswith("## ")]
    assert not [line for line in headings if line.isascii()]


def test_every_sentence_has_the_same_places_in_both_languages() -> None:
    from string import Formatter

    for key, both in WORDS.items():
        places = [
            {name for _text, name, _spec, _conversion in Formatter().parse(one) if name} for one in both
        ]
        assert places[0] == places[1], key


def test_a_waiver_is_printed_with_its_name_and_reason() -> None:
    english = cards(FACTS)["README.md"]
    assert "Waiver for *Agreement*, by Bob: A pilot: only ten items." in english
    assert "| Agreement | 0.6; 0.8 is asked. | failed, waived |" in english


def test_shares_are_drawn_as_bars() -> None:
    english = cards(FACTS)["README.md"]
    assert "| `breach` | Breach | 7 | ███████ 70 % |" in english
    assert "| attorney | 5 | ██████████ 100 % |" in english


def test_agreement_without_a_figure_says_why() -> None:
    english = cards(FACTS)["README.md"]
    assert "| `verdict` | `alpha` | 0.800 | 0.600 – 0.900 | 10 |" in english
    assert "| `amount` | `alpha_interval` | everybody always gave the same label | – | 0 |" in english


def test_limits_are_found_in_the_facts() -> None:
    found = cards(FACTS)["README.md"]
    for words in (
        "Only 10 items",
        "Only 2 rows in test",
        "Only 2 items in zh-hans.",
        "known from 0.6 to 0.9 only",
        "no figure of agreement on `amount`: everybody always gave the same label",
        "10 gold labels of `spans here` rest on one annotation",
        "A check of the gate failed and was waived: Agreement.",
    ):
        assert words in found
    good = replace(
        FACTS,
        items=5000,
        languages={"en": 5000},
        splits={**FACTS.splits, "shares": {"train": 0.8, "test": 0.2}, "rows": {"train": 4000, "test": 1000}},
        questions=(told.Asked("verdict", "choice", labels=(told.GoldLabelCount("a", "A", 5000),)),),
        agreement=(told.Figure("verdict", "alpha", value=0.9, low=0.85, high=0.95, items=5000),),
        waivers=(),
        checks=(),
    )
    assert "None was found by the checks that look for them." in cards(good)["README.md"]
    shares = {"train": 0.7, "validation": 0.1, "test": 0.2}
    empty = cards(replace(good, splits={**good.splits, "shares": shares}))
    assert "There is no row in validation, which was to have a share of 0.1" in empty["README.md"]
    assert "验证集没有任何行，目标比例为 0.1" in empty["README.zh-Hans.md"]


SPANS = told.Asked("spans", "spans", labels=(told.GoldLabelCount("a", "A", 50),))
EXACT = told.Figure("spans", "span_f1", value=0.907, low=0.9, high=0.91, items=100)


def _told(*agreement: told.Figure) -> str:
    return cards(replace(FACTS, questions=(SPANS,), agreement=agreement))["README.md"]


def test_alpha_of_each_label_of_spans_is_told_with_its_limits() -> None:
    one = told.Figure("spans", "alpha_u", "a", value=0.7, low=0.5, high=0.8, items=100)
    other = told.Figure("spans", "alpha_u", "b", value=0.9, low=0.85, high=0.95, items=100)
    found = _told(EXACT, one, other)
    assert "| `spans: a` | `alpha_u` | 0.700 | 0.500 – 0.800 | 100 |" in found
    assert "The agreement on `spans: a` may be as low as 0.5" in found
    assert "The agreement on `spans: a` is known from 0.5 to 0.8 only." in found
    assert "spans: b` may be" not in found
    assert "There is no" not in found
    assert replace(FACTS, agreement=(EXACT, one, other)).headline == (one, other)


def test_without_alpha_the_figure_that_there_is_is_told() -> None:
    found = _told(EXACT)
    assert "There is no alpha of `spans` (not measured); of its agreement `span_f1` is known, 0.907." in found
    assert "no figure of agreement" not in found
    assert replace(FACTS, agreement=(EXACT,)).headline == (EXACT,)
    none = told.Figure("spans", "alpha_u", "a", reason="no_variation")
    assert "There is no alpha of `spans` (everybody always gave the same label)" in _told(EXACT, none)
    assert "There is no figure of agreement on `spans`: everybody always gave the same label" in _told(none)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("CC-BY-4.0", {"license": "cc-by-4.0"}),
        ("ODC-By-1.0", {"license": "odc-by"}),
        ("By contract: ours", {"license": "other", "license_name": "By contract: ours"}),
        ("", {"license": "unknown"}),
    ],
)
def test_licences_are_called_what_the_hub_calls_them(name: str, found: dict[str, str]) -> None:
    assert licence(name) == found


def test_the_same_facts_give_the_same_bytes_in_any_order_of_files(tmp_path: Path) -> None:
    files = lay(tmp_path, WITH_INFO)
    assert written(WITH_INFO, files) == written(WITH_INFO, files[::-1])
    assert entry(tmp_path, "README.md").sha256 == entry(tmp_path, "README.md").sha256
