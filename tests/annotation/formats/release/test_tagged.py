"""BIO, BILOU, token rows and CoNLL: loaded by `datasets` and spaCy, and what tags cannot say is told."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from datasets import load_dataset
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.training import biluo_tags_to_offsets, iob_to_biluo
from spacy.training.converters.conll_ner_to_docs import conll_ner_to_docs
from spacy.vocab import Vocab

from annotation.formats.release.bio import Tags, TokenRows
from annotation.formats.release.conll import Conll
from annotation.formats.release.format import View
from annotation.formats.release.tagged_lines import TaggedTexts
from annotation.formats.release.token_tags import place as placed
from annotation.formats.release.token_tags import tokens_of
from tests.annotation.formats.release.scenes import HARD, filed, place, row_of, schema_of, written

SCHEMA = schema_of(
    """<Labels name="span" toName="text"><Label value="Party"/><Label value="Paid Sum"/></Labels>
    <Choices name="c" toName="text"><Choice value="x"/></Choices>"""
)
VIEW = View(SCHEMA)
HOLD = [place("𠀀甲", "Party"), place("😀", "Paid Sum"), place("乙方", "Party"), place("Zürich", "Party")]
ROWS = [
    row_of(SCHEMA, {"text": HARD}, {"span": HOLD}),
    row_of(SCHEMA, {"text": "nothing here"}, {"span": []}, 1),
    row_of(SCHEMA, {"text": "not settled"}, {"c": "x"}, 2),
]
TEXTS = st.text(st.sampled_from("ab 甲𠀀😀\u200d\r\n.,é́_9ไท"), max_size=30)


def _lines(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.splitlines()]


@pytest.mark.parametrize("key", ["bio", "bilou"])
def test_tags_are_read_back_as_the_spans_that_went_in(key: str, tmp_path: Path) -> None:
    path = filed(Tags(key, bilou=key == "bilou"), VIEW, ROWS, tmp_path)
    loaded = load_dataset("json", data_files=str(path), split="train", cache_dir=str(tmp_path / "c"))
    assert loaded["id"] == ["it_0", "it_1"], "an item without a settled span question gives no record"
    for row, found in zip(ROWS, loaded, strict=False):
        tags = found["tags"] if key == "bilou" else iob_to_biluo(found["tags"])
        doc = Doc(Vocab(), words=found["tokens"], spaces=[False] * len(found["tokens"]))
        back = [doc.char_span(*one[:2], label=one[2]) for one in biluo_tags_to_offsets(doc, tags)]
        spans = [
            [found["offsets"][one.start][0], found["offsets"][one.end - 1][1], one.label_]
            for one in back
            if one
        ]
        assert spans == row.labels["span"]
        text = found["text"]
        assert [text[start:end] for start, end in found["offsets"]] == found["tokens"]
        assert found["adjusted"] == found["left_out"] == []


def test_rows_for_token_classification_have_the_shape_of_conll2003(tmp_path: Path) -> None:
    path = filed(TokenRows(), VIEW, ROWS, tmp_path)
    loaded = load_dataset("json", data_files=str(path), split="train", cache_dir=str(tmp_path / "c"))
    assert sorted(loaded.column_names) == ["id", "ner_tags", "tokens"]
    first = loaded[0]
    assert len(first["tokens"]) == len(first["ner_tags"])
    at = first["tokens"].index("乙")
    assert first["ner_tags"][at : at + 2] == ["B-Party", "I-Party"]
    assert set(loaded[1]["ner_tags"]) == {"O"}


def test_spacy_converts_the_columns() -> None:
    content, records = written(Conll(), VIEW, ROWS)
    assert records == 2
    convert: Any = conll_ner_to_docs  # untyped
    docs = list(convert(content.decode(), no_print=True))
    assert [[(one.text.replace(" ", ""), one.label_) for one in doc.ents] for doc in docs] == [
        [("𠀀甲", "Party"), ("😀", "Paid_Sum"), ("乙方", "Party"), ("Zürich", "Party")],
        [],
    ]
    assert [len(list(doc.sents)) for doc in docs] == [2, 1], "a line is a sentence"
    assert [token.text for token in docs[1]] == ["nothing", "here"]


def test_spans_that_tags_cannot_say_are_counted_and_listed() -> None:
    text = "Acme-Werke GmbH paid  x"
    spans = [
        [0, 2, "Party"],  # cuts a token: widened
        [5, 15, "Party"],
        [11, 15, "Paid Sum"],  # nested: left out
        [20, 22, "Party"],  # white space alone: left out
    ]
    row = row_of(SCHEMA, {"text": text}, {"span": spans})
    sink_out = _Bytes()
    sink = Tags("bio").open(sink_out, VIEW)
    assert isinstance(sink, TaggedTexts)
    sink.write(row)
    sink.close()
    assert sink.losses == {"adjusted": 1, "left_out": 2}
    (line,) = _lines(bytes(sink_out))
    assert line["adjusted"] == [{"start": 0, "end": 2, "label": "Party"}]
    assert line["left_out"] == [
        {"start": 11, "end": 15, "label": "Paid Sum"},
        {"start": 20, "end": 22, "label": "Party"},
    ]
    assert line["tags"] == ["B-Party", "O", "B-Party", "I-Party", "O", "O"]


class _Bytes(bytearray):
    def write(self, content: bytes) -> int:
        self.extend(content)
        return len(content)

    def tell(self) -> int:
        return len(self)


@given(TEXTS)
def test_tokens_cover_all_but_white_space(text: str) -> None:
    tokens = tokens_of(text)
    assert "".join(text[start:end] for start, end in tokens) == "".join(text.split())
    assert all(one[1] <= other[0] for one, other in pairwise(tokens))


@given(TEXTS, st.data())
def test_every_span_is_placed_or_told(text: str, data: st.DataObject) -> None:
    cut = st.integers(0, len(text))
    spans = [
        (min(one, other), max(one, other), "A")
        for one, other in data.draw(st.lists(st.tuples(cut, cut), max_size=4))
        if one != other
    ]
    tokens = tokens_of(text)
    found = placed(tokens, spans)
    assert len(found.placed) + len(found.left_out) == len(spans)
    for bilou in (False, True):
        tags = found.tags(len(tokens), bilou=bilou)
        assert len(tags) == len(tokens)
        assert sum(tag[0] in "BU" for tag in tags) == len(found.placed)


def test_what_does_not_fit_is_told() -> None:
    none = View(schema_of('<Choices name="c" toName="text"><Choice value="x"/></Choices>'))
    assert Tags("bio").misfit(none) == TokenRows().misfit(none) == Conll().misfit(none) == "release_no_spans"
    alike = schema_of(
        '<Labels name="s" toName="text"><Label value="A B"/><Label value="A  B" alias="A_B"/></Labels>'
    )
    assert Conll().misfit(View(alike)) == "release_labels_alike"
    assert Tags("bio").misfit(View(alike)) == ""
