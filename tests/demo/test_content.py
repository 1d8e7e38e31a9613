"""The living example's data hold together: texts, truths, configs, people and kinds."""

from __future__ import annotations

import hashlib
import json
import re
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest

from annotation.formats.answers import check_item, text_hash
from annotation.formats.labelling_config import parse_config
from annotation.formats.schema import FieldKind, Kind
from annotation.formats.tags import BY_TAG
from demo.build import KEYS, outputs
from demo.markup import MarkupError, find_terms, parse
from demo.people import EXPERTS, PEOPLE, STAFF
from demo.projects import PROJECTS, ProjectData, project
from demo.rationales import rationale
from demo.truths import load_truths

ROOT = Path(__file__).parents[2]
SIZES = {"legal": (60, 40), "healthcare": (50, 40), "finance": (60, 40)}


def rows(key: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in project(key).texts.read_text("utf-8").splitlines()]


def test_the_committed_files_are_what_the_builder_writes() -> None:
    for path, content in outputs().items():
        assert path.read_text("utf-8") == content, f"run python -m demo.build: {path.name}"


@pytest.mark.parametrize("key", KEYS)
def test_every_text_has_a_truth_that_fits_its_schema(key: str) -> None:
    schema, truths = parse_config(project(key).config), load_truths(key)
    texts = rows(key)
    assert len(texts) == SIZES[project(key).sector][key.endswith("-zh")]
    assert [row["ref"] for row in texts] == list(truths)
    for row in texts:
        truth = truths[row["ref"]]
        assert truth.text_sha256 == text_hash(row["text"]) == hashlib.sha256(row["text"].encode()).hexdigest()
        assert 60 <= len(row["text"]) <= 950, row["ref"]
        assert 0 <= truth.difficulty <= 1
        assert set(truth.answers) <= set(schema.by_key)
        for question in schema.questions:
            value = truth.answers.get(question.key)
            assert value is not None or not question.required, (row["ref"], question.key)
            labels = set(question.by_label)
            if question.kind is Kind.CHOICE:
                assert value in labels
                assert truth.confusable.get(question.key, value) in labels
            elif question.kind is Kind.CHOICES:
                assert set(value or ()) <= labels
                assert "none" not in (value or ()) or value == ["none"]
            elif question.kind is Kind.RATING:
                assert value in range(1, (question.max_rating or 5) + 1)


@pytest.mark.parametrize("key", KEYS)
def test_spans_cover_words_without_spaces_or_stray_marks_at_their_edges(key: str) -> None:
    truths = load_truths(key)
    for row in rows(key):
        for start, end, label in truths[row["ref"]].answers["mentions"]:
            marked = row["text"][start:end]
            assert marked == marked.strip(" \r\n,.;，。；、"), (row["ref"], marked, label)


@pytest.mark.parametrize("key", KEYS)
def test_some_items_are_ambiguous_and_most_are_not(key: str) -> None:
    truths = load_truths(key).values()
    hard = [truth for truth in truths if truth.difficulty >= 0.6]
    assert 0.10 <= len(hard) / len(truths) <= 0.22
    assert all(truth.confusable for truth in hard)


def test_texts_are_unique_and_carry_source_licence_and_language() -> None:
    every = [row for key in KEYS for row in rows(key)]
    assert len({row["text"] for row in every}) == len(every) == 290
    for row in every:
        assert row["_licence"] == "CC-BY-4.0"
        assert row["_language"] in {"en", "zh-hans"}
        assert row["_source"]
        assert row["_group"]
        assert not {"answers", "truth"} & set(row)


def test_the_texts_hold_what_breaks_offsets() -> None:
    texts = [row["text"] for key in KEYS for row in rows(key)]
    assert sum("\r\n" in text for text in texts) >= 8
    assert sum(bool(re.search("[\U0001f300-\U0001faff]", text)) for text in texts) >= 10
    nested = 0
    for key in KEYS:
        for truth in load_truths(key).values():
            spans = truth.answers["mentions"]
            nested += any(a != b and a[0] <= b[0] and b[1] <= a[1] for a in spans for b in spans)
    assert nested >= 60


def test_guidelines_have_numbered_clauses_in_the_project_s_language() -> None:
    for one in PROJECTS:
        assert re.search(r"^## 1\. ", one.guideline, re.M)
        assert len(re.findall(r"^\d\.\d+ ", one.guideline, re.M)) >= 12
        chinese = len(re.findall(r"[\u4e00-\u9fff]", one.guideline))
        assert (chinese > 600) == (one.language == "zh-hans")


