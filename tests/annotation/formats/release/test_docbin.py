"""spaCy's DocBin: read back by spaCy, aligned for training, and equal to what spaCy's own would hold."""

from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc, DocBin
from spacy.training import Corpus, Example

from annotation.formats.release.docbin import DocBin as Format
from annotation.formats.release.docbin import Docs
from annotation.formats.release.format import View
from tests.annotation.formats.release.scenes import HARD, filed, place, row_of, schema_of, written

SCHEMA = schema_of(
    """<Labels name="span" toName="text"><Label value="Party"/><Label value="Place"/></Labels>
    <Choices name="verdict" toName="text"><Choice value="good"/><Choice value="bad"/></Choices>"""
)
VIEW = View(SCHEMA, languages=("zh-Hans",))
NESTED = "the Bank of Zürich paid"
ROWS = [
    row_of(SCHEMA, {"text": HARD}, {"span": [place("𠀀甲", "Party"), place("乙方", "Party")]}, language="zh"),
    row_of(SCHEMA, {"text": NESTED}, {"span": [[4, 18, "Party"], [12, 18, "Place"]], "verdict": "bad"}, 1),
    row_of(SCHEMA, {"text": "Rückzahlung morgen"}, {"span": [[0, 3, "Party"]]}, 2, language="de"),
    row_of(SCHEMA, {"text": ""}, {"span": []}, 3, language="xyz"),
]


def _docs(path: Path) -> list[Doc]:
    return list(DocBin().from_disk(path).get_docs(spacy.blank("xx").vocab))


def test_spacy_reads_what_went_in(tmp_path: Path) -> None:
    docs = _docs(filed(Format(), VIEW, ROWS, tmp_path))
    assert [doc.text for doc in docs] == [row.data["text"] for row in ROWS]
    assert [doc.user_data["id"] for doc in docs] == ["it_0", "it_1", "it_2", "it_3"]
    for row, doc in zip(ROWS[:2], docs, strict=False):
        assert [[one.start_char, one.end_char, one.label_] for one in doc.spans["sc"]] == row.labels["span"]
    assert [one.text for one in docs[0].ents] == ["𠀀甲", "乙方"]
    assert [(one.text, one.label_) for one in docs[1].ents] == [("Bank of Zürich", "Party")]
    assert docs[1].cats == {"good": 0.0, "bad": 1.0}
    assert docs[0].cats == {}


def test_tokens_that_a_span_cuts_are_of_unknown_entity(tmp_path: Path) -> None:
    doc = _docs(filed(Format(), VIEW, ROWS, tmp_path))[2]
    assert list(doc.user_data["cut"]) == [(0, 3, "Party")]
    assert not any(doc.spans.values())
    example = Example(doc.copy(), doc)
    assert [token.ent_iob for token in doc] == [0, 2]
    assert example.get_aligned_ner() == [None, "O"]


def test_losses_are_counted() -> None:
    from io import BytesIO

    sink = Format().open(BytesIO(), VIEW)
    assert isinstance(sink, Docs)
    for row in ROWS:
        sink.write(row)
    assert sink.losses == {"cut": 1, "nested": 1}
    sink.close()


def test_training_reads_the_file(tmp_path: Path) -> None:
    path = filed(Format(), VIEW, ROWS, tmp_path)
    nlp = spacy.blank("en")
    recogniser: Any = nlp.add_pipe("ner")
    examples = list(Corpus(path)(nlp))
    assert len(examples) >= 3
    labels = {label for one in examples for label in one.get_aligned_ner() if label}
    assert {"B-Party", "L-Party", "U-Party"} & labels
    recogniser.initialize(lambda: examples, nlp=nlp)
    assert set(recogniser.labels) == {"Party"}


def test_the_stream_is_what_spacy_itself_would_write(tmp_path: Path) -> None:
    path = filed(Format(), VIEW, ROWS, tmp_path)
    ours = DocBin(store_user_data=True).from_disk(path)
    docs = list(ours.get_docs(spacy.blank("xx").vocab))
    theirs = DocBin(attrs=["ORTH", "ENT_IOB", "ENT_TYPE"], store_user_data=True, docs=docs)
    theirs = DocBin(store_user_data=True).from_bytes(theirs.to_bytes())
    assert ours.attrs == theirs.attrs
    assert [one.tolist() for one in ours.tokens] == [one.tolist() for one in theirs.tokens]
    assert [one.tolist() for one in ours.spaces] == [one.tolist() for one in theirs.spaces]
    assert (ours.cats, ours.flags) == (theirs.cats, theirs.flags)
    assert ours.strings >= {"Party", "Place", "Bank"}


def test_bytes_are_equal_and_an_empty_file_loads(tmp_path: Path) -> None:
    assert written(Format(), VIEW, ROWS) == written(Format(), VIEW, ROWS)
    assert _docs(filed(Format(), VIEW, [], tmp_path)) == []
    only_cats = View(schema_of('<Choices name="v" toName="text"><Choice value="a"/></Choices>'))
    row = row_of(only_cats.schema, {"text": "t"}, {"v": "a"})
    assert _docs(filed(Format(), only_cats, [row], tmp_path / "x"))[0].cats == {"a": 1.0}
