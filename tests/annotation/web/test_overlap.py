"""The page of the overlap policy."""

from typing import Any

import pytest
from django.urls import reverse

from annotation.models import Item
from core.models import Job
from experts import evidence
from tests.annotation.web.conftest import As
from tests.cast import World, bring_texts, drain


@pytest.fixture
def ours(fresh: World) -> World:
    return fresh


@pytest.fixture
def address(ours: World) -> str:
    return reverse("web:overlap", args=[ours.project.uid])


def form(**changed: Any) -> dict[str, Any]:
    return {
        "policy": "fixed",
        "overlap": "2",
        "overlap_max": "5",
        "certain": "95",
        "specialists": "1",
        **changed,
    }


def test_the_page_tells_of_every_policy_and_marks_the_one_in_force(as_: As, address: str) -> None:
    page = as_("lead").get(address).content.decode()
    assert page.count('type="radio"') == page.count("policy-picture") == 4
    assert 'value="fixed" class="policy-fixed" checked' in page
    assert page.count("checked") == 1


def test_a_lead_chooses_a_policy(ours: World, as_: As, address: str) -> None:
    answer = as_("lead").post(address, form(policy="adaptive", overlap_max="7", certain="97.5"))
    assert answer.status_code == 302
    ours.project.refresh_from_db()
    assert (ours.project.policy, ours.project.overlap_max, ours.project.stop_at) == ("adaptive", 7, 0.975)


def test_members_of_a_panel_are_chosen_by_name(ours: World, as_: As, address: str) -> None:
    members = [evidence.expert_of(ours.people[part]).uid for part in ("annotator", "annotator2")]
    client = as_("lead")
    assert client.post(address, form(policy="panel", panel=members)).status_code == 302
    ours.project.refresh_from_db()
    assert (ours.project.policy, ours.project.overlap) == ("panel", 2)
    assert client.get(address).content.decode().count("checked") == 3


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"policy": "by lot"}, "not one of the available choices"),
        ({"overlap": "0"}, "greater than or equal to 1"),
        ({"overlap": "many"}, "Enter a whole number."),
        ({"certain": "50"}, "greater than or equal to 51"),
        ({"certain": "100"}, "less than or equal to 99.99"),
        ({"policy": "adaptive", "overlap": "5", "overlap_max": "3"}, "cannot be fewer than the least"),
        ({"policy": "panel"}, "The panel has no members."),
        ({"panel": ["nobody"]}, "not one of the available choices"),
    ],
)
def test_a_mistake_is_named_and_changes_nothing(
    ours: World, as_: As, address: str, changed: dict[str, Any], said: str
) -> None:
    answer = as_("lead").post(address, form(**changed))
    assert answer.status_code in {400, 422}
    assert said in answer.content.decode()
    ours.project.refresh_from_db()
    assert (ours.project.policy, ours.project.overlap) == ("fixed", 2)


def test_the_page_follows_the_job_that_brings_the_number_to_the_items(
    ours: World, as_: As, address: str
) -> None:
    bring_texts(ours.project, ours.lead, 2)
    client, fragment = as_("lead"), reverse("web:overlap-progress", args=[ours.project.uid])
    client.post(address, form(overlap="3"))
    assert 'hx-trigger="every 1s"' in client.get(address).content.decode()
    moving = client.get(fragment)
    assert moving.status_code == 200
    assert client.get(fragment, headers={"if-none-match": moving["ETag"]}).status_code == 304
    drain()
    assert client.get(fragment)["HX-Refresh"] == "true"
    assert "hx-trigger" not in client.get(address).content.decode()
    assert set(Item.objects.values_list("overlap", flat=True)) == {3}


def test_the_overview_says_what_is_in_force(ours: World, as_: As, address: str) -> None:
    as_("lead").post(address, form(policy="adaptive"))
    page = " ".join(
        as_("annotator").get(reverse("web:project", args=[ours.project.uid])).content.decode().split()
    )
    assert "2 to 5" in page
    assert "As many as it takes" in page


def test_a_job_that_failed_is_told_and_begun_again(ours: World, as_: As, address: str) -> None:
    client = as_("lead")
    client.post(address, form(overlap="3"))
    Job.objects.filter(kind="spread_overlap").update(state="failed", error="broken", key=None)
    assert "Save again" in client.get(address).content.decode()
    client.post(address, form(overlap="3"))
    assert Job.objects.filter(kind="spread_overlap", state="waiting").count() == 1


def test_nobody_else_opens_it(ours: World, as_: As, address: str) -> None:
    for part in ("annotator", "adjudicator", "contributor", "auditor"):
        assert as_(part).get(address).status_code == 403
    assert as_("mallory").get(address).status_code == 404
