"""What a schema's fields and questions are to a trainer, and what is refused because it could be two things."""

import json
from dataclasses import replace
from typing import Any

import pytest

from annotation.formats.labelling_config import parse_config
from annotation.formats.release.format import View
from annotation.formats.release.registry import FORMATS
from annotation.formats.release.roles.names import BAD, GOOD, verdict
from annotation.formats.release.training_formats import TRAINING
from tests.annotation.formats.release.training.scene import records, row, written
from tests.annotation.formats.release.training.stories import ANSWERS, story

QUESTION = '<Text name="question" value="$question"/>'
ANSWER = '<TextArea name="answer" toName="question"/>'
SIDES = '<Text name="a" value="$a"/><Text name="b" value="$b"/>'
BETTER = '<Pairwise name="better" toName="a,b"/>'
TABLE = '<Table name="figures" value="$figures"/>'
CHAT = '<Chat name="chat" value="$chat" editable="false"/>'
JUDGE = (
    '<Choices name="{name}" toName="{field}" choice="single">'
    '<Choice value="right"/><Choice value="wrong"/></Choices>'
)
ASKED = [{"role": "user", "content": "Hi?"}]


def schema(*parts: str) -> Any:
    return parse_config(f"<View>{''.join(parts)}</View>")


def misfit(key: str, *parts: str) -> str:
    return FORMATS[key].misfit(View(schema(*parts))).removeprefix("release_training_")


@pytest.mark.parametrize(
    ("key", "parts", "code"),
    [
        ("openai", (QUESTION, ANSWER), ""),
        ("openai", (QUESTION, ANSWER, '<TextArea name="reply" toName="question"/>'), "unclear"),
        ("openai", (QUESTION, '<TextArea name="words" toName="question"/>'), "no_response"),
        ("openai", (QUESTION, '<TextArea name="words" toName="question" required="true"/>'), ""),
        ("openai", (QUESTION, '<TextArea name="why" toName="question" required="true"/>'), "no_response"),
        ("openai", (QUESTION, '<TextArea name="task" toName="question" required="true"/>'), "no_response"),
        ("openai", (QUESTION, TABLE, ANSWER), "not_text"),
        ("openai", (QUESTION, '<TextArea name="answer_1" toName="question"/>'), ""),
        ("openai", (QUESTION, '<TextArea name="回答" toName="question"/>'), ""),
        ("dpo", (QUESTION, SIDES, BETTER), ""),
        ("dpo", (SIDES, BETTER), "no_prompt"),
        ("dpo", (TABLE, SIDES, BETTER), "not_text"),
        ("dpo", (QUESTION, SIDES, BETTER, '<Pairwise name="safer" toName="a,b"/>'), "unclear"),
        ("dpo", (CHAT, SIDES, BETTER), ""),
        ("kto", (QUESTION, '<Text name="answer" value="$a"/>', JUDGE.format(name="v", field="answer")), ""),
        (
            "kto",
            (QUESTION, '<Text name="claim" value="$a"/>', JUDGE.format(name="v", field="claim")),
            "no_verdict",
        ),
        ("prm", (QUESTION, JUDGE.format(name="v", field="question")), "no_steps"),
        ("ranking", (QUESTION, '<List name="l" value="$l"/><Ranker name="r" toName="l"/>'), ""),
        (
            "ranking",
            (QUESTION, '<List name="l" value="$l"/><Ranker name="r" toName="l"><Bucket name="x"/></Ranker>'),
            "no_ranking",
        ),
        (
            "rubric",
            (QUESTION, '<Rubric name="r" toName="question"/><Rubric name="s" toName="question"/>'),
            "unclear",
        ),
    ],
)
def test_a_reading_is_sure_or_refused(key: str, parts: tuple[str, ...], code: str) -> None:
    assert misfit(key, *parts) == code


def test_all_that_is_shown_is_the_prompt_in_page_order_and_the_system_s_words_come_first() -> None:
    asked = schema(
        '<Text name="context" value="$context"/>',
        QUESTION,
        '<Text name="system" value="$system"/>',
        ANSWER,
    )
    data = {"context": " C 😀\n", "question": "Q?", "system": "Be brief."}
    one = row(asked, data, {"answer": {"text": ["A"]}})
    assert records("trl_chat", asked, one)[0]["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": " C 😀\n\n\nQ?"},
        {"role": "assistant", "content": "A"},
    ]


def test_a_chat_is_a_prompt_and_goes_on_only_where_it_asks() -> None:
    asked = schema(CHAT, SIDES, BETTER)
    data = {"chat": ASKED, "a": "A", "b": "B"}
    said = {"better": {"selected": "right"}}
    assert records("dpo", asked, row(asked, data, said))[0]["prompt"] == ASKED
    answered = {**data, "chat": [*ASKED, {"role": "assistant", "content": "Ho."}]}
    assert records("dpo", asked, row(asked, answered, said)) == []


def test_a_text_that_is_right_or_wrong_is_a_verdict() -> None:
    asked = schema(QUESTION, '<Text name="answer" value="$a"/>', JUDGE.format(name="v", field="answer"))
    data = {"question": "Q", "a": "A"}
    found = [
        records("kto", asked, row(asked, data, {"v": {"choices": [one]}}))[0]["label"]
        for one in ("right", "wrong")
    ]
    assert found == [True, False]
    torn = row(asked, data, {"v": {"choices": ["right"]}}, {"v": {"choices": ["wrong"]}})
    assert torn.labels["v"] is None
    assert records("kto", asked, torn) == []


def test_no_label_is_good_and_bad() -> None:
    assert not GOOD & BAD
    assert (verdict(" Right "), verdict("错误"), verdict("yes")) == (True, False, None)


@pytest.mark.parametrize("template", sorted(ANSWERS))
def test_the_same_rows_are_the_same_bytes_in_utf_8_a_record_a_line(template: str) -> None:
    rows = [story(template, language) for language in ("en", "zh-hans")]
    asked = rows[0].asked
    for one in TRAINING:
        if one.misfit(View(asked)):
            continue
        content, counts = written(one.key, asked, *rows)
        again, _ = written(one.key, asked, *(story(template, language) for language in ("en", "zh-hans")))
        assert content == again
        lines = content.decode("utf-8").split("\n")
        assert lines.pop() == ""
        assert len(lines) == sum(counts)
        assert all(json.loads(line) for line in lines)
        assert b"\\u" not in content


@pytest.mark.parametrize("format_", TRAINING, ids=lambda one: one.key)
def test_a_file_of_no_rows_is_empty(format_: Any) -> None:
    for template in ANSWERS:
        asked = story(template).asked
        if not format_.misfit(View(asked)):
            assert written(format_.key, asked) == (b"", [])


@pytest.mark.parametrize("template", sorted(ANSWERS))
def test_answers_of_an_earlier_schema_that_asked_something_else_make_no_record(template: str) -> None:
    """By the same name: a figure, a label, a list, spans. Nothing breaks, and nothing is made of them."""
    one = story(template)
    for value in (7, "left-over", ["a", "b"], [["a", "b"]], [[0, 1, "x", "y"]]):
        gold = [replace(each, value=value, result=_other(each)) for each in one.gold]
        said = [
            replace(each, values=dict.fromkeys(each.values, value), result=[*each.result])
            for each in one.annotations
        ]
        for format_ in TRAINING:
            if not format_.misfit(View(one.asked)):
                assert written(format_.key, one.asked, replace(one, gold=gold, annotations=said))[1] == [0]


def _other(gold: Any) -> list[dict[str, Any]]:
    return [{**region, "type": "number", "value": {"number": 7}} for region in gold.result]
