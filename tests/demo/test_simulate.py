"""Simulated experts answer completely, err where people err, and repeat themselves under a seed."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

from annotation.formats.answers import check
from annotation.formats.labelling_config import parse_config
from demo.people import PEOPLE
from demo.person import Person, Profile
from demo.projects import PROJECTS, ProjectData, project
from demo.simulate import error_rate, simulate, time_on_task
from demo.slips import slip, stray
from demo.truths import Truth, load_truths


def items(one: ProjectData) -> list[tuple[dict[str, str], Truth]]:
    truths = load_truths(one.key)
    lines = (json.loads(line) for line in one.texts.read_text("utf-8").splitlines())
    return [(row, truths[row["ref"]]) for row in lines]


def profile_of(name: str) -> Profile:
    (found,) = (p.profile for p in PEOPLE if p.email.startswith(name))
    assert found
    return found


def answer_all(who: Profile, one: ProjectData, seed: int) -> list[dict[str, Any]]:
    schema, rng = parse_config(one.config), Random(seed)
    return [
        check(schema, data, simulate(who, one.sector, schema, data, truth, rng), complete=True)
        for data, truth in items(one)
    ]


def experts_of(one: ProjectData) -> list[Person]:
    return [p for p in PEOPLE if p.profile and one.sector in p.profile.sectors]


@pytest.mark.parametrize("one", PROJECTS, ids=lambda one: one.key)
def test_every_expert_gives_a_complete_and_valid_answer_to_every_item(one: ProjectData) -> None:
    for person in experts_of(one):
        assert person.profile
        for seed in range(3):
            answer_all(person.profile, one, seed)


def test_the_same_seed_gives_the_same_answers_and_another_seed_others() -> None:
    one, who = project("legal-en"), profile_of("tobias")
    assert answer_all(who, one, 7) == answer_all(who, one, 7)
    assert answer_all(who, one, 7) != answer_all(who, one, 8)


def share_right(who: Profile, one: ProjectData, question: str, *, hard: bool) -> float:
    truths = [truth for _, truth in items(one)]
    right: list[bool] = [
        given[question] == truth.answers[question]
        for seed in range(8)
        for given, truth in zip(answer_all(who, one, seed), truths, strict=True)
        if (truth.difficulty >= 0.6) == hard
    ]
    return sum(right) / len(right)


def test_better_experts_are_right_more_often_and_hard_items_are_missed_more_often() -> None:
    one = project("legal-en")
    good = share_right(profile_of("harriet"), one, "clause_type", hard=False)
    weak = share_right(profile_of("isolde"), one, "clause_type", hard=False)
    assert good > weak > share_right(profile_of("isolde"), one, "clause_type", hard=True)
    assert good > 0.92


def test_a_bias_shows_in_the_labels_an_expert_over_uses() -> None:
    one, question = project("legal-en"), "clause_type"

    def wrong_caps(name: str) -> int:
        return sum(
            given[question] == "liability_cap" != truth.answers[question]
            for seed in range(20)
            for given, (_, truth) in zip(answer_all(profile_of(name), one, seed), items(one), strict=True)
        )

    assert wrong_caps("tobias") > 1.5 * wrong_caps("harriet")


def test_span_edges_slip_but_most_spans_are_exact() -> None:
    one = project("healthcare-zh")
    exact = missed = total = 0
    for seed in range(5):
        for given, (_, truth) in zip(answer_all(profile_of("yunxiu"), one, seed), items(one), strict=True):
            said = {tuple(span) for span in given.get("mentions", [])}
            right = {tuple(span) for span in truth.answers["mentions"]}
            exact, total, missed = exact + len(said & right), total + len(right), missed + len(right - said)
    assert 0.9 < exact / total < 0.999
    assert missed


def test_error_rate_is_one_minus_accuracy_in_the_middle_and_bounded() -> None:
    assert error_rate(0.9, 0.5) == pytest.approx(0.1)
    assert error_rate(0.9, 0.0) < error_rate(0.9, 0.5) < error_rate(0.9, 0.8)
    assert error_rate(0.0, 1.0) == 0.6


def test_an_expert_without_the_sector_is_refused() -> None:
    one = project("legal-en")
    data, truth = items(one)[0]
    with pytest.raises(KeyError):
        simulate(profile_of("nadira"), one.sector, parse_config(one.config), data, truth, Random(1))


def test_slips_move_one_edge_by_a_word_or_by_a_character_or_two() -> None:
    text = "pay the Consultant a fee of EUR 600 a trip"
    start, end = text.index("EUR"), text.index(" a trip")
    found = {text[s:e] for s, e, _ in (slip(text, (start, end, "A"), Random(seed)) for seed in range(40))}
    assert found == {"of EUR 600", "EUR 600 a", "EUR", "600"}
    chinese = "诊断急性心肌梗死，入院"
    found = {chinese[s:e] for s, e, _ in (slip(chinese, (2, 8, "D"), Random(seed)) for seed in range(60))}
    assert found == {"断急性心肌梗死", "诊断急性心肌梗死", "性心肌梗死", "急性心肌梗"}


def test_a_slip_never_leaves_the_text_nor_splits_a_line_end() -> None:
    text = "Drug\r\nDose"
    for seed in range(30):
        for span in ((0, 4, "R"), (6, 10, "Q")):
            assert slip(text, span, Random(seed)) == span


def test_a_stray_mark_lies_on_a_word() -> None:
    assert stray("…！？", "A", Random(1)) is None
    for seed in range(20):
        found = stray("a 股票 text", "A", Random(seed))
        assert found
        assert "a 股票 text"[found[0] : found[1]] in {"a", "股票", "text"}


def test_time_on_task_grows_with_the_text() -> None:
    who = profile_of("harriet")
    short = sum(time_on_task(who, "x" * 80, Random(seed)) for seed in range(50))
    assert 0 < short < sum(time_on_task(who, "x" * 800, Random(seed)) for seed in range(50))
