"""Changing what a project asks of its releases, and what is refused."""

from typing import Any

import pytest

from annotation.models import Project, ReleasePolicy
from annotation.models.release_policy import policy_of
from annotation.stages.release import request_release
from annotation.stages.release.policy import CHECKED, change_policy
from core.models import AuditEvent
from core.refusals import InvalidInput
from tests import cast
from tests.annotation.stages.release_scene import done, empty, kept, played
from tests.cast import World

__all__ = ["done", "empty", "kept", "played"]


def change(world: World, **wanted: Any) -> ReleasePolicy:
    return change_policy(project=world.project, by=world.lead, **wanted)


def test_what_is_not_named_stays_and_the_trail_says_what_changed(empty: World) -> None:
    change(empty, alpha_floor=0.667, contact="data@example.org")
    change(empty, least_overlap=2, alpha_floor=0.667)
    kept_policy = policy_of(empty.project)
    assert (kept_policy.alpha_floor, kept_policy.least_overlap) == (0.667, 2)
    assert kept_policy.changed_by == empty.lead
    told = AuditEvent.objects.filter(action="project.release_policy_changed").order_by("pk")
    assert [one.changes for one in told] == [
        {"alpha_floor": 0.667, "contact": True},
        {"least_overlap": 2},
    ]


def test_what_changes_nothing_is_not_written(empty: World) -> None:
    change(empty, alpha_floor=None, seed=0)
    assert not ReleasePolicy.objects.filter(project=empty.project).exists()
    assert not AuditEvent.objects.filter(action="project.release_policy_changed").exists()


def test_every_setting_of_the_policy_can_be_changed() -> None:
    assert set(CHECKED) == set(ReleasePolicy.FROZEN)


@pytest.mark.parametrize(
    ("wanted", "where", "code"),
    [
        ({"alpha_floor": 1.01}, "alpha_floor", "invalid"),
        ({"alpha_floor": -1.5}, "alpha_floor", "invalid"),
        ({"alpha_floor": float("nan")}, "alpha_floor", "invalid"),
        ({"alpha_floor": "high"}, "alpha_floor", "invalid"),
        ({"alpha_floor": True}, "alpha_floor", "invalid"),
        ({"least_overlap": 0}, "least_overlap", "invalid"),
        ({"least_overlap": 2.5}, "least_overlap", "invalid"),
        ({"second_look_share": 1.1}, "second_look_share", "invalid"),
        ({"second_look_agreement": -0.1}, "second_look_agreement", "invalid"),
        ({"disputes_settled": "yes"}, "disputes_settled", "invalid"),
        ({"licence": "x" * 101}, "licence", "invalid"),
        ({"contact": 7}, "contact", "invalid"),
        ({"shares": {"train": 0.5, "test": 0.4}}, "shares", "shares_add_up"),
        ({"shares": {"train": 1.2, "test": -0.2}}, "shares.train", "invalid"),
        ({"shares": {"train": 0.5, "validation": 0.7, "test": -0.2}}, "shares.test", "invalid"),
        ({"shares": {"validation": 0.5, "test": 0.5}}, "shares.train", "no_training_split"),
        ({"shares": {"train": 0.5, "holdout": 0.5}}, "shares", "invalid"),
        ({"shares": [0.8, 0.1, 0.1]}, "shares", "invalid"),
        ({"split_by": "moon"}, "split_by", "invalid"),
        ({"stratify": "nothing"}, "stratify", "no_such_question"),
        ({"seed": 2**63}, "seed", "invalid"),
        ({"seed": "1"}, "seed", "invalid"),
        ({"gate": False}, "gate", "invalid"),
    ],
)
def test_what_cannot_be_asked(empty: World, wanted: dict[str, Any], where: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        change(empty, **wanted)
    assert (refused.value.where, refused.value.code) == (where, code)
    assert "%(" not in refused.value.sentence + refused.value.advice
    assert not ReleasePolicy.objects.filter(project=empty.project).exists()


def test_shares_that_add_up_but_for_rounding_are_taken(empty: World) -> None:
    policy = change(empty, shares={"test": 0.1, "train": 0.7, "validation": 0.2})
    assert list(policy.shares) == ["train", "validation", "test"]
    assert change(empty, shares={"train": 1}).shares == {"train": 1.0, "validation": 0.0, "test": 0.0}


def test_how_items_are_split_stays_once_they_are_drawn(done: World) -> None:
    change(done, seed=7, split_by="item", stratify="verdict")
    asked = request_release(project=done.project, by=done.lead)
    for wanted in ({"seed": 8}, {"split_by": "group"}, {"stratify": ""}):
        with pytest.raises(InvalidInput) as refused:  # it is under way: it will draw with what it was given
            change(done, **wanted)
        assert refused.value.code == "splits_are_drawn"
    cast.drain()
    asked.refresh_from_db()
    assert asked.splits["seed"] == 7
    with pytest.raises(InvalidInput) as refused:
        change(done, seed=8)
    assert refused.value.code == "splits_are_drawn"
    assert change(done, seed=7, shares={"train": 0.5, "test": 0.5}, limits="Few.").limits == "Few."


def test_a_release_keeps_what_it_was_asked_under(done: World) -> None:
    asked = request_release(project=Project.objects.get(pk=done.project.pk), by=done.lead)
    change(done, least_overlap=9)
    cast.drain()
    asked.refresh_from_db()
    assert asked.published_at
    assert asked.policy["least_overlap"] is None
