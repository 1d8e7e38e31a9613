"""The items of a project over the API: filters, one item whole, blindness; counts by state; all disputes."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotation.models import Item, QualityFinding
from core.organisations import grant
from core.roles import Role
from experts.evidence import expert_of
from tests import cast
from tests.annotation.api.caller import Caller
from tests.cast import Scene


@pytest.fixture
def his(ours: Scene, as_: Any) -> Caller:
    """Bob, who leads."""
    caller: Caller = as_(ours.lead)
    return caller


def ids(caller: Caller, ours: Scene, query: str = "") -> list[str]:
    """The items that the list holds."""
    response = caller.get(f"projects/{ours.project.uid}/items{query}")
    assert response.status_code == 200, response.content
    return [line["id"] for line in response.json()["results"]]


def order(ours: Scene) -> list[str]:
    """The uids of the project's items, as they came."""
    rows = Item.objects.filter(project=ours.project, control=False)
    return list(rows.order_by("pk").values_list("uid", flat=True))


def test_the_list_holds_the_items_in_their_order_and_says_how_far_they_are(ours: Scene, his: Caller) -> None:
    every = order(ours)
    assert ids(his, ours) == every
    first = his.get(f"projects/{ours.project.uid}/items").json()["results"][0]
    assert (first["state"], first["answers"], first["wanted"], first["batch"]) == (
        "settled",
        2,
        2,
        ours.batch.uid,
    )
    assert "data" not in first
    told = his.get(f"projects/{ours.project.uid}/items?with_data=true").json()["results"]
    assert told[0]["data"]["text"].startswith("Clause 0")


def test_filters_narrow_and_what_is_unknown_is_named(ours: Scene, his: Caller) -> None:
    every = order(ours)
    assert ids(his, ours, "?state=disputed") == [ours.dispute.item.uid]
    assert ids(his, ours, f"?batch={ours.own_batch.uid}") == every[4:]
    assert ids(his, ours, f"?state=settled&batch={ours.own_batch.uid}") == []
    assert ids(his, ours, "?kind=nothing") == []
    flagged = Item.objects.get(uid=every[1])
    QualityFinding.objects.all().delete()
    QualityFinding.objects.create(batch=ours.batch, step="near", item=flagged, code="nearly_same")
    assert ids(his, ours, "?flag=near") == ids(his, ours, "?flag=any") == [flagged.uid]
    assert ids(his, ours, "?flag=machine") == []
    path = f"projects/{ours.project.uid}/items"
    for query, where in (
        ("state=lost", "state"),
        ("flag=x", "flag"),
        ("colour=red", "colour"),
        ("with_data=perhaps", "with_data"),
        ("least=-1&question=verdict", "least"),
        ("label=breach", "question"),
        ("label=breach&question=nothing", "question"),
        ("label=breach&question=note", "question"),  # free text is compared with nothing
        ("pair=breach&question=verdict", "pair"),
        ("expert=nobody", "expert"),
        ("week=9999-12-27&question=verdict", "week"),
    ):
        response = his.get(f"{path}?{query}")
        assert (response.status_code, response.json()["where"]) == (400, where), query
    assert his.get(f"{path}?after=nothing").json()["where"] == "after"


def test_the_items_behind_a_mark_of_a_chart_are_found(ours: Scene, his: Caller) -> None:
    every = order(ours)
    split = every[2:4]
    assert ids(his, ours, "?question=verdict&pair=breach&pair=no%20breach") == split
    assert ids(his, ours, f"?question=verdict&label={quote('no breach')}") == split
    assert ids(his, ours, "?question=verdict&least=0.5") == split
    assert ids(his, ours, "?question=verdict&least=0.5&most=0.9") == []
    assert ids(his, ours, "?question=verdict&guideline=1") == every[:4]
    assert ids(his, ours, "?question=verdict&guideline=2") == []
    today = timezone.now().date()
    monday = today - timedelta(days=today.weekday())
    assert ids(his, ours, f"?question=verdict&week={monday}") == every[:4]
    assert ids(his, ours, f"?expert={expert_of(ours.people['annotator']).uid}") == split
    decided = [every[2] if ours.dispute.item.uid == every[3] else every[3]]
    assert ids(his, ours, "?clause=1.1") == decided


