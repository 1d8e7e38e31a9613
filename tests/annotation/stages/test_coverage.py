"""Coverage: what it counts of many people at once is what `eligible` says of each."""

import random
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotation.algorithms.coverage import Tally, classes
from annotation.models import (
    Acceptance,
    Coverage,
    Item,
    PanelMember,
    Project,
    QualificationRule,
    RoomEntry,
    Suspension,
    Undertaking,
)
from annotation.models.coverage import Bars, groups_of
from annotation.models.eligibility import eligible
from annotation.models.lane import Signature, lanes_of
from annotation.models.rule import About
from annotation.stages import coverage, interests, lease
from core.models import Job, User
from core.models.job import JobState
from core.organisations import grant
from core.roles import Role
from experts import evidence
from experts.models import Expert, How, Qualification
from tests import cast
from tests.cast import World

SCENES = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
DAY = timedelta(days=1)


def figures(project: Project) -> dict[str, Any]:
    """Count, and read what was stored."""
    coverage.count_soon(project)
    cast.drain()
    found: dict[str, Any] = Coverage.objects.get(project=project).figures
    return found


def ask(item: Item, at: int = 1, **signature: Any) -> None:
    """Have the item wait in the lane that asks this."""
    wanted = Signature(**signature)
    Item.objects.filter(pk=item.pk).update(lane=lanes_of(item.project, [wanted])[wanted], position=at)


