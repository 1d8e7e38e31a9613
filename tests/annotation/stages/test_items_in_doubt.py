"""Who is given items in doubt first: whoever the stopping rule holds to be reliable enough, if anybody at work is."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from annotation.models import ExpertMeasure, Item, Project
from annotation.models.control import Redo, Suspension
from annotation.models.lane import Desk, Lane, lane_like
from annotation.models.queue import planning
from annotation.models.reliance import estimate
from annotation.models.weighing import weigh
from annotation.stages import copying, lease, redo
from core.models import User
from experts import evidence
from tests import cast
from tests.annotation.stages.policies import annotators, item, project_of, rely, say
from tests.cast import World

ADAPTIVE = {"policy": "adaptive", "overlap": 2, "overlap_max": 4, "stop_at": 0.8}


@pytest.fixture
def project(ours: World) -> Project:
    return project_of(ours, items=0, **ADAPTIVE)


def doubt(ours: World, project: Project, wants: int) -> Lane:
    """A plain item of a kind, and one in doubt that came a week earlier; the lane of the latter."""
    rows = [{"text": name, "_kind": "deed"} for name in ("plain", "doubtful")]
    cast.bring(project, ours.lead, cast.jsonl(rows))
    doubtful = Item.objects.select_related("lane__project").latest("pk")
    lane = lane_like(doubtful.lane, wants=wants)
    earlier = timezone.now() - timedelta(days=7)
    Item.objects.filter(pk=doubtful.pk).requeue(lane, routed_at=earlier)
    return lane


def place(project: Project, user: User, lane: Lane) -> int:
    """At which place the lane stands for the person."""
    expert = evidence.expert_of(user)
    ranked = planning.plan(project, expert, Desk(project=project, expert=expert))
    return [one.lane for one in ranked].index(lane.pk)


def at_work(project: Project, user: User, week: date) -> None:
    """The person took an item in the week that began on this day."""
    defaults = {"week": planning.monday(week)}
    Desk.objects.update_or_create(project=project, expert=evidence.expert_of(user), defaults=defaults)


def learned(project: Project, user: User, value: float, answers: int) -> None:
    expert = evidence.expert_of(user)
    ExpertMeasure.objects.create(
        project=project, expert=expert, question="verdict", run=1, value=value, answers=answers
    )


@pytest.mark.parametrize("how", ["tests", "model"])
def test_what_nobody_reaches_pushes_nothing_back(ours: World, project: Project, how: str) -> None:
    """People without tests count as right in .80: a lane that wants 85 was last for everybody."""
    one, good = annotators(ours, 2)
    today = timezone.localdate()
    at_work(project, one, today)
    at_work(project, good, today)
    lane = doubt(ours, project, wants=85)
    assert place(project, one, lane) == 0  # it has waited longest
    if how == "tests":
        rely(project, good, 95)
    else:
        learned(project, good, 0.97, 100)
    assert place(project, good, lane) == 0
    assert place(project, one, lane) == 1
    at_work(project, good, today - timedelta(days=14))
    assert place(project, one, lane) == 0  # who reaches it is not at work


def test_the_truth_model_counts_and_tests_of_any_kind_where_there_are_none_of_the_items(
    ours: World, project: Project
) -> None:
    model, elsewhere, poor = annotators(ours, 3)
    lane = doubt(ours, project, wants=90)
    learned(project, model, 0.97, 200)
    rely(project, elsewhere, 97)
    rely(project, poor, 97)
    rely(project, poor, 60, kind="deed")
    for user in (model, elsewhere, poor):
        at_work(project, user, timezone.localdate())
    Item.objects.filter(lane=lane).update(routed_at=timezone.now())
    Item.objects.exclude(lane=lane).update(routed_at=timezone.now() - timedelta(days=7))
    assert [place(project, user, lane) for user in (model, elsewhere, poor)] == [0, 0, 1]


def test_it_is_the_estimate_of_the_stopping_rule(ours: World, project: Project) -> None:
    cast.bring_texts(project, ours.lead, 1)
    [user] = annotators(ours, 1)
    rely(project, user, 60)
    [annotation] = say(project, user, "breach")
    ExpertMeasure.objects.all().delete()
    learned(project, user, 0.9, 30)
    [weighed] = weigh(item())
    assert weighed.trust[annotation.uid] == pytest.approx(estimate(60, 100, 27, 30))


def test_a_plan_is_one_statement(ours: World, project: Project, django_assert_max_num_queries: Any) -> None:
    [user] = annotators(ours, 1, project, right=60)
    lane = doubt(ours, project, wants=90)
    expert = evidence.expert_of(user)
    with django_assert_max_num_queries(1):
        ranked = planning.plan(project, expert, Desk(project=project, expert=expert))
    assert lane.pk in {one.lane for one in ranked}


def test_what_is_wanted_outlives_no_answer_that_is_done_again(ours: World, project: Project) -> None:
    """Of a taken-back answer's doubt nothing is left; a slot that somebody gives back is as wanted as before."""
    cast.bring_texts(project, ours.lead, 1)
    one, two, three, four = annotators(ours, 4, project, right=90)
    say(project, one, "breach")
    [wrong] = say(project, two, "unsure")
    assert item().lane.wants == 65
    for user in (three, four):
        work = cast.take(project, user)
        assert work
        lease.give_back(assignment=work, by=user)
        assert item().lane.wants == 65
    suspension = Suspension.objects.create(
        project=project, expert=wrong.expert, right=0, asked=5, mark=0.5, began_at=timezone.now()
    )
    redo.answer(suspension=suspension, by=ours.lead, redo=Redo.REDO)
    cast.drain()
    assert item().open_slots > 0
    assert (item().lane.again, item().lane.wants) == (True, None)


def test_a_control_copy_wants_nobody_in_particular(ours: World, project: Project) -> None:
    cast.bring_texts(project, ours.lead, 1)
    one, two, *others = annotators(ours, 4, project, right=95)
    say(project, one, "breach")
    say(project, two, "unsure")
    for user in others:
        say(project, user, "breach")
    settled = item()
    assert settled.settled_at
    assert settled.lane.wants
    control = copying.copy_settled(item=settled, by=ours.lead)
    assert (control.item.lane.again, control.item.lane.wants) == (False, None)
