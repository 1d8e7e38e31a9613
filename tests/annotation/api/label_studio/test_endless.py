"""What would take for ever, or more than there is, is refused; links of a list keep what was asked."""

import json
import time
from urllib.parse import parse_qs, urlsplit

import pytest

from core import regexes
from tests.annotation.api.label_studio.script import CLS, House, condition, refused, said

SLOW = "(a+)+$"


def test_an_expression_that_backtracks_for_ever_is_given_up(house: House) -> None:
    """Text and expression are a member's: on SQLite they would hold a web process for hours."""
    project = house.owner.project(CLS)
    wanted, _hard = house.owner.load(project, [{"text": "aaa"}, {"text": "a" * 60 + "!"}])
    begun = time.monotonic()
    slow = {"conjunction": "and", "items": [condition("data.text", "regex", SLOW)]}
    answer = house.owner.get("tasks/", project=project, query=json.dumps({"filters": slow}))
    if answer.status_code == 400:  # SQLite
        refused(answer, "takes too long")
    else:  # PostgreSQL's engine does not go back
        assert [one["id"] for one in said(answer)["tasks"]] == [wanted]
    assert time.monotonic() - begun < 10 * regexes.BUDGET
    assert house.owner.query(project, condition("data.text", "regex", "^a{3}$")) == [wanted]


@pytest.mark.parametrize("pattern", ["((a{1000}){1000}){1000}", "a{99999}", "(?R)", "(", "*"])
def test_expressions_that_are_none_or_would_be_written_out(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        regexes.check(pattern)


def test_expressions_of_everyday_pass() -> None:
    for pattern in (r"\d{4}-\d{2}-\d{2}", "^(Ann|Bob)$", "(?i)straße", "[一-龥]{2,4}", "x{0,5}", ".*a.*b"):
        regexes.check(pattern)


def test_the_next_page_of_projects_is_of_the_same_question(house: House) -> None:
    for at in range(3):
        house.owner.project(title=f"Wanted {at}")
    house.owner.project(title="Another")
    first = said(house.owner.get("projects/", title="Wanted", page_size=2, ordering="title"))
    asked = parse_qs(urlsplit(first["next"]).query)
    assert asked == {"title": ["Wanted"], "ordering": ["title"], "page_size": ["2"], "page": ["2"]}
    rest = said(house.owner.get("projects/", **{name: one for name, (one,) in asked.items()}))
    assert [one["title"] for one in rest["results"]] == ["Wanted 2"]
    assert rest["next"] is None
    assert parse_qs(urlsplit(rest["previous"]).query)["title"] == ["Wanted"]


def test_members_come_page_by_page(house: House) -> None:
    number = said(house.owner.get("organizations/"))[0]["id"]
    seen, page = [], {"page_size": "3"}
    while True:
        told = said(house.owner.get(f"organizations/{number}/memberships/", **page))
        seen += [one["id"] for one in told["results"]]
        if not told["next"]:
            break
        page = {name: one for name, (one,) in parse_qs(urlsplit(told["next"]).query).items()}
    assert len(seen) == told["count"] == len(set(seen)) == 4


@pytest.mark.parametrize("number", ["nan", "NaN", "inf", "-Infinity", "1e999"])
def test_numbers_that_are_none_as_text(house: House, number: str) -> None:
    project = house.owner.project(CLS)
    (task,) = house.owner.load(project, [{"text": "x"}])
    refused(house.ann.post(f"tasks/{task}/annotations/", {"result": [], "lead_time": number}))
    refused(house.ann.post(f"tasks/{task}/drafts", {"result": [], "lead_time": number}))
    refused(house.owner.post("predictions/", {"task": task, "result": [], "score": number}))
    assert said(house.owner.get("tasks/", project=project, fields="all"))["total"] == 1