def test_the_two_languages_of_a_template_ask_the_same_questions() -> None:
    folder = ROOT / "annotation" / "templates_library"
    index = json.loads((folder / "index.json").read_text("utf-8"))
    assert {config for entry in index for config in entry["configs"].values()} == {
        path.name for path in folder.glob("*.xml")
    }
    assert {f"{entry['key']}.json" for entry in index} == {path.name for path in folder.glob("examples/*")}
    sectors = {row["key"] for row in json.loads((ROOT / "experts/data/sectors.json").read_text("utf-8"))}
    for entry in index:
        assert entry["sector"] is None or entry["sector"] in sectors
        assert set(entry["name"]) == set(entry["description"]) == {"en", "zh-hans"}
        english, chinese = (
            parse_config((folder / entry["configs"][language]).read_text("utf-8"))
            for language in ("en", "zh-hans")
        )
        assert [(q.key, q.tag) for q in english.questions] == [(q.key, q.tag) for q in chinese.questions]
        asked = {question.key_of_data for question in english.questions} - {""}
        assert set(english.data_keys.values()) | asked == set(entry["columns"])
        examples = json.loads((folder / "examples" / f"{entry['key']}.json").read_text("utf-8"))
        for schema, language in ((english, "en"), (chinese, "zh-hans")):
            check_item(schema, examples[language])
            assert list(examples[language]) == entry["columns"]


def test_every_family_of_tags_has_a_template() -> None:
    folder = ROOT / "annotation" / "templates_library"
    schemas = [
        parse_config(path.read_text("utf-8")) for path in folder.glob("*.xml") if ".zh" not in path.name
    ]
    tags = {question.tag for schema in schemas for question in schema.questions}
    assert tags >= set(BY_TAG) - {"rectangle", "polygon"}
    assert {field.kind for schema in schemas for field in schema.fields} == set(FieldKind)


def test_every_credential_is_of_a_known_kind_and_one_is_expired_and_one_unverified() -> None:
    kinds = {
        row["key"]: row
        for row in json.loads((ROOT / "experts/data/credential_kinds.json").read_text("utf-8"))
    }
    today = date(2027, 1, 4)
    held = [(p, c) for p in PEOPLE if p.profile for c in p.profile.credentials]
    assert all(kinds[c.kind]["sector"] in p.profile.sectors for p, c in held if p.profile)
    expired = [p.name for p, c in held if (until := c.valid_until(today)) and until < today]
    assert expired == ["Leopold Marchbanks"]
    assert [p.name for p, c in held if not c.verified] == ["Marguerite Castellane"]


def test_everybody_has_an_address_of_their_own_and_every_role_is_there() -> None:
    assert len({person.email for person in PEOPLE}) == len(PEOPLE)
    assert all(person.email.endswith("@demo.example") for person in PEOPLE)
    assert [person.role for person in STAFF].count("adjudicator") == 4
    assert {person.role for person in PEOPLE} == {
        "owner",
        "lead",
        "adjudicator",
        "annotator",
        "contributor",
        "auditor",
    }
    assert len(EXPERTS) >= 10


@pytest.mark.parametrize("one", PROJECTS, ids=lambda one: one.key)
def test_every_project_has_more_qualified_readers_than_its_overlap_needs(one: ProjectData) -> None:
    today = date(2027, 1, 4)
    able = [
        p
        for p in EXPERTS
        if p.profile
        and one.sector in p.profile.sectors
        and p.profile.reads(one.language)
        and any(c.verified and (c.valid_until(today) or today) >= today for c in p.profile.credentials)
    ]
    assert len(able) > one.overlap


def test_biases_name_questions_and_labels_that_exist() -> None:
    for person in PEOPLE:
        if person.profile is None:
            continue
        schemas = [parse_config(p.config) for p in PROJECTS if p.sector in person.profile.sectors]
        for question, label in person.profile.bias.items():
            assert any(question in s.by_key and label in s.by_key[question].by_label for s in schemas)


def test_markup_nests_and_counts_code_points() -> None:
    text, spans = parse("😀{D|急性{B|心肌}梗死}！", {"D": "Disease", "B": "Body"})
    assert text == "😀急性心肌梗死！"
    assert spans == [(1, 7, "Disease"), (3, 5, "Body")]


@pytest.mark.parametrize("wrong", ["{D|open", "close}", "{X|unknown}"])
def test_markup_refuses_what_is_not_balanced_or_not_declared(wrong: str) -> None:
    with pytest.raises(MarkupError):
        parse(wrong, {"D": "Disease"})


def test_a_defined_term_before_a_capitalised_word_is_no_party() -> None:
    found = find_terms("the Customer Data of the Customer; The Customer", ["the Customer"], "Party")
    assert found == [(21, 33, "Party"), (35, 47, "Party")]


@pytest.mark.parametrize("path", sorted((ROOT / "demo" / "configs").glob("*.xml")), ids=lambda p: p.stem)
def test_hotkeys_of_a_config_are_its_own_and_leave_g_to_the_guideline(path: Path) -> None:
    keys = [node.get("hotkey") for node in ET.parse(path).iter() if node.get("hotkey")]
    assert len(set(keys)) == len(keys)
    assert not {"g", "?"} & set(keys)


@pytest.mark.parametrize("one", PROJECTS, ids=lambda one: one.key)
def test_every_question_that_can_be_disputed_has_a_rationale_citing_a_clause_of_the_guideline(
    one: ProjectData,
) -> None:
    for question in parse_config(one.config).questions:
        if question.kind is not Kind.TEXT:
            clause, reason = rationale(one.key, question.key)
            assert re.search(rf"^{re.escape(clause)} ", one.guideline, re.M)
            assert reason
