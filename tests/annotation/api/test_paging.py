"""Lists come in pages: a cursor goes on where a page ended, whatever comes or goes meanwhile."""

import base64
import io
import json
from typing import Any

import pytest
from django.core.management import call_command

from annotation.models import Batch
from tests.annotation.api.caller import Caller, refusal
from tests.cast import Scene

BOUNDED = {
    "list_credential_kinds": "a catalogue that comes with Assay",
    "list_patterns": "at most 2,000, the most frequent first",
    "list_confusion": "pairs of a question's labels",
}
"""Answers that are a list as a whole, and why they need no pages."""
ONE_ITEM = "of one item, its answers and its questions"
INSIDE = {
    "get_asset_page_text": "of one page",
    "get_work": ONE_ITEM,
    "get_dispute": ONE_ITEM,
    "get_item": ONE_ITEM,
    "get_sitting": "an exam's questions",
    "draft_versions": "at most 20 are kept",
    "get_batch_quality": "one for each step of the check",
    "get_credential": "one for each organisation that answered",
    "list_judges": "at most 50, and says whether there are more",
    "rank_experts": "the best few",
    "get_desk": "at most 24 projects of each kind",
    "get_profile": "at most 100 of each kind are taken",
    "get_my_work": "one's leases and drafts, at most 100 of each; `submitted` has pages",
    "get_organisation": "a person's roles",
    "get_organisation_expert": "of one person",
    "get_project_expert": "of one person",
    "get_coverage": "the largest lanes and demands of one count",
    "get_overlap": "a panel has at most 50",
    "get_progress": "a day each",
    "get_ranking": "who has a rate of their own",
    "get_schema_version": "of one config",
    "get_release": "the checks of a gate, and a waiver for each",
    "preview_release": "the formats there are, and the checks of a gate",
    "get_release_row": "one item: its answers and labels",
    "get_second_looks": "an adjudicator and question each; the newest 50 pairs that differ",
    "get_trust": "residences and rooms as the lead wrote them; at most 50 people each",
    "get_webhook": "the actions there are",
    "list_templates": "the catalogue of this version",
    "get_template": "of one example",
}
"""Lists inside of an answer, and why they end."""


def described() -> dict[str, Any]:
    out = io.StringIO()
    call_command("spectacular", "--format", "openapi-json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Those of v1 that read, by their ids."""
    return {
        operation["operationId"]: operation
        for path, methods in document["paths"].items()
        if path.startswith("/api/v1/")
        for method, operation in methods.items()
        if method == "get"
    }


def resolved(document: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in shape:
        shape = document["components"]["schemas"][shape["$ref"].rsplit("/", 1)[-1]]
    return shape


def test_every_list_that_can_grow_has_pages(db: None) -> None:
    document = described()
    whole, paged, inside = set(), set(), set()
    for name, operation in operations(document).items():
        answer = operation["responses"].get("200", {}).get("content", {}).get("application/json")
        if answer is None:
            continue
        shape = resolved(document, answer["schema"])
        if shape.get("type") == "array":
            whole.add(name)
        elif "results" in shape.get("properties", {}) and "next" in shape["properties"]:
            paged.add(name)
            asked = {one["name"] for one in operation["parameters"]}
            assert {"after", "limit"} <= asked, name
            assert "Link" in operation["responses"]["200"]["headers"], name
        elif any(one.get("type") == "array" for one in shape.get("properties", {}).values()):
            inside.add(name)
    assert whole == BOUNDED.keys()
    assert inside == INSIDE.keys()
    assert len(paged) >= 20


@pytest.fixture
def lead(ours: Scene, as_: Any) -> Caller:
    caller: Caller = as_(ours.lead)
    return caller


def batches(ours: Scene, count: int) -> None:
    """So many batches more."""
    for number in range(count):
        copy = Batch.objects.get(pk=ours.batch.pk)
        copy.pk, copy.uid, copy.name = None, f"copy{number}", f"copy {number}"
        copy.save(force_insert=True)


def test_pages_follow_one_another_while_rows_come_and_go(ours: Scene, lead: Caller) -> None:
    path = f"projects/{ours.project.uid}/batches"
    batches(ours, 5)
    before = [one["id"] for one in lead.get(f"{path}?limit=500").json()["results"]]
    first = lead.get(f"{path}?limit=2")
    assert [one["id"] for one in first.json()["results"]] == before[:2]
    Batch.objects.filter(uid=before[1]).delete()  # the last of the page that was read
    copy = Batch.objects.get(pk=ours.batch.pk)
    copy.pk, copy.uid = None, "newest"
    copy.save(force_insert=True)
    seen, after = before[:2], first.json()["next"]
    while after:
        page = lead.get(f"{path}?limit=2&after={after}").json()
        seen, after = [*seen, *(one["id"] for one in page["results"])], page["next"]
    assert seen == before


def test_the_next_page_is_a_link_too(ours: Scene, lead: Caller) -> None:
    batches(ours, 2)
    path = f"projects/{ours.project.uid}/batches"
    first = lead.get(f"{path}?limit=2")
    address, rel = first["Link"].split("; ")
    assert rel == 'rel="next"'
    following = lead.get(address.strip("<>").split("/api/v1/")[1])
    assert following.json() == lead.get(f"{path}?limit=2&after={first.json()['next']}").json()
    last = lead.get(f"{path}?limit=500")
    assert last.json()["next"] is None
    assert "Link" not in last


@pytest.mark.parametrize(
    "after",
    ["nobody", "é", "W10", "*", "a" * 401]
    + [
        base64.urlsafe_b64encode(json.dumps(one).encode()).decode()
        for one in (["1"], [-1], [True], [10**30], [1, 2])
    ]
    + [base64.urlsafe_b64encode(one).decode() for one in (b"[NaN]", b"[1e999]", b"[" * 200, b"\xff")],
)
def test_what_is_no_cursor_is_refused(ours: Scene, lead: Caller, after: str) -> None:
    answer = lead.get(f"projects/{ours.project.uid}/batches?after={after}")
    assert refusal(answer) == (400, "invalid")
    assert answer.json()["where"] == "after"


@pytest.mark.parametrize("limit", ["0", "-1", "501", "x", "9" * 30])
def test_a_page_has_its_limits(ours: Scene, lead: Caller, limit: str) -> None:
    answer = lead.get(f"projects?limit={limit}")
    assert (refusal(answer), answer.json()["where"]) == ((400, "invalid"), "limit")
