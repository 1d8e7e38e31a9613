"""`requiredFor` of the library's templates: every step its mark, every claim its evidence, or no submit."""

import json
from typing import Any

import pytest

from annotation.formats.answers import AnswerInvalid, check
from annotation.formats.dialogue import starts
from annotation.formats.labelling_config import ConfigInvalid, parse_config
from annotation.formats.schema import Schema
from annotation.project_templates import FOLDER

LANGUAGES = ("en", "zh-hans")
Region = dict[str, Any]


def _template(key: str, language: str) -> tuple[Schema, dict[str, Any]]:
    name = key if language == "en" else f"{key}.{language}"
    examples = json.loads((FOLDER / "examples" / f"{key}.json").read_text("utf-8"))
    return parse_config((FOLDER / f"{name}.xml").read_text("utf-8")), examples[language]


def _refusal(schema: Schema, data: dict[str, Any], result: list[Region]) -> AnswerInvalid:
    with pytest.raises(AnswerInvalid) as refused:
        check(schema, data, result, complete=True)
    return refused.value


def _region(id_: str, name: str, to: str, type_: str, **value: Any) -> Region:
    return {"id": id_, "from_name": name, "to_name": to, "type": type_, "value": value}


def _steps(data: dict[str, Any], marked: int) -> list[Region]:
    texts = [step["text"] for step in data["steps"]]
    places = [(start, start + len(text)) for start, text in zip(starts(texts), texts, strict=True)]
    marks = [
        _region(f"s{at}", "verdict", "steps", "paragraphlabels", start=a, end=b, paragraphlabels=["right"])
        for at, (a, b) in enumerate(places[:marked])
    ]
    return [*marks, _region("c", "conclusion", "question", "choices", choices=["yes"])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_without_a_mark_is_named(language: str) -> None:
    schema, data = _template("reasoning_steps", language)
    for marked in range(1, 4):
        refusal = _refusal(schema, data, _steps(data, marked))
        assert (refusal.code, refusal.params["turn"]) == ("required_missing_turn", marked + 1)
    assert len(check(schema, data, _steps(data, 4), complete=True)["verdict"]) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_may_leave_steps_out(language: str) -> None:
    schema, data = _template("reasoning_steps", language)
    assert check(schema, data, _steps(data, 1), complete=False)["verdict"]


def test_a_mark_over_several_turns_is_a_mark_on_each() -> None:
    schema, data = _template("reasoning_steps", "en")
    first, *_, last, conclusion = _steps(data, 4)
    first["value"]["end"] = last["value"]["end"]
    check(schema, data, [first, conclusion], complete=True)


def _claims(*labels: str) -> list[Region]:
    return [
        _region(f"c{at}", "claim", "answer", "labels", start=at, end=at + 1, labels=[label])
        for at, label in enumerate(labels)
    ]


def _relation(one: str, other: str, label: str = "supports") -> Region:
    return _region(
        one + other, "relations", "answer,source", "relation",
        from_id=one, to_id=other, direction="right", labels=[label],
    )  # fmt: skip


EVIDENCE = _region("e", "evidence", "source", "labels", start=0, end=2, labels=["evidence"])
GROUNDED = _region("g", "grounded", "answer", "choices", choices=["some"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claim_without_evidence_is_named(language: str) -> None:
    schema, data = _template("citations", language)
    said = [*_claims("claim", "claim"), EVIDENCE, GROUNDED]
    refusal = _refusal(schema, data, [*said, _relation("e", "c0")])
    assert (refusal.code, refusal.params["number"]) == ("required_missing_relation", 2)
    check(schema, data, [*said, _relation("e", "c0"), _relation("c1", "e", "contradicts")], complete=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claim_that_says_that_there_is_nothing_needs_none(language: str) -> None:
    schema, data = _template("citations", language)
    check(schema, data, [*_claims("unfounded"), GROUNDED], complete=True)
    check(schema, data, [GROUNDED], complete=True)


def test_one_claim_is_no_evidence_for_another() -> None:
    schema, data = _template("citations", "en")
    refusal = _refusal(schema, data, [*_claims("claim", "claim"), _relation("c0", "c1"), GROUNDED])
    assert refusal.params["number"] == 1


DIALOGUE = '<Paragraphs name="t" value="$t"/>'
MARKS = '<ParagraphLabels name="m" toName="t"{}><Label value="A"/></ParagraphLabels>'
TEXT = '<Text name="t" value="$t"/>'
LABELS = '<Labels name="m" toName="t" requiredFor="turns"><Label value="A"/></Labels>'
RELATIONS = '<Relations name="r" requiredFor="{}"/>'


@pytest.mark.parametrize(
    ("config", "code"),
    [
        (f"<View>\n{DIALOGUE}{MARKS.format(' requiredFor=' + repr('words'))}</View>", "attribute_invalid"),
        (f"<View>\n{TEXT}{LABELS}</View>", "attribute_unsupported"),
        (
            f'<View>\n{DIALOGUE}<Rating name="r" toName="t" requiredFor="turns"/></View>',
            "attribute_unsupported",
        ),
        (f"<View>\n{DIALOGUE}{MARKS.format('')}{RELATIONS.format('B')}</View>", "condition_label"),
    ],
)
def test_what_cannot_be_required_is_refused_with_its_line(config: str, code: str) -> None:
    with pytest.raises(ConfigInvalid) as refused:
        parse_config(config)
    assert (refused.value.code, refused.value.line) == (code, 2)


def test_it_survives_its_stored_form() -> None:
    schema = parse_config(f"<View>{DIALOGUE}{MARKS.format('')}{RELATIONS.format('A')}</View>")
    assert schema.by_key["r"].required_for == ("A",)
    assert Schema.from_json(json.loads(json.dumps(schema.to_json()))) == schema