def some_person(draw: random.Random, ours: World, at: int) -> Expert:
    """Somebody of whom chance says what is true."""
    user = cast.person(f"drawn-{at}")
    grant(user=user, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
    cast.describe(
        user,
        languages=[code for code in ("en", "de") if draw.random() < 0.6],
        specialities=[word for word in ("Tax", "Audit") if draw.random() < 0.6],
        jurisdictions=[code for code in ("DE", "US-NY") if draw.random() < 0.6],
    )
    expert = evidence.expert_of(user)
    expert.paused_until = timezone.localdate() + DAY if draw.random() < 0.2 else None
    expert.residence = draw.choice(["", "DE", "FR"])
    expert.save(update_fields=["paused_until", "residence"])
    if draw.random() < 0.7:
        cast.qualify(user, ours.organisation, ours.project.sector, ours.lead)
    if draw.random() < 0.3:
        interests.declare(expert=expert, by=user, kind="organisation", name="Acme Ltd")
    trust(draw, ours, expert)
    return expert


def trust(draw: random.Random, ours: World, expert: Expert) -> None:
    now = timezone.now()
    for undertaking in Undertaking.objects.filter(project=ours.project):
        if draw.random() < 0.7:
            Acceptance.objects.create(undertaking=undertaking, expert=expert, accepted_at=now)
    if draw.random() < 0.3:
        RoomEntry.objects.create(
            project=ours.project, expert=expert, room=draw.choice(["red", "blue"]), entered_at=now
        )
    if draw.random() < 0.2:
        Suspension.objects.create(
            project=ours.project, expert=expert, right=1, asked=5, mark=0.7, began_at=now
        )
    if draw.random() < 0.5:
        PanelMember.objects.create(project=ours.project, expert=expert, added_by=ours.lead)
    if draw.random() < 0.5:
        Qualification.objects.create(
            expert=expert,
            organisation=ours.organisation,
            sector=ours.project.sector,
            project_id=ours.project.pk,
            kind=draw.choice(["", "memo"]),
            how=How.GRANT,
            granted_by=ours.lead,
        )


def some_project(draw: random.Random, ours: World) -> None:
    Project.objects.filter(pk=ours.project.pk).update(
        qualified_only=draw.random() < 0.7,
        language_required=draw.random() < 0.7,
        needs_required=draw.random() < 0.8,
        residences=draw.choice([[], [], ["DE"]]),
        walls=draw.choice([[], [["red", "blue"]]]),
        policy=draw.choice(["fixed", "panel"]),
    )
    ours.project.refresh_from_db()
    if draw.random() < 0.5:
        Undertaking.objects.create(project=ours.project, version=1, text="Tell nobody.", created_by=ours.lead)
    for kind, tier in (("memo", ""), ("", "specialist"), ("", "")):
        if draw.random() < 0.3:
            QualificationRule.objects.create(
                project=ours.project, kind=kind, tier=tier, by_grant=True, reason="so", created_by=ours.lead
            )


def some_items(draw: random.Random, ours: World) -> list[Item]:
    rows = [
        {"text": f"Item {at}", "_parties": draw.choice([[], [], ["Acme Ltd"]])}
        for at in range(draw.randint(1, 5))
    ]
    cast.bring(ours.project, ours.lead, cast.jsonl(rows))
    found = list(Item.objects.filter(project=ours.project).select_related("project"))
    for at, item in enumerate(found, 1):
        ask(
            item,
            at,
            kind=draw.choice(["", "memo"]),
            speciality=draw.choice(["", "tax", "audit", "unheard of"]),
            jurisdiction=draw.choice(["", "DE", "US"]),
            language=draw.choice(["", "en", "de"]),
            room=draw.choice(["", "red"]),
            tier=draw.choice(["", "specialist"]),
            priority=draw.choice([0, 1]),
        )
    return list(Item.objects.filter(project=ours.project).select_related("project", "lane"))


@SCENES
@given(seed=st.integers(0, 10**6))
def test_the_counts_are_what_eligible_says_of_each_person_and_item(ours: World, seed: int) -> None:
    with transaction.atomic():
        check(ours, random.Random(seed))
        transaction.set_rollback(True)


def check(ours: World, draw: random.Random) -> None:
    some_project(draw, ours)
    people = [some_person(draw, ours, at) for at in range(draw.randint(1, 4))]
    people += list(Expert.objects.filter(user__in=[ours.people["annotator"], ours.people["annotator2"]]))
    items = some_items(draw, ours)
    said = figures(ours.project)
    assert said["people"] == len(people)
    assert said["items"] == len(items)
    starving = 0
    for lane in said["lanes"]:
        mine = [item for item in items if all(getattr(item.lane, name) == lane[name] for name in ASKS)]
        assert lane["items"] == len(mine)
        verdicts = {item.pk: [eligible(item, one) for one in people] for item in mine}
        lane_only = [
            [rule.code for rule in verdict.unmet if rule.about is not About.ITEM]
            for verdict in verdicts[mine[0].pk]
        ]
        assert lane["eligible"] == lane_only.count([])
        assert lane["near"] == dict(Counter(codes[0] for codes in lane_only if len(codes) == 1))
        if not lane["eligible"]:
            check_missing(lane, lane_only)
        nobody = sum(not any(verdict) for verdict in verdicts.values())
        assert lane["left"] == (nobody if lane["eligible"] else 0)
        starving += nobody
    assert said["starving"] == starving


ASKS = ("kind", "speciality", "jurisdiction", "language", "room", "tier")


def check_missing(lane: dict[str, Any], unmet: list[list[str]]) -> None:
    everybody = set.intersection(*map(set, unmet))
    assert lane["everybody"] == bool(everybody)
    if everybody:
        assert set(lane["missing"]) == everybody
    else:
        assert lane["missing"] in unmet
        assert len(lane["missing"]) == min(map(len, unmet))


def test_an_item_that_everybody_has_had_finds_nobody(ours: World, carol: User, dan: User) -> None:
    cast.bring_texts(ours.project, ours.lead, 3)
    for user in (carol, dan):
        for _ in range(2):
            assignment = cast.take(ours.project, user)
            assert assignment
            lease.skip(assignment=assignment, by=user, reason="unclear")
    said = figures(ours.project)
    (lane,) = said["lanes"]
    assert (lane["items"], lane["eligible"], lane["left"], lane["looked_at"]) == (3, 2, 2, 3)
    assert said["starving"] == 2


def test_an_item_that_was_given_back_still_finds_who_gave_it_back(
    ours: World, carol: User, dan: User
) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    for user in (carol, dan):
        assignment = cast.take(ours.project, user)
        assert assignment
        lease.give_back(assignment=assignment, by=user)
    assert figures(ours.project)["starving"] == 0


def test_of_many_items_a_sample_is_looked_at_and_that_is_said(
    ours: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotation.models.leftover.LOOKED_AT", 4)
    cast.bring_texts(ours.project, ours.lead, 9)
    (lane,) = figures(ours.project)["lanes"]
    assert (lane["items"], lane["looked_at"]) == (9, 4)


def test_items_that_want_more_people_than_there_are_count_as_short(ours: World) -> None:
    cast.bring_texts(ours.project, ours.lead, 2)
    Expert.objects.filter(user=ours.people["annotator"]).update(
        paused_until=timezone.localdate() + DAY, hours_per_week=10
    )
    Expert.objects.filter(user=ours.people["annotator2"]).update(hours_per_week=6)
    said = figures(ours.project)
    (lane,) = said["lanes"]
    assert (lane["eligible"], lane["wanted"], lane["short"], lane["slots"]) == (1, 2, 2, 4)
    assert lane["near"] == {"on_a_break": 1}
    assert (said["available"], said["hours"]) == (1, 6)
    assert said["demand"] == [
        {"about": "sector", "word": "legal", "items": 2, "slots": 4, "people": 1, "told": 1, "hours": 6}
    ]


def test_demand_is_counted_by_what_items_ask_for(ours: World, carol: User) -> None:
    cast.describe(carol, specialities=["Tax"], languages=["de"])
    cast.bring_texts(ours.project, ours.lead, 2)
    for at, item in enumerate(Item.objects.select_related("project"), 1):
        ask(item, at, speciality="tax", language="de")
    told = {(row["about"], row["word"]): row for row in figures(ours.project)["demand"]}
    assert told["speciality", "tax"]["people"] == 1
    assert told["language", "de"]["slots"] == 4


def test_a_count_is_asked_for_once_and_after_an_import(ours: World) -> None:
    coverage.count_soon(ours.project)
    coverage.count_soon(ours.project)
    waiting = Job.objects.filter(kind="coverage", state=JobState.WAITING)
    assert waiting.count() == 1
    cast.drain()
    assert Coverage.objects.get().figures["items"] == 0
    cast.bring_texts(ours.project, ours.lead, 1)
    assert Coverage.objects.get().figures["items"] == 1


def test_the_hour_counts_only_what_is_old_and_has_open_items(ours: World) -> None:
    assert coverage.count_stale() == 0
    cast.bring_texts(ours.project, ours.lead, 1)
    assert coverage.count_stale() == 0
    Coverage.objects.update(counted_at=timezone.now() - timedelta(hours=2))
    assert coverage.count_stale() == 1


def test_a_count_that_is_killed_begins_again(ours: World, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.bring_texts(ours.project, ours.lead, 2)
    before = Coverage.objects.get().figures
    killed: list[str] = []

    def kill(name: str) -> None:
        if name.startswith("coverage.") and not killed:
            killed.append(name)
            raise RuntimeError(name)

    Coverage.objects.all().delete()
    coverage.count_soon(ours.project)
    with monkeypatch.context() as patch:
        patch.setattr("core.faults.point", kill)
        cast.drain(failing=True)
    assert killed
    assert Coverage.objects.get().figures == before


def test_many_people_cost_no_statement_each(ours: World, django_assert_max_num_queries: Any) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    for at in range(30):
        user = cast.person(f"p-{at}")
        grant(user=user, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
        evidence.expert_of(user)
    groups = groups_of(ours.project)
    people = list(Expert.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(20):
        bars = Bars(ours.project, groups, people)
        tally = Tally()
        tally.add(classes(bars.everyone, bars.of(groups[0])), people)
    assert tally.people == len(people)
