"""The page of the release policy."""

from typing import Any

import pytest
from django.urls import reverse

from annotation.models import ReleasePolicy
from annotation.models.release_policy import policy_of
from tests import cast
from tests.annotation.web.conftest import As
from tests.cast import World


@pytest.fixture
def ours(fresh: World) -> World:
    return fresh


@pytest.fixture
def address(fresh: World) -> str:
    return reverse("web:release-policy", args=[fresh.project.uid])


def form(**changed: Any) -> dict[str, Any]:
    """As a browser sends the page's form when nothing was touched."""
    given = {
        "alpha_floor": "",
        "least_overlap": "",
        "second_look_share": "",
        "second_look_agreement": "",
        "disputes_settled": "on",
        "credentials": "on",
        "licences": "on",
        "personal": "on",
        "duplicates": "on",
        "licence": "",
        "share_train": "80",
        "share_validation": "10",
        "share_test": "10",
        "split_by": "group",
        "stratify": "",
        "seed": "0",
        "contact": "",
        "limits": "",
        "use": "",
        **changed,
    }
    return {name: value for name, value in given.items() if value is not None}


def test_the_form_sent_as_it_is_changes_nothing(fresh: World, as_: As, address: str) -> None:
    lead = as_("lead")
    page = lead.get(address).content.decode()
    assert page.count(" checked") == 5
    assert 'value="80"' in page
    assert lead.post(address, form()).status_code == 302
    assert not ReleasePolicy.objects.exists()


def test_what_a_lead_asks_is_stored(fresh: World, as_: As, address: str) -> None:
    changed = form(
        alpha_floor="0.667",
        least_overlap="2",
        credentials=None,
        licence="CC-BY-4.0",
        share_train="70",
        share_validation="0",
        share_test="30",
        stratify="verdict",
        seed="7",
        limits="Leases only.",
    )
    answer = as_("lead").post(address, changed, follow=True)
    assert "Saved." in answer.content.decode()
    policy = policy_of(fresh.project)
    assert (policy.alpha_floor, policy.least_overlap, policy.credentials) == (0.667, 2, False)
    assert policy.shares == {"train": 0.7, "validation": 0.0, "test": 0.3}
    assert (policy.stratify, policy.seed, policy.limits) == ("verdict", 7, "Leases only.")
    assert policy.changed_by == fresh.lead


@pytest.mark.parametrize(
    ("wrong", "status", "words"),
    [
        ({"share_test": "20"}, 400, "come to 1.1, not to 1"),
        ({"share_train": "0", "share_validation": "50", "share_test": "50"}, 400, "left to train on"),
        ({"share_test": "-1"}, 422, "greater than or equal to 0"),
        ({"alpha_floor": "1.5"}, 422, "less than or equal to 1"),
        ({"alpha_floor": "high"}, 422, "Enter a number"),
        ({"stratify": "nothing"}, 422, "is not one of the available choices"),
        ({"split_by": "moon"}, 422, "is not one of the available choices"),
        ({"seed": ""}, 422, "This field is required"),
        ({"limits": "\ufffd"}, 422, "could not be read"),
    ],
)
def test_what_cannot_be_asked_is_told_and_no_input_is_lost(
    fresh: World, as_: As, address: str, wrong: dict[str, str], status: int, words: str
) -> None:
    answer = as_("lead").post(address, form(contact="data@example.org", **wrong))
    page = answer.content.decode()
    assert (answer.status_code, words in page) == (status, True)
    assert "data@example.org" in page
    assert not ReleasePolicy.objects.exists()


def test_what_is_drawn_cannot_be_changed_on_the_page(fresh: World, as_: As, address: str) -> None:
    cast.bring_texts(fresh.project, fresh.lead, 2)
    for part in ("annotator", "annotator2"):
        cast.answer_all(fresh.project, fresh.people[part], lambda _: cast.choice())
    cast.drain()
    cast.make_release(fresh.project, fresh.lead)
    lead = as_("lead")
    page = lead.get(address).content.decode()
    assert page.count(" disabled") == 3
    assert "Items of this project are drawn" in page
    assert lead.post(address, form(seed="9", use="Training.")).status_code == 302
    assert (policy_of(fresh.project).seed, policy_of(fresh.project).use) == (0, "Training.")
