"""Changing the policy: what is refused, what is written down, and what reaches the items."""

from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone

from annotation import pipeline
from annotation.models import GoldLabel, Item, PanelMember, Project
from annotation.stages import interests, lease, overlap, spread
from annotation.work import HANDLERS
from core import faults, jobs
from core.models import AuditEvent, Job, User
from core.organisations import end_membership
from core.refusals import InvalidInput, NotQualified
from experts import evidence
from tests import cast
from tests.annotation.stages.policies import annotators, item, project_of, say, slots
from tests.cast import World


def uids(people: list[User]) -> list[str]:
    return [evidence.expert_of(user).uid for user in people]


def change(project: Project, ours: World, **settings: Any) -> None:
    overlap.change_overlap(project=project, by=ours.lead, **settings)


@pytest.mark.parametrize(
    "settings",
    [
        {"policy": "by lot"},
        {"overlap": 0},
        {"overlap": 11},
        {"overlap": True},
        {"overlap": "2"},
        {"overlap_max": 51},
        {"specialists": 0},
        {"stop_at": 0.5},
        {"stop_at": 1},
        {"stop_at": "often"},
        {"stop_at": True},
        {"stop_at": float("nan")},
        {"colour": "red"},
        {"panel": ["nobody"]},
        {"panel": [], "policy": "panel"},
        {"overlap_max": 1, "policy": "adaptive"},
    ],
)
def test_what_makes_no_sense_is_refused_with_its_field(ours: World, settings: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as refused:
        change(ours.project, ours, **settings)
    assert refused.value.where == next(iter(settings))
    ours.project.refresh_from_db()
    assert (ours.project.policy, ours.project.overlap) == ("fixed", 2)


def test_a_stranger_is_on_no_panel(ours: World) -> None:
    with pytest.raises(InvalidInput, match="label"):
        change(ours.project, ours, panel=uids([cast.person("mallory")]))


def test_the_trail_says_what_was_changed(ours: World) -> None:
    members = annotators(ours, 2)
    change(ours.project, ours, policy="panel", panel=uids(members))
    event = AuditEvent.objects.get(action="project.overlap_changed")
    assert event.changes == {
        "policy": "panel",
        "panel": sorted(uids(members), key=event.changes["panel"].index),
    }
    change(ours.project, ours, policy="panel")
    assert AuditEvent.objects.filter(action="project.overlap_changed").count() == 1


def test_fewer_at_most_than_at_least_is_mended_where_nobody_asks_for_it(ours: World) -> None:
    change(ours.project, ours, overlap=7)
    assert (ours.project.overlap, ours.project.overlap_max) == (7, 7)


def test_a_new_number_reaches_the_items_that_nobody_has_begun(ours: World) -> None:
    project = project_of(ours, items=3, overlap=2)
    first, second = annotators(ours, 2)
    say(project, first, "breach")
    assert cast.take(project, second)
    change(project, ours, overlap=4)
    assert set(Item.objects.values_list("overlap", flat=True)) == {2}  # not in the request
    cast.drain()
    assert sorted(Item.objects.values_list("overlap", "open_slots")) == [(2, 0), (4, 4), (4, 4)]


def test_a_job_that_died_goes_on_where_it_was(ours: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spread, "CHUNK", 2)
    project = project_of(ours, items=5, overlap=2)
    change(project, ours, overlap=3)
    passed: list[str] = []

    def dying(name: str) -> None:
        passed.append(name)
        if name == "spread.after_chunk" and passed.count(name) == 1:
            raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(faults, "point", dying)
        job = Job.objects.get(kind="spread_overlap", state="waiting")
        jobs.run(job.pk, HANDLERS)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("waiting", 2, 5)
    assert Item.objects.filter(overlap=3).count() == 2
    cast.drain(failing=True)
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", 5)
    assert not Item.objects.exclude(overlap=3, open_slots=3).exists()


def test_what_is_opened_meanwhile_has_the_new_number(ours: World) -> None:
    project = project_of(ours, items=1, overlap=2)
    change(project, ours, overlap=3)
    cast.bring_texts(project, ours.lead, 2, start=1)
    assert set(Item.objects.values_list("overlap", "open_slots")) == {(3, 3)}


def test_saving_again_goes_on_with_what_was_stopped(ours: World) -> None:
    project = project_of(ours, items=1, overlap=2)
    change(project, ours, overlap=3)
    job = overlap.last_spread(project)
    assert job
    jobs.stop(job, by=ours.lead)
    change(project, ours, overlap=3)
    cast.drain()
    assert slots(item())[:2] == (3, 3)


def test_a_panel_answers_every_item_and_nobody_else_does(ours: World) -> None:
    members, others = annotators(ours, 3), annotators(ours, 1)
    project = project_of(ours, items=1, policy="panel", panel=uids(members))
    assert slots(item()) == (3, 3, 0, 0)
    with pytest.raises(NotQualified, match="panel"):
        cast.take(project, others[0])
    for user in members:
        say(project, user, "breach")
    assert GoldLabel.objects.get().how == "unanimous"


def test_a_larger_panel_holds_for_untouched_items(ours: World) -> None:
    members = annotators(ours, 3)
    project = project_of(ours, items=2, policy="panel", panel=uids(members[:2]))
    say(project, members[0], "breach")
    change(project, ours, panel=uids(members))
    cast.drain()
    assert sorted(Item.objects.values_list("overlap", "open_slots")) == [(2, 1), (3, 3)]


def test_an_item_does_not_wait_for_a_member_who_has_gone(ours: World) -> None:
    members = annotators(ours, 3)
    project = project_of(ours, items=1, policy="panel", panel=uids(members))
    for user in members[:2]:
        say(project, user, "breach")
    change(project, ours, panel=uids(members[:2]))
    cast.drain()
    assert slots(item()) == (2, 0, 2, 0)
    assert GoldLabel.objects.get().value == "breach"


def expire() -> None:
    """What a new day does."""
    pipeline.expire_soon()
    cast.drain()


def test_nor_for_one_who_has_skipped_it(ours: World) -> None:
    members = annotators(ours, 3)
    project = project_of(ours, items=1, policy="panel", panel=uids(members))
    work = cast.take(project, members[2])
    assert work
    lease.skip(assignment=work, by=members[2], reason="unclear")
    say(project, members[0], "breach")
    expire()
    assert slots(item()) == (2, 1, 1, 0)
    say(project, members[1], "breach")
    assert GoldLabel.objects.get().value == "breach"


def test_nor_for_one_who_has_an_interest_in_it(ours: World) -> None:
    members = annotators(ours, 2)
    project = project_of(ours, items=0, policy="panel", panel=uids(members))
    cast.bring(project, ours.lead, b'{"text": "a", "_parties": "Acme Ltd"}\n')
    interests.declare(
        expert=evidence.expert_of(members[1]),
        by=members[1],
        kind="organisation",
        name="Acme Ltd",
        identifier="",
    )
    assert cast.take(project, members[1]) is None
    say(project, members[0], "breach")
    assert slots(item()) == (2, 1, 1, 0)
    expire()
    assert slots(item()) == (1, 0, 1, 0)
    assert GoldLabel.objects.get().how == "single"


def test_but_it_waits_for_one_who_gave_it_back(ours: World) -> None:
    members = annotators(ours, 2)
    project = project_of(ours, items=1, policy="panel", panel=uids(members))
    say(project, members[0], "breach")
    work = cast.take(project, members[1])
    assert work
    lease.give_back(assignment=work, by=members[1])
    expire()
    assert slots(item()) == (2, 1, 1, 0)


def test_a_member_without_a_role_may_stay_and_be_taken_off(ours: World) -> None:
    members = annotators(ours, 2)
    change(ours.project, ours, policy="panel", panel=uids(members))
    role = members[0].memberships.get()
    end_membership(membership=role, by=ours.owner)
    change(ours.project, ours, panel=uids(members))
    change(ours.project, ours, panel=uids(members[1:]))
    assert PanelMember.objects.filter(project=ours.project).count() == 1
    with pytest.raises(InvalidInput):
        change(ours.project, ours, panel=uids(members))


def test_going_back_from_a_large_panel_asks_for_as_many_as_may_be(ours: World) -> None:
    change(ours.project, ours, policy="panel", panel=uids(annotators(ours, 12)))
    assert (ours.project.overlap, ours.project.overlap_max) == (12, 12)
    change(ours.project, ours, policy="fixed")
    assert ours.project.overlap == 10


def test_slots_never_exceed_the_overlap_whatever_is_spread(ours: World) -> None:
    project = project_of(ours, items=4, overlap=3)
    (first,) = annotators(ours, 1)
    say(project, first, "breach", "unsure")
    for number in (1, 5, 2):
        change(project, ours, overlap=number)
        cast.drain()
    Item.objects.update(routed_at=timezone.now())
    assert not Item.objects.filter(overlap__lt=F("open_slots") + F("filled")).exists()
