"""Preferences and verdicts, read by `datasets` and TRL's own functions."""

from pathlib import Path
from typing import Any

import pytest
from trl.data_utils import (
    apply_chat_template,
    is_conversational,
    maybe_extract_prompt,
    maybe_unpair_preference_dataset,
)

from annotation.formats.release.rows import ReleaseRow
from tests.annotation.formats.release.training.openai_rules import check_preference
from tests.annotation.formats.release.training.scene import (
    example_of,
    loaded,
    records,
    row,
    schema_of,
    turns,
)
from tests.annotation.formats.release.training.stories import story
from tests.annotation.formats.release.training.tokenizer import tokenizer

COMPARING = ["answer_ranking", "chat_turns", "preference"]
PAIRS = ["dpo", "reward", "openai_preference"]


def judged_chat(*labels: str) -> ReleaseRow:
    schema, data = schema_of("chat_turns"), example_of("chat_turns")
    return row(schema, data, {"verdict": turns(data, "messages", "content", list(labels), "choices")})


def preferred(better: str | None, **data: str) -> ReleaseRow:
    schema = schema_of("preference")
    said: dict[str, Any] = {} if better is None else {"better": {"selected": better}}
    return row(schema, {**example_of("preference"), **data}, {**said, "why": {"text": ["So."]}})


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("template", COMPARING)
def test_trl_reads_pairs(template: str, language: str, tmp_path: Path) -> None:
    one = story(template, language)
    found = loaded(tmp_path, "dpo", one.asked, one)
    assert set(found.column_names) == {"id", "prompt", "chosen", "rejected"}
    for example in found:
        assert is_conversational(example)
        assert maybe_extract_prompt(dict(example)) == example  # the prompt is explicit
        said = apply_chat_template(example, tokenizer())
        assert said["prompt"].endswith("<assistant>")
        assert said["chosen"].startswith(example["chosen"][0]["content"])
        assert said["rejected"].startswith(example["rejected"][0]["content"])


@pytest.mark.parametrize("template", COMPARING)
def test_the_prompt_of_a_reward_pair_is_that_of_dpo(template: str, tmp_path: Path) -> None:
    one = story(template)
    wanted = records("dpo", one.asked, one)
    for example, whole in zip(loaded(tmp_path, "reward", one.asked, one), wanted, strict=True):
        assert maybe_extract_prompt(example) == {
            name: whole[name] for name in ("prompt", "chosen", "rejected")
        }


@pytest.mark.parametrize("template", COMPARING)
def test_openai_takes_every_pair(template: str) -> None:
    one = story(template)
    for line in records("openai_preference", one.asked, one):
        check_preference(line)


def test_the_chosen_side_is_chosen() -> None:
    for better, other in (("left", "right"), ("right", "left")):
        found = records("dpo", schema_of("preference"), preferred(better))[0]
        sides = {"left": example_of("preference")["first"], "right": example_of("preference")["second"]}
        assert found["prompt"] == [{"role": "user", "content": example_of("preference")["question"]}]
        assert found["chosen"][0]["content"] == sides[better]
        assert found["rejected"][0]["content"] == sides[other]


def test_kto_is_what_trl_makes_of_the_pairs(tmp_path: Path) -> None:
    rows = [preferred("left"), preferred("right", question="再问？ 😀")]
    pairs = loaded(tmp_path, "dpo", rows[0].asked, *rows)
    unpaired = maybe_unpair_preference_dataset(pairs)
    own = loaded(tmp_path, "kto", rows[0].asked, *rows)
    assert set(own.column_names) == set(unpaired.column_names)
    in_order = [(one["prompt"], one["completion"], one["label"]) for one in own]
    theirs = [(one["prompt"], one["completion"], one["label"]) for one in unpaired]
    assert sorted(in_order, key=repr) == sorted(theirs, key=repr)


@pytest.mark.parametrize(
    "one",
    [
        preferred(None),
        preferred("left", first=" ", second="b"),
        preferred("left", first="same", second="same"),
        preferred("left", question=""),
    ],
    ids=["unanswered", "empty", "same", "promptless"],
)
def test_what_is_no_preference_makes_no_record(one: ReleaseRow) -> None:
    assert [records(key, one.asked, one) for key in (*PAIRS, "kto")] == [[]] * 4


