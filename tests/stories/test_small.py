"""The project's own 24 messages, every kind of question, both rules for disputes: from the file to the release."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.stories.effort import Effort, Released, Work, said
from tests.stories.founding import Founding
from tests.support.stack import Stack

pytestmark = [pytest.mark.stack, pytest.mark.timeout(300)]

FOLDER = Path(__file__).resolve().parents[1] / "data" / "story"
ANNOTATORS = ("a", "b", "c")


def _load(name: str) -> dict[str, Any]:
    return dict(json.loads((FOLDER / name).read_text("utf-8")))


ANSWERS, DECISIONS, EXPECTED = _load("answers.json"), _load("decisions.json"), _load("expected.json")
ROWS = [json.loads(line) for line in (FOLDER / "items.jsonl").read_text("utf-8").splitlines()]


@dataclass
class Told:
    """What the story left behind under one rule."""

    rule: str
    effort: Effort
    batch: dict[str, Any]
    disputed: set[tuple[str, str]]
    released: Released

    def outcome(self, ref: str, question: str) -> dict[str, Any]:
        """What is expected."""
        found = EXPECTED[ref][question]
        return dict(found.get(self.rule, found))


@pytest.fixture(scope="module", params=["any_difference", "no_majority"])
def told(stack: Stack, request: pytest.FixtureRequest) -> Told:
    """The whole story, told once under each rule."""
    rule: str = request.param
    effort = Effort(
        stack,
        Founding(
            title=f"Letters {rule.replace('_', '-')}",
            sector="legal",
            people={**dict.fromkeys(ANNOTATORS, "annotator"), "judge": "adjudicator"},
            config=(FOLDER / "config.xml").read_text("utf-8"),
            guideline=(FOLDER / "guideline.md").read_text("utf-8"),
            settings={"overlap": 3, "dispute_rule": rule},
        ),
    )
    batch = effort.upload("letters.jsonl", [*ROWS, ROWS[0]])
    refs = {row["text"]: row["ref"] for row in ROWS}  # a work has only what is shown
    for name in ANNOTATORS:

        def answer(work: Work, name: str = name) -> list[dict[str, Any]]:
            return list(ANSWERS[refs[work["item"]["data"]["text"]]][name])

        assert sum(1 for _ in effort.label(effort.person(name), answer)) == len(ROWS)
    effort.settle()
    disputed = set(_decide_all(effort))
    effort.settle()
    return Told(rule, effort, batch, disputed, effort.release())


def _decide_all(effort: Effort) -> Iterator[tuple[str, str]]:
    judge = effort.person("judge")
    for dispute in effort.disputes(judge):
        ref, question = dispute["item"]["data"]["ref"], dispute["question"]
        assert sorted(answer["name"] for answer in dispute["answers"]) == ["A", "B", "C"]
        said(judge.post(f"/api/v1/disputes/{dispute['dispute']}/decide", json=DECISIONS[ref][question]), 201)
        yield ref, question


def test_the_repeated_row_is_left_out(told: Told) -> None:
    assert (told.batch["items_stored"], told.batch["items_repeated"]) == (24, 1)


def test_exactly_the_expected_questions_were_disputed(told: Told) -> None:
    assert told.disputed == {
        (ref, question)
        for ref, outcomes in EXPECTED.items()
        for question in outcomes
        if told.outcome(ref, question)["how"] == "adjudicated"
    }


def test_every_gold_answer_is_the_expected_one(told: Told) -> None:
    assert sorted(row["data"]["ref"] for row in told.released.rows) == sorted(row["ref"] for row in ROWS)
    for row in told.released.rows:
        for question, gold in row["gold"].items():
            expected = told.outcome(row["data"]["ref"], question)
            where = f"{row['data']['ref']} {question}"
            assert (gold["how"], gold["value"]) == (expected["how"], expected["gold"]), where
            assert row["labels"][question] == gold["value"], where


def test_dissent_and_answers_are_kept_under_one_name_a_person(told: Told) -> None:
    names: dict[str, set[str]] = {}
    for row in told.released.rows:
        ref = row["data"]["ref"]
        person = {
            next(name for name in ANNOTATORS if ANSWERS[ref][name] == given["result"]): given["annotator"]
            for given in row["annotations"]
        }
        assert sorted(person) == list(ANNOTATORS)
        for name, pseudonym in person.items():
            names.setdefault(name, set()).add(pseudonym)
        for question, gold in row["gold"].items():
            dissent = told.outcome(ref, question).get("dissent", [])
            assert [entry["annotator"] for entry in gold["dissent"]] == [person[name] for name in dissent]
    assert sorted(len(pseudonyms) for pseudonyms in names.values()) == [1, 1, 1]
    assert len(set.union(*names.values())) == 3


def test_decisions_keep_their_reasons_and_who_said_so(told: Told) -> None:
    for row in told.released.rows:
        for question, gold in row["gold"].items():
            if gold["how"] == "adjudicated":
                decided = DECISIONS[row["data"]["ref"]][question]
                assert (gold["rationale"], gold["clause"]) == (decided["rationale"], decided["clause"])
                assert gold["adjudicator"] not in {given["annotator"] for given in row["annotations"]}


def test_source_licence_language_and_group_come_through(told: Told) -> None:
    given_by_ref = {row["ref"]: row for row in ROWS}
    for row in told.released.rows:
        given = given_by_ref[row["data"]["ref"]]
        assert row["data"] == {"text": given["text"], "ref": given["ref"]}
        assert {name: row[name] for name in ("source", "licence", "language", "group")} == {
            "source": given["_source"],
            "licence": given["_licence"],
            "language": given["_language"],
            "group": given["_group"],
        }


def test_the_files_are_what_the_manifest_says(told: Told) -> None:
    for entry in told.released.manifest["files"]:
        content = told.released.file(entry["path"])
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (entry["sha256"], entry["size"])
    manifest = told.released.file("manifest.json")
    assert hashlib.sha256(manifest).hexdigest() == told.released.facts["manifest_sha256"]
    assert json.loads(manifest) == told.released.manifest


def test_the_same_state_releases_to_the_same_bytes(told: Told) -> None:
    again = told.effort.release()
    assert again.facts["number"] == told.released.facts["number"] + 1
    assert again.facts["manifest_sha256"] == told.released.facts["manifest_sha256"]
    for name in [one["path"] for one in told.released.manifest["files"]] + ["manifest.json"]:
        assert again.file(name) == told.released.file(name)