def test_a_mark_tells_who_may_still_answer_nothing_of_unsettled_items(ours: Scene, as_: Any) -> None:
    grant(user=ours.lead, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
    settled = [uid for uid in order(ours)[2:4] if uid != ours.dispute.item.uid]
    assert ids(as_(ours.lead), ours, "?question=verdict&least=0.5") == settled


def test_a_page_follows_a_page(ours: Scene, his: Caller) -> None:
    cast.bring_texts(ours.project, ours.lead, 120, start=10)
    path, seen, after = f"projects/{ours.project.uid}/items", [], ""
    while True:
        page = his.get(f"{path}?after={after}").json()
        seen += [line["id"] for line in page["results"]]
        after = page["next"]
        if not after:
            break
    assert seen == order(ours)
    assert len(seen) == 126


def test_a_list_costs_as_many_statements_whatever_its_length(ours: Scene, his: Caller) -> None:
    paths = [
        f"projects/{ours.project.uid}/{name}"
        for name in (
            "items?with_data=true",
            "members",
            "audit",
            "webhooks",
            "schemas",
            "disputes/all?state=closed",
        )
    ] + [f"batches/{ours.batch.uid}/flags", "me/desk", "organisations"]

    def cost() -> list[int]:
        counts = []
        for path in paths:
            with CaptureQueriesContext(connection) as asked:
                assert his.get(path).status_code == 200
            counts.append(len(asked))
        return counts

    cost()  # what is read once a process
    before = cost()
    cast.bring_texts(ours.project, ours.lead, 30, start=10)
    for name in ("uma", "vic", "wes"):
        grant(user=cast.person(name), organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
    cast.found_project(ours.organisation, ours.lead)
    assert [after <= one for one, after in zip(before, cost(), strict=True)] == [True] * len(paths)
    assert max(before) < 40


def test_an_item_is_told_whole(ours: Scene, his: Caller) -> None:
    uid = order(ours)[0]
    told = his.get(f"items/{uid}").json()
    assert told["data"]["text"].startswith("Clause 0")
    assert [one["values"]["verdict"] for one in told["answers_given"]] == ["breach", "breach"]
    people = [expert_of(ours.people[part]).uid for part in ("annotator", "annotator2")]
    assert [one["expert"]["id"] for one in told["answers_given"]] == people
    assert told["answers_given"][0]["result"]
    held = his.get(f"projects/{ours.project.uid}/assignments?state=all&item={uid}").json()["results"]
    assert {one["item"] for one in held} == {uid}
    assert sorted(one["expert"]["id"] for one in held) == sorted(people)
    gold = {one["question"]: one for one in told["gold"]}
    assert (gold["verdict"]["value"], gold["verdict"]["how"]) == ("breach", "unanimous")
    assert (gold["verdict"]["chance"], gold["verdict"]["soft"]) == (None, [["breach", 1.0]])
    assert gold["note"]["soft"] is None
    assert told["disputes"] == []


def test_a_decided_item_says_who_decided_and_who_said_otherwise(ours: Scene, his: Caller) -> None:
    [uid] = [uid for uid in order(ours)[2:4] if uid != ours.dispute.item.uid]
    told = his.get(f"items/{uid}").json()
    [decided] = [one for one in told["disputes"] if one["question"] == "verdict"]
    assert decided["decided_at"]
    assert decided["adjudicator"]["id"] == expert_of(ours.people["adjudicator"]).uid
    [gold] = [one for one in told["gold"] if one["question"] == "verdict"]
    assert gold["how"] == "adjudicated"
    assert sorted(gold["soft"]) == [["breach", 0.5], ["no breach", 0.5]]
    assert sorted(gold["dissent"]) == ["breach", "no breach"]


def test_who_may_still_answer_is_blind_until_the_item_settles(ours: Scene, as_: Any) -> None:
    grant(user=ours.lead, organisation=ours.organisation, role=Role.ADJUDICATOR, by=ours.owner)
    his = as_(ours.lead)
    told = his.get(f"items/{ours.dispute.item.uid}").json()
    assert (told["answers_given"], told["gold"], told["disputes"]) == (None, None, None)
    assert his.get(f"items/{order(ours)[0]}").json()["answers_given"]


def test_items_are_counted_by_state(ours: Scene, his: Caller) -> None:
    found = his.get(f"projects/{ours.project.uid}/funnel").json()
    assert found["states"]["settled"] == 3
    assert sum(found["states"].values()) == 6
    assert found["held"] == {}


def test_all_disputes_are_listed_by_their_state(ours: Scene, his: Caller) -> None:
    path = f"projects/{ours.project.uid}/disputes/all"
    assert [one["id"] for one in his.get(path).json()["results"]] == [ours.dispute.uid]
    assert [one["turn"] for one in his.get(f"{path}?state=closed").json()["results"]] == ["first"]
    assert his.get(f"{path}?state=held").json() == {"results": [], "next": None}
    assert his.get(f"{path}?state=new").status_code == 400


def test_the_desk_tells_what_waits_for_each(ours: Scene, his: Caller, as_: Any) -> None:
    label = as_(ours.people["annotator"]).get("me/desk").json()["label"]
    assert [(one["project"]["id"], one["held"], one["has_draft"]) for one in label] == [
        (ours.project.uid, ours.assignment.uid, True)
    ]
    assert label[0]["missing"] == []
    [waits] = as_(ours.people["adjudicator"]).get("me/desk").json()["decide"]
    assert waits["disputes"] == 1
    desk = his.get("me/desk").json()
    assert (desk["label"], desk["decide"]) == ([], [])
    assert (desk["watch"][0]["disputes"], desk["watch"][0]["states"]["settled"]) == (1, 3)


def test_the_desk_says_what_is_missing(ours: Scene, as_: Any) -> None:
    newcomer = cast.person("newcomer")
    grant(user=newcomer, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
    [card] = as_(newcomer).get("me/desk").json()["label"]
    assert card["left"] == 0
    assert [one["code"] for one in card["missing"]] == ["qualified_in_sector"]
    assert card["missing"][0]["detail"]
