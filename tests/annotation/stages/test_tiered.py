"""Generalists first; what they dispute goes to specialists, whose answers alone count; then to the adjudicator."""

import pytest

from annotation import pipeline
from annotation.models import Dispute, GoldLabel, Project, QualificationRule
from annotation.stages import overlap
from core.models import AuditEvent, User
from tests import cast
from tests.annotation.stages.policies import annotators, item, project_of, say, slots
from tests.cast import World


@pytest.fixture
def project(ours: World) -> Project:
    return project_of(ours, items=1, policy="tiered", overlap=2, specialists=2)


@pytest.fixture
def people(ours: World) -> list[User]:
    return annotators(ours, 5)


def dispute(project: Project, people: list[User]) -> None:
    """The first two say different things."""
    say(project, people[0], "breach")
    say(project, people[1], "unsure")


def test_what_generalists_agree_on_needs_no_specialist(project: Project, people: list[User]) -> None:
    for user in people[:2]:
        say(project, user, "breach")
    assert (slots(item()), item().lane.tier) == ((2, 0, 2, 0), "")
    assert GoldLabel.objects.get().how == "unanimous"


def test_what_they_dispute_goes_to_the_specialists_lane(project: Project, people: list[User]) -> None:
    dispute(project, people)
    one = item()
    assert (slots(one), one.lane.tier) == ((4, 2, 2, 2), "specialist")
    assert not Dispute.objects.exists()
    assert AuditEvent.objects.get(action="item.widened").changes["tier"] == "specialist"


def test_the_specialists_answers_alone_are_compared(project: Project, people: list[User]) -> None:
    dispute(project, people)
    (third,) = say(project, people[2], "no breach")
    say(project, people[3], "no breach")
    assert third.tier == "specialist"
    gold = GoldLabel.objects.get()
    assert (gold.value, gold.how) == ("no breach", "unanimous")
    assert sorted(entry["value"] for entry in gold.dissent) == ["breach", "unsure"]


def test_what_specialists_dispute_goes_to_the_adjudicator(
    project: Project, people: list[User], erin: User
) -> None:
    dispute(project, people)
    say(project, people[2], "no breach")
    say(project, people[3], "breach")  # a majority of all, but not of the specialists
    cast.decide(Dispute.objects.get(), erin, cast.choice("breach"))
    cast.drain()
    gold = GoldLabel.objects.get()
    assert (gold.value, gold.how, len(gold.dissent)) == ("breach", "adjudicated", 2)
    assert slots(item()) == (4, 0, 4, 2)


def test_only_who_meets_the_rules_of_the_second_tier_is_given_it(
    ours: World, project: Project, people: list[User]
) -> None:
    QualificationRule.objects.create(
        project=project, tier="specialist", by_grant=True, reason="Two years of leases", created_by=ours.lead
    )
    dispute(project, people)
    assert cast.take(project, people[2]) is None


def test_nobody_answers_in_both_tiers(project: Project, people: list[User]) -> None:
    dispute(project, people)
    assert cast.take(project, people[0]) is None


def test_reopening_twice_changes_nothing(
    project: Project, people: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(cast, "drain", lambda: None)
        dispute(project, people)
    stale = item()
    assert pipeline.advance(item())
    assert not pipeline.advance(stale)
    assert not pipeline.advance(item())
    assert slots(item()) == (4, 2, 2, 2)


def test_an_item_with_the_specialists_stays_theirs_when_the_policy_changes(
    ours: World, project: Project, people: list[User]
) -> None:
    dispute(project, people)
    overlap.change_overlap(project=project, by=ours.lead, policy="adaptive", overlap_max=9)
    say(project, people[2], "no breach")
    say(project, people[3], "no breach")
    assert GoldLabel.objects.get().value == "no breach"
