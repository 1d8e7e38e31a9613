"""Conversations that experts wrote: read by OpenAI's rules, `datasets` and TRL's own functions."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from trl.data_utils import (
    apply_chat_template,
    is_conversational,
    is_conversational_from_value,
    maybe_convert_to_chatml,
)

from annotation.formats.schema import Schema
from tests.annotation.formats.release.training.openai_rules import check_chat
from tests.annotation.formats.release.training.scene import example_of, loaded, records, row, schema_of
from tests.annotation.formats.release.training.stories import story
from tests.annotation.formats.release.training.tokenizer import tokenizer

WRITING = ["answer_writing", "dialogue_writing", "instruction_writing", "summary_writing"]
TALKS = ["openai", "sharegpt", "trl_chat", "prompt_completion"]


def chat(schema: Schema, data: dict[str, Any], *pairs: tuple[str, str]) -> Any:
    said = [{"chatmessage": {"role": role, "content": content}} for role, content in pairs]
    return row(schema, data, {"conversation": said})


@pytest.mark.parametrize("template", WRITING)
def test_openai_takes_every_line(template: str) -> None:
    one = story(template)
    for line in records("openai", one.asked, one):
        check_chat(line)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("template", WRITING)
def test_trl_reads_conversations(template: str, language: str, tmp_path: Path) -> None:
    rows = [story(template, language, item) for item in ("it-1", "it-2")]
    found = loaded(tmp_path, "trl_chat", rows[0].asked, *rows)
    assert found["id"] == ["it-1", "it-2"]
    example = found[0]
    assert is_conversational(example)
    text = apply_chat_template(example, tokenizer())["text"]
    assert text == "".join(f"<{one['role']}>{one['content']}</{one['role']}>" for one in example["messages"])


@pytest.mark.parametrize("template", WRITING)
def test_sharegpt_says_the_same(template: str, tmp_path: Path) -> None:
    one = story(template)
    example = loaded(tmp_path, "sharegpt", one.asked, one)[0]
    assert is_conversational_from_value(example)
    assert {said["from"] for said in example["conversations"]} <= {"system", "human", "gpt"}
    speakers = {"human": "user", "gpt": "assistant", "system": "system"}
    said = [{**each, "role": speakers[each["role"]]} for each in maybe_convert_to_chatml(example)["messages"]]
    assert said == records("trl_chat", one.asked, one)[0]["messages"]


@pytest.mark.parametrize("template", WRITING)
def test_a_completion_is_the_last_message(template: str, tmp_path: Path) -> None:
    one = story(template)
    example = loaded(tmp_path, "prompt_completion", one.asked, one)[0]
    assert is_conversational(example)
    whole = records("trl_chat", one.asked, one)[0]["messages"]
    assert [*example["prompt"], *example["completion"]] == whole
    said = apply_chat_template(example, tokenizer())
    assert said["prompt"].endswith("<assistant>")
    assert said["completion"].startswith(whole[-1]["content"])


def test_texts_are_verbatim() -> None:
    one = story("answer_writing")
    assert records("trl_chat", one.asked, one)[0]["messages"] == [
        {"role": "user", "content": one.data["question"]},
        {"role": "assistant", "content": "Paracetamol.\n\n告诉门诊。 👩‍⚕️"},
    ]
    own = story("instruction_writing")
    assert records("trl_chat", own.asked, own)[0]["messages"][0] == {
        "role": "user",
        "content": "What is capped?\n",
    }


@pytest.mark.parametrize(
    "text", ["a\u2028b\u0085c\u2029d", "\r\n \t", "\u0001\x1f", '"\\', "👩‍👩‍👧 𠮷 é e\u0301"]
)
def test_odd_signs_come_through_the_loader(text: str, tmp_path: Path) -> None:
    schema, data = schema_of("answer_writing"), example_of("answer_writing")
    one = row(schema, {**data, "question": f"Q{text}"}, {"answer": {"text": [f"A{text}"]}})
    messages = loaded(tmp_path, "trl_chat", schema, one)[0]["messages"]
    assert [said["content"] for said in messages] == [f"Q{text}", f"A{text}"]


def test_openai_learns_only_what_experts_wrote() -> None:
    one = story("dialogue_writing")
    messages = records("openai", one.asked, one)[0]["messages"]
    assert [(said["role"], said.get("weight")) for said in messages] == [
        ("user", None),
        ("assistant", 0),
        ("user", None),
        ("assistant", 1),
    ]


def test_each_expert_s_writing_is_a_record_and_the_same_twice_is_one() -> None:
    schema, data = schema_of("instruction_writing"), example_of("instruction_writing")
    said = [("Ask A", "Say A"), ("Ask B", "Say B"), ("Ask A", "Say A"), ("Ask B", "Say A")]
    answers = [{"instruction": {"text": [ask]}, "answer": {"text": [reply]}} for ask, reply in said]
    found = records("trl_chat", schema, row(schema, data, *answers))
    pairs = [tuple(one["content"] for one in each["messages"]) for each in found]
    assert pairs == [("Ask A", "Say A"), ("Ask B", "Say B"), ("Ask B", "Say A")]


def test_a_decision_stands_for_itself_and_what_it_put_aside_is_not_written() -> None:
    schema, data = schema_of("answer_writing"), example_of("answer_writing")
    before = row(schema, data, {"answer": {"text": ["Old"]}}, {"answer": {"text": ["Older"]}})
    decided = row(schema, data, {"answer": {"text": ["New"]}}, how="adjudicated")
    corrected = type(decided)(**{**vars(decided), "annotations": before.annotations})
    found = records("trl_chat", schema, corrected)
    assert [one["messages"][-1]["content"] for one in found] == ["New"]


def test_collected_chats_of_unknown_hands_are_not_mixed() -> None:
    schema, data = schema_of("dialogue_writing"), example_of("dialogue_writing")
    both = chat(schema, data, ("user", "A?"), ("assistant", "A."), ("user", "B?"), ("assistant", "B."))
    orphaned = type(both)(**{**vars(both), "annotations": []})
    assert records("trl_chat", schema, orphaned) == []


@pytest.mark.parametrize(
    "pairs",
    [
        (("assistant", "Ja."), ("user", "And?")),  # nothing is answered
        (("user", "?"), ("assistant", "  \n")),  # says nothing
    ],
)
def test_a_chat_that_teaches_nothing_makes_no_record(pairs: tuple[tuple[str, str], ...]) -> None:
    schema = schema_of("dialogue_writing")
    one = chat(schema, example_of("dialogue_writing"), *pairs)
    assert [records(key, schema, one) for key in TALKS] == [[]] * 4


def test_an_unanswered_item_or_one_without_a_prompt_makes_no_record() -> None:
    schema = schema_of("answer_writing")
    unanswered = row(schema, example_of("answer_writing"), {"sure": {"choices": ["sure"]}})
    promptless = row(schema, {"question": " "}, {"answer": {"text": ["So."]}})
    assert [records(key, schema, unanswered, promptless) for key in TALKS] == [[]] * 4


def test_roles_that_a_service_does_not_take_make_no_record_there() -> None:
    schema = schema_of("dialogue_writing")
    data = {
        "situation": "s",
        "messages": [{"role": "user", "content": "?"}, {"role": "tool", "content": "7"}],
    }
    one = chat(schema, data, ("assistant", "Seven."))
    assert records("openai", schema, one) == records("sharegpt", schema, one) == []
    roles = [said["role"] for said in records("trl_chat", schema, one)[0]["messages"]]
    assert roles == ["user", "tool", "assistant"]


def test_a_chat_in_which_nobody_asks_makes_no_record() -> None:
    schema = schema_of("dialogue_writing")
    one = chat(schema, {"situation": "s", "messages": []}, ("assistant", "Hello."), ("assistant", "So?"))
    assert [records(key, schema, one) for key in TALKS] == [[]] * 4


def test_several_texts_of_one_hand_are_not_matched_with_one_another() -> None:
    schema, data = schema_of("instruction_writing"), example_of("instruction_writing")
    said = {"instruction": [{"text": ["Ask A", "Ask B"]}], "answer": {"text": ["Say A"]}}
    free = replace(schema, questions=tuple(replace(one, max_texts=None) for one in schema.questions))
    assert records("trl_chat", free, row(free, data, said)) == []
