"""What the living example asks of people holds together: its items, control items, and who is there for them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from annotation.formats.known_answer import read_known
from annotation.formats.labelling_config import parse_config
from core.roles import Role
from demo.availability import AVAILABLE
from demo.controls import ATTEMPTS, CONTROLS, HASTY, QUESTIONS, SITTINGS, ControlSet
from demo.hands import able
from demo.needs import ADAPTIVE, INTERESTS, NEEDS, NOT_YET, RESIDENCES, UNDERTAKING, WALLS, asking
from demo.people import PEOPLE
from demo.projects import PROJECTS, ProjectData, project

TODAY = date(2026, 11, 21)
KEYS = [data.key for data in PROJECTS]


@pytest.mark.parametrize("key", KEYS)
def test_items_that_ask_for_something_are_items_of_the_project(key: str) -> None:
    lines = project(key).texts.read_text("utf-8").splitlines(keepends=True)
    rows = [json.loads(line) for line in asking(key, lines, TODAY)]
    assert len(rows) == len(lines)
    asked = [row for row in rows if set(row) - set(json.loads(lines[0]))]
    assert len(asked) == len({number for refs in NEEDS[key] for number in refs})
    assert len(asked) < len(rows) / 2
    for before, row in zip(map(json.loads, lines), rows, strict=True):
        assert {name: row[name] for name in before} == before
        assert row.get("_due", "2026-11-22") > TODAY.isoformat()


def test_what_is_asked_is_asked_in_projects_and_of_people_that_exist() -> None:
    assert set(NEEDS) == set(KEYS)
    for found in (UNDERTAKING, WALLS, RESIDENCES, ADAPTIVE):
        assert set(found) <= set(KEYS)
    emails = {person.email for person in PEOPLE}
    assert {HASTY, *SITTINGS, *NOT_YET, *INTERESTS} <= emails
    assert {person.email for person in PEOPLE if person.profile} == set(AVAILABLE)


def test_rooms_are_those_of_the_barrier() -> None:
    rooms = {needs["_room"] for needs in NEEDS["legal-zh"].values() if "_room" in needs}
    assert rooms == set(WALLS["legal-zh"])


@pytest.mark.parametrize("found", CONTROLS, ids=lambda found: found.key)
def test_control_items_have_a_known_answer_that_fits(found: ControlSet) -> None:
    schema = parse_config(project(found.key).config)
    truths = found.truths()
    texts = project(found.key).texts.read_text("utf-8")
    for row in found.rows():
        known = read_known(schema, {"text": row["text"]}, row["_answer"])
        assert set(known.values) == set(found.asked)
        assert row["_explanation"]
        assert json.dumps(row["text"], ensure_ascii=False) not in texts
        assert truths[str(row["ref"])].confusable, "a hasty reader needs something to take it for"


def test_control_items_are_mixed_into_the_work_of_two_projects_in_two_languages() -> None:
    mixed = [project(found.key) for found in CONTROLS if found.use == "work"]
    assert {(data.sector, data.language) for data in mixed} == {("healthcare", "en"), ("finance", "zh-hans")}


def test_every_sitting_of_the_exam_has_questions_that_were_never_asked() -> None:
    (asked,) = (found for found in CONTROLS if found.use == "exam")
    assert len(asked.rows()) >= QUESTIONS * ATTEMPTS
    assert all(right <= QUESTIONS for right in SITTINGS.values())


@pytest.mark.parametrize("key", KEYS)
def test_the_texts_are_in_a_language_that_the_profiles_of_the_annotators_name(key: str) -> None:
    data = project(key)
    rows = [json.loads(line) for line in data.texts.read_text("utf-8").splitlines()]
    assert {row["_language"] for row in rows} == {data.language}
    people = able(data, Role.ANNOTATOR)
    assert len(people) >= data.overlap
    for person in people:
        assert person.profile
        assert data.language in {known.code for known in person.profile.languages}


def test_harriet_reads_no_chinese() -> None:
    assert {data.key for data in PROJECTS if "harriet@demo.example" in _emails(data)} == {"legal-en"}


def _emails(data: ProjectData) -> set[str]:
    return {person.email for person in able(data, Role.ANNOTATOR)}