def test_a_ranking_gives_every_pair_in_order() -> None:
    one = story("answer_ranking")
    body = {card["id"]: card["body"] for card in one.data["answers"]}
    found = records("dpo", one.asked, one)
    pairs = [(each["chosen"][0]["content"], each["rejected"][0]["content"]) for each in found]
    assert pairs == [(body[a], body[b]) for a, b in ("ca", "cb", "ab")]


def test_a_ranking_is_its_list_in_order(tmp_path: Path) -> None:
    one = story("answer_ranking")
    body = {card["id"]: card["body"] for card in one.data["answers"]}
    found = loaded(tmp_path, "ranking", one.asked, one)[0]
    assert found["completions"] == [body[each] for each in "cab"]
    assert found["prompt"] == [{"role": "user", "content": one.data["question"]}]


def test_a_ranking_with_a_card_without_words_makes_no_record() -> None:
    one = story("answer_ranking")
    cards = [{"id": "a", "html": "<p>One <b>b</b></p>"}, {"id": "b", "title": "T"}, {"id": "c", "body": ""}]
    schema = one.asked
    ranked = {"order": {"ranker": {"order": ["b", "a", "c"]}}}
    bare = row(schema, {**one.data, "answers": cards}, ranked)
    assert records("ranking", schema, bare) == records("dpo", schema, bare) == []
    cards[2]["body"] = "C"
    full = row(schema, {**one.data, "answers": cards}, ranked)
    assert records("ranking", schema, full)[0]["completions"] == ["T", "One b", "C"]


def test_kto_takes_the_turns_that_are_good_or_bad(tmp_path: Path) -> None:
    one = judged_chat("right", "right", "", "wrong")
    found = list(loaded(tmp_path, "kto", one.asked, one))
    messages = one.data["messages"]
    assert [(len(each["prompt"]), each["label"]) for each in found] == [(1, True), (3, False)]
    assert [each["completion"] for each in found] == [[messages[1]], [messages[3]]]
    assert is_conversational(found[0])


def test_a_turn_that_is_neither_or_of_which_a_part_is_judged_makes_no_record() -> None:
    assert records("kto", schema_of("chat_turns"), judged_chat("", "misleading", "", "")) == []
    schema, data = schema_of("chat_review"), example_of("chat_review")
    whole = turns(data, "messages", "content", ["", "good", *[""] * (len(data["messages"]) - 2)], "labels")
    part = {**whole[0], "end": whole[0]["start"] + 3, "labels": ["wrong"], "id": "part"}
    assert len(records("kto", schema, row(schema, data, {"fault": whole}))) == 1
    assert records("kto", schema, row(schema, data, {"fault": [*whole, part]})) == []
    assert records("kto", schema, row(schema, data, {"fault": [part]})) == []


def test_a_correction_is_chosen_over_what_it_corrects() -> None:
    one = story("chat_turns")
    found = records("dpo", one.asked, one)
    assert found[0]["prompt"] == one.data["messages"][:3]
    assert found[0]["chosen"][0]["content"] == "No: at par. 😀 是的"
    assert found[0]["rejected"] == [one.data["messages"][3]]


def test_an_order_of_a_part_of_the_list_or_of_one_thing_makes_no_record() -> None:
    one = story("answer_ranking")
    part = row(one.asked, one.data, {"order": {"ranker": {"order": ["c", "a"]}}})
    assert records("ranking", one.asked, part) == records("dpo", one.asked, part) == []
    alone = {**one.data, "answers": one.data["answers"][:1]}
    single = row(one.asked, alone, {"order": {"ranker": {"order": ["a"]}}})
    assert records("ranking", one.asked, single) == []


def test_what_the_user_says_is_no_response() -> None:
    schema = schema_of("chat_turns")
    data = {"messages": [{"role": "user", "content": text} for text in ("Hi?", "Hello?")]}
    marks = turns(data, "messages", "content", ["", "right"], "choices")
    place = {name: marks[0][name] for name in ("id", "start", "end")}
    one = row(schema, data, {"verdict": marks, "correction": {**place, "text": ["Hey?"]}})
    assert len(one.labels["verdict"]) == 1
    assert [records(key, schema, one) for key in (*PAIRS, "kto")] == [[]] * 4
