"""W3C PROV of labels, read by the `prov` package."""

import hashlib
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from prov.model import (
    ProvActivity,
    ProvAgent,
    ProvAssociation,
    ProvAttribution,
    ProvDerivation,
    ProvDocument,
    ProvEntity,
    ProvGeneration,
    ProvUsage,
)

from annotation.formats.release.format import View
from annotation.formats.release.prov import Prov
from annotation.formats.release.rows import Dissent, GoldAnswer, ReleasedAnnotation, ReleaseRow
from annotation.formats.schema import Schema

EARLY, LATE, LATER = (f"2026-11-2{day}T10:00:00+00:00" for day in (0, 1, 2))


def answer(who: str, value: Any, at: str = EARLY, guideline: int | None = 3) -> ReleasedAnnotation:
    return ReleasedAnnotation(who, "cn-physician", at, 61.5, {"问题 1/2": value}, (), 2, guideline)


def item(*gold: GoldAnswer, answers: tuple[ReleasedAnnotation, ...] = ()) -> ReleaseRow:
    data = {"text": "甲 😀"}
    return ReleaseRow("it-1", data, {"text": "text"}, gold, answers, "zh", "court.example", "CC-BY-4.0")


def settled(**said: Any) -> GoldAnswer:
    return replace(GoldAnswer("问题 1/2", ["b", "甲"], (), "majority", LATE, chance=0.97), **said)


def line(row: ReleaseRow) -> bytes:
    out = io.BytesIO()
    sink = Prov().open(out, View(Schema((), (), ()), software="0.1.0"))
    assert sink.write(row) == 1
    sink.close()
    return out.getvalue()


def read(row: ReleaseRow) -> ProvDocument:
    document = ProvDocument.deserialize(content=line(row), format="json")
    _check_ends_are_stated(document)
    return document


def _check_ends_are_stated(document: ProvDocument) -> None:
    stated = {one.identifier for one in document.get_records() if one.is_element()}
    named = {end for one in document.get_records() if one.is_relation() for _, end in one.formal_attributes}
    assert {str(one) for one in named if hasattr(one, "namespace")} <= {str(one) for one in stated}


def relations(document: ProvDocument, kind: type) -> list[tuple[str, str]]:
    """The first two ends of each."""
    return sorted(
        (str(one.formal_attributes[0][1]), str(one.formal_attributes[1][1]))
        for one in document.get_records(kind)
    )


def test_a_majority_s_label_comes_from_those_who_said_so() -> None:
    answers = (answer("p1", "b"), answer("p2", "c"), answer("p3", "b"))
    found = read(item(settled(dissent=(Dissent("p2", "c"),)), answers=answers))
    gold = "gold:it-1/%E9%97%AE%E9%A2%98%201%2F2"
    derived = relations(found, ProvDerivation)
    assert [used for made, used in derived if made == gold] == ["answer:it-1/1", "answer:it-1/3", "item:it-1"]
    used = [entity for act, entity in relations(found, ProvUsage) if act.startswith("settling:")]
    assert used == ["answer:it-1/1", "answer:it-1/2", "answer:it-1/3"]
    assert [str(one.identifier) for one in found.get_records(ProvAgent)] == [
        "agent:assay",
        "agent:p1",
        "agent:p2",
        "agent:p3",
    ]
    assert len([*found.get_records(ProvEntity)]) == 1 + 3 + 1 + 2  # item, answers, gold, schema and guideline
    assert len([*found.get_records(ProvActivity)]) == 3 + 1


def test_each_act_has_its_person_class_plan_and_time() -> None:
    found = read(item(settled(), answers=(answer("p1", "b"),)))
    [labelling] = [one for one in found.get_records(ProvAssociation) if "labelling" in str(one.args[0])]
    ends = {str(key): str(value) for key, value in labelling.attributes}
    assert ends == {
        "prov:activity": "labelling:it-1/1",
        "prov:agent": "agent:p1",
        "prov:plan": "guideline:3",
        "prov:role": "assay:Annotator",
        "assay:credentialClass": "cn-physician",
    }
    times = {str(one.args[0]): one.args[2].isoformat() for one in found.get_records(ProvGeneration)}
    assert times == {"answer:it-1/1": EARLY, "gold:it-1/%E9%97%AE%E9%A2%98%201%2F2": LATE}
    assert relations(found, ProvAttribution) == [("answer:it-1/1", "agent:p1")]


