"""Appeals and second looks that nobody is left to decide."""

from typing import Any

import pytest

from annotation.models import Dispute, ItemParty, decidable
from annotation.models.adjudication import Turn
from annotation.models.eligibility import allowed
from annotation.models.stranded import Bench, Stranded, bench_of, stranded
from annotation.stages import project as projects
from annotation.stages.adjudicate import rules
from core.models import Membership, User
from core.organisations import create_organisation, grant
from core.roles import Role
from experts.names import party_keys
from tests import cast
from tests.annotation.stages.dispute_scene import decided, disputed, second_adjudicator
from tests.annotation.stages.test_appeal import ask
from tests.cast import World


def test_an_appeal_wants_a_second_adjudicator(ours: World, dan: User) -> None:
    dispute, _decision = decided(ours)
    assert not stranded(ours.project)
    ask(dispute, dan)
    found = stranded(ours.project)
    assert (found.adjudicators, found.firsts, found.appeals, found.looks) == (1, 0, 1, 0)
    assert found.disputes == {Dispute.objects.get(turn=Turn.APPEAL).pk}
    second_adjudicator(ours)
    assert not stranded(ours.project)


def test_who_decides_an_appeal_must_be_qualified(ours: World, dan: User) -> None:
    dispute, _decision = decided(ours)
    ask(dispute, dan)
    newcomer = cast.person("ivan")
    grant(user=newcomer, organisation=ours.organisation, role=Role.ADJUDICATOR, by=ours.owner)
    assert stranded(ours.project).appeals == 1
    cast.qualify(newcomer, ours.organisation, ours.project.sector, ours.lead)
    assert not stranded(ours.project)


def test_a_second_look_wants_somebody_who_is_blind(ours: World) -> None:
    decided(ours)
    rules.change(project=ours.project, by=ours.lead, second_look_share=1.0)
    cast.drain()
    assert stranded(ours.project).looks == 1
    heidi = second_adjudicator(ours)
    grant(user=heidi, organisation=ours.organisation, role=Role.AUDITOR, by=ours.owner)
    assert stranded(ours.project).looks == 1
    assert bench_of(ours.project) == Bench(adjudicators=2, blind=1)
    second_adjudicator(ours, "judy")
    assert not stranded(ours.project)


def test_a_project_without_adjudicators_has_nobody_for_any_dispute(ours: World) -> None:
    disputed(ours, 2)
    assert not stranded(ours.project)
    Membership.objects.filter(role=Role.ADJUDICATOR).delete()
    found = stranded(ours.project)
    assert found == Stranded(0, firsts=2)
    assert bench_of(ours.project) == Bench(0, 0)


def test_a_pause_strands_nothing(ours: World, dan: User) -> None:
    dispute, _decision = decided(ours)
    ask(dispute, dan)
    second_adjudicator(ours)
    projects.set_paused(project=ours.project, by=ours.lead, paused=True)
    ours.project.refresh_from_db()
    assert not stranded(ours.project)


def test_it_takes_three_statements_whatever_is_open(
    ours: World, dan: User, django_assert_max_num_queries: object
) -> None:
    dispute, _decision = decided(ours)
    ask(dispute, dan)
    for number in range(3):
        second_adjudicator(ours, f"judge{number}")
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        assert not stranded(ours.project)


def test_rules_are_built_once_for_all_people_and_reads(
    ours: World, dan: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To build them for each person took seconds."""
    built: list[object] = []

    def counted(*args: Any, **how: Any) -> Any:
        built.append(args)
        return allowed(*args, **how)

    monkeypatch.setattr(decidable, "allowed", counted)
    dispute, _decision = decided(ours)
    ask(dispute, dan)
    for number in range(3):
        second_adjudicator(ours, f"judge{number}")
        stranded(ours.project)
    assert len(built) == 1


@pytest.mark.parametrize("barred", [False, True])
def test_somebody_with_an_interest_may_not_decide(ours: World, dan: User, barred: bool) -> None:
    """Whoever belongs to a party of the item is somebody only where colleagues are not barred."""
    projects.change_settings(project=ours.project, by=ours.lead, bar_colleagues=barred)
    ours.project.refresh_from_db()
    dispute, _decision = decided(ours)
    ask(dispute, dan)
    heidi = second_adjudicator(ours)
    owner = cast.person("zeta-owner")
    grant(
        user=heidi,
        organisation=create_organisation(name="Zeta LLP", by=owner),
        role=Role.ANNOTATOR,
        by=owner,
    )
    key = party_keys("Zeta LLP")[0]
    ItemParty.objects.create(project=ours.project, item=dispute.item, key=key)
    assert stranded(ours.project).appeals == int(barred)
    second_adjudicator(ours, "judy")
    assert not stranded(ours.project)
