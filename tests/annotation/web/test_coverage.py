"""The page on coverage, its API, and the sentences they are read in."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from annotation.models import Coverage, Item
from annotation.models.lane import Signature, lanes_of
from annotation.web import coverage_words
from tests import cast
from tests.cast import World

LANE: dict[str, Any] = {
    "kind": "",
    "speciality": "",
    "jurisdiction": "",
    "language": "",
    "room": "",
    "tier": "",
    "items": 12,
    "slots": 24,
    "eligible": 0,
    "near": {},
    "missing": [],
    "everybody": True,
    "wanted": 2,
    "short": 12,
    "left": 0,
    "looked_at": 0,
    "asked": 0,
}


@pytest.fixture
def ours(db: None) -> World:
    return cast.world(cast.OURS)


def page(world: World, who: str = "lead") -> str:
    client = Client()
    client.force_login(world.people[who])
    return client.get(reverse("web:coverage", args=[world.project.uid])).content.decode()


def line(world: World, **lane: Any) -> coverage_words.Line:
    return coverage_words.line({**LANE, **lane}, world.project, may_lead=True, sees_roster=True)


def ask_for(world: World, **signature: Any) -> None:
    wanted = Signature(**signature)
    lane = lanes_of(world.project, [wanted])[wanted]
    Item.objects.filter(project=world.project).update(lane=lane)


def test_an_item_that_finds_nobody_names_the_missing_speciality(ours: World) -> None:
    cast.bring_texts(ours.project, ours.lead, 2)
    ask_for(ours, speciality="tax law", jurisdiction="DE")
    client = Client()
    client.force_login(ours.lead)
    client.post(reverse("web:coverage-count", args=[ours.project.uid]))
    cast.drain()
    shown = page(ours)
    assert "2 items: need tax law and practice in Germany. Nobody in this project has any of it." in shown
    roster = reverse("web:roster", args=[ours.organisation.uid])
    assert f"{roster}?speciality=tax+law&amp;jurisdiction=DE" in shown
    overview = client.get(reverse("web:project", args=[ours.project.uid])).content.decode()
    assert "2 open items find nobody who may judge them." in overview


def test_everything_covered_and_no_items_are_told_apart(ours: World) -> None:
    assert "No items yet" in page(ours)
    cast.bring_texts(ours.project, ours.lead, 1)
    assert "Everything is covered" in page(ours)
    Item.objects.update(open_slots=0)
    Coverage.objects.all().delete()
    assert "Not counted yet" in page(ours)


def test_a_count_that_is_under_way_is_polled(ours: World) -> None:
    client = Client()
    client.force_login(ours.lead)
    client.post(reverse("web:coverage-count", args=[ours.project.uid]))
    assert "coverage-progress" in page(ours) or "routing/progress" in page(ours)
    fragment = reverse("web:coverage-progress", args=[ours.project.uid])
    first = client.get(fragment)
    assert client.get(fragment, headers={"If-None-Match": first["ETag"]}).status_code == 304
    cast.drain()
    assert client.get(fragment)["HX-Refresh"] == "true"


def test_an_auditor_reads_it_and_does_not_count(ours: World) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    assert "Count again" not in page(ours, "auditor")


def test_the_api_says_the_same(ours: World) -> None:
    client = Client()
    client.force_login(ours.lead)
    url = reverse("api:coverage", args=[ours.project.uid])
    assert client.get(url).json()["counted_at"] is None
    asked = client.post(url)
    assert (asked.status_code, asked.json()["job"]["state"]) == (202, "waiting")
    cast.bring_texts(ours.project, ours.lead, 3)
    told = client.get(url).json()
    assert (told["items"], told["slots"], told["starving"], told["people"]) == (3, 6, 0, 2)
    assert told["lanes"][0]["eligible"] == 2
    assert told["job"] is None


def test_sentences_name_what_is_missing(ours: World) -> None:
    alone = line(ours, speciality="tax law", missing=["speciality"])
    assert alone.sentence == "12 items: need tax law. Nobody in this project has it."
    both = line(
        ours,
        speciality="tax law",
        jurisdiction="DE",
        missing=["jurisdiction"],
        everybody=False,
        near={"jurisdiction": 3},
    )
    assert (
        both.sentence
        == "12 items: need tax law and practice in Germany. Nobody in this project has all of it."
    )
    assert both.why == ["One thing keeps 3 people from them: the jurisdiction."]
    people = line(ours, missing=["undertaking"])
    assert people.sentence == "12 items find nobody."
    assert people.why == ["Nobody has accepted the project's undertaking."]
    empty = line(ours, missing=[])
    assert empty.why == ["Nobody has the role of an annotator in this project."]


def test_sentences_about_too_few_and_nobody_left(ours: World) -> None:
    few = line(ours, eligible=1, items=3, short=3)
    assert few.sentence == "3 items want up to 2 annotators each; 1 may judge them."
    left = line(ours, eligible=2, left=1, looked_at=12, asked=2)
    assert left.sentence.startswith("1 item has nobody left")
    sampled = line(ours, eligible=2, left=5, looked_at=10, asked=2)
    assert "5 of 10 items that were looked at" in sampled.sentence


@pytest.mark.parametrize("code", sorted(coverage_words._THING))
def test_every_rule_has_words_in_both_languages(ours: World, code: str) -> None:
    for language in ("en", "zh-hans"):
        with translation.override(language):
            told = line(
                ours, missing=[code], near={code: 2}, speciality="税法", jurisdiction="DE", kind="memo"
            )
            assert "need ." not in told.sentence
            assert told.why or told.sentence.startswith("12")


def test_items_in_doubt_say_who_should_answer_first() -> None:
    lane = {**LANE, "wants": 65}
    assert (
        coverage_words.asks(lane) == "Nothing in particular; first who is right in 65 of 100 answers or more"
    )
    assert (
        coverage_words.asks({**LANE, "wants": None}) == coverage_words.asks(LANE) == "Nothing in particular"
    )