def test_what_is_said_of_item_label_and_software() -> None:
    said = json.loads(line(item(settled(), answers=(answer("p1", "b"),))))
    assert said["entity"]["item:it-1"] == {
        "prov:type": [{"$": "assay:Item", "type": "xsd:QName"}],
        "assay:sha256": hashlib.sha256('{"text":"甲 😀"}'.encode()).hexdigest(),
        "assay:source": "court.example",
        "assay:licence": "CC-BY-4.0",
        "assay:language": "zh",
    }
    label = said["entity"]["gold:it-1/%E9%97%AE%E9%A2%98%201%2F2"]
    assert json.loads(label["prov:value"]) == ["b", "甲"]
    assert (label["assay:question"], label["assay:settledBy"], label["assay:posterior"]) == (
        "问题 1/2",
        "majority",
        0.97,
    )
    assert said["agent"]["agent:assay"]["assay:softwareVersion"] == "0.1.0"


def test_a_decision_is_its_adjudicator_s_and_follows_what_it_cites() -> None:
    decided = settled(
        how="adjudicated",
        decision="d9",
        cites=("d1", "d2"),
        rationale="按第3条。\n😀",
        clause="3.2",
        adjudicator="p9",
        adjudicator_class="cn-chief-physician",
    )
    found = read(item(decided, answers=(answer("p1", "b"), answer("p2", "c"))))
    gold = "gold:it-1/%E9%97%AE%E9%A2%98%201%2F2"
    derived = relations(found, ProvDerivation)
    assert [used for made, used in derived if made == gold] == ["decision:d9", "item:it-1"]
    used = [entity for act, entity in relations(found, ProvUsage) if act == "adjudication:d9"]
    assert used == ["answer:it-1/1", "answer:it-1/2", "decision:d1", "decision:d2", "item:it-1"]
    [decision] = [one for one in found.get_records(ProvEntity) if str(one.identifier) == "decision:d9"]
    assert decision.get_attribute("assay:rationale") == {"按第3条。\n😀"}
    assert ("decision:d9", "agent:p9") in relations(found, ProvAttribution)
    [deciding] = [one for one in found.get_records(ProvAssociation) if "adjudication" in str(one.args[0])]
    assert deciding.get_attribute("assay:credentialClass") == {"cn-chief-physician"}


def test_an_answer_that_came_after_a_label_is_no_source_of_it() -> None:
    found = read(item(settled(), answers=(answer("p1", "b"), answer("p2", "b", at=LATER))))
    assert not [ends for ends in relations(found, ProvUsage) if ends[1] == "answer:it-1/2"]
    assert not [ends for ends in relations(found, ProvDerivation) if ends[1] == "answer:it-1/2"]


def test_an_imported_label_and_a_bare_item_are_documents_too() -> None:
    assert relations(read(item(settled(how="imported"))), ProvDerivation) == [
        ("gold:it-1/%E9%97%AE%E9%A2%98%201%2F2", "item:it-1")
    ]
    assert len([*read(item()).get_records()]) == 1
    bare = read(item(answers=(answer("p1", "b", guideline=None),)))
    assert len([*bare.get_records(ProvEntity)]) == 3


def test_the_same_row_is_the_same_line_and_the_package_s_own_form_says_the_same() -> None:
    row = item(settled(dissent=(Dissent("p1", "b"),)), answers=(answer("p1", "b"), answer("p2", "c")))
    assert line(row) == line(row)
    assert line(row).count(b"\n") == 1
    first = read(row)
    again = ProvDocument.deserialize(content=first.serialize(), format="json")
    assert again == first


@pytest.mark.parametrize("question", ["a:b c", "%", "../x", "q\nr", "😀"])
def test_a_question_s_name_is_a_name_whatever_stands_in_it(question: str) -> None:
    found = read(item(settled(question=question)))
    [label] = [one for one in found.get_records(ProvEntity) if str(one.identifier).startswith("gold:")]
    assert label.get_attribute("assay:question") == {question}
