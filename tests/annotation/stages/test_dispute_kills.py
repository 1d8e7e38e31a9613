"""What a process that dies between two lines leaves of decisions, appeals, holds and second looks: all or nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from annotation.models import (
    Adjudication,
    Appeal,
    Citation,
    Dispute,
    GoldLabel,
    GuidelineDoubt,
    Precedent,
    Project,
    SecondLookFigure,
)
from annotation.models.adjudication import Turn
from annotation.stages.adjudicate import doubting, looking, rules
from annotation.stages.adjudicate.appealing import appeal
from annotation.stages.adjudicate.weighing import weigh_soon
from annotation.work import HANDLERS
from core import faults, jobs
from core.models import AuditEvent, Job, User
from core.models.job import JobState
from experts.evidence import expert_of
from tests import cast
from tests.annotation.stages.dispute_scene import decided, disputed, fresh, gold_of, second_adjudicator
from tests.cast import World


class Killed(BaseException):
    """Stands for SIGKILL: no handler catches it."""


@pytest.fixture
def kill_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """The process that next passes the point dies there, once."""

    def arm(name: str) -> None:
        left = [name]

        def point(passed: str) -> None:
            if left == [passed]:
                left.clear()
                raise Killed(name)

        monkeypatch.setattr(faults, "point", point)

    return arm


def dies(act: Callable[[], Any]) -> None:
    with pytest.raises(Killed):
        act()


def run_lost(kind: str) -> None:
    """The job of that kind dies; the sweep hands it on, and it comes to its end."""
    waiting = Job.objects.filter(kind=kind, state=JobState.WAITING)
    waiting.update(due_at=timezone.now())
    dies(lambda: jobs.run(waiting.latest("pk").pk, HANDLERS))
    rows = Job.objects.filter(kind=kind).exclude(state=JobState.DONE)
    rows.update(state=JobState.WAITING, due_at=timezone.now(), lease_until=None)
    cast.drain()


def test_a_decision_is_made_whole_or_not_at_all(ours: World, erin: User, kill_at: Any) -> None:
    one, two = disputed(ours, 2)
    first = cast.decide(one, erin, cast.choice())
    kill_at("adjudicate.before_commit")
    dies(lambda: cast.decide(two, erin, cast.choice(), cites=[first.uid], unclear="Holidays?"))
    assert fresh(two).closed_at is None
    assert (Adjudication.objects.count(), Citation.objects.count(), Precedent.objects.count()) == (1, 0, 1)
    assert not GuidelineDoubt.objects.exists()
    cast.decide(two, erin, cast.choice(), cites=[first.uid], unclear="Holidays?")
    assert (Citation.objects.count(), GuidelineDoubt.objects.count()) == (1, 1)


@pytest.mark.parametrize("point", ["amend.before_commit", "adjudicate.before_commit"])
def test_gold_follows_the_decision_of_an_appeal_or_neither_is_there(
    ours: World, dan: User, kill_at: Any, point: str
) -> None:
    dispute, _first = decided(ours, "breach")
    kill_at("appeal.before_commit")
    dies(lambda: appeal(dispute=dispute, expert=expert_of(dan), by=dan, reason="No."))
    assert not Appeal.objects.exists()
    assert not Dispute.objects.filter(turn=Turn.APPEAL).exists()
    made = appeal(dispute=dispute, expert=expert_of(dan), by=dan, reason="No.")
    heidi, turn = second_adjudicator(ours), fresh(made.turn)
    kill_at(point)
    dies(lambda: cast.decide(turn, heidi, cast.choice("unsure")))
    assert (fresh(turn).closed_at, gold_of(dispute.item)) == (None, "breach")
    assert Precedent.objects.get(adjudication=dispute.adjudication).overruled is False
    cast.decide(turn, heidi, cast.choice("unsure"))
    assert gold_of(dispute.item) == "unsure"
    assert GoldLabel.objects.current().filter(question="verdict").count() == 1


def test_a_hold_and_its_end_are_whole(ours: World, erin: User, kill_at: Any) -> None:
    [dispute] = disputed(ours)
    guideline = ours.project.guidelines.get()

    def hold() -> GuidelineDoubt:
        return doubting.hold(
            dispute=dispute, expert=expert_of(erin), by=erin, guideline=guideline, note="Holidays?"
        )

    kill_at("doubt.before_commit")
    dies(hold)
    assert fresh(dispute).held_at is None
    assert not GuidelineDoubt.objects.exists()
    doubt = hold()
    kill_at("doubt.before_commit")
    dies(lambda: doubting.resume(doubts=[doubt], by=ours.lead, answer="Yes."))
    assert fresh(dispute).held_at is not None
    assert doubting.resume(doubts=[doubt], by=ours.lead, answer="Yes.") == 1


def test_second_looks_are_drawn_and_measured_once(ours: World, erin: User, kill_at: Any) -> None:
    for dispute in disputed(ours, 3):
        cast.decide(dispute, erin, cast.choice())
    cast.drain()
    rules.change(project=ours.project, by=ours.lead, second_look_share=1.0)
    kill_at("second_look.after_chunk")
    run_lost(looking.DRAW)
    looks = Dispute.objects.filter(turn=Turn.SECOND_LOOK).order_by("pk")
    assert looks.count() == 3
    cast.decide(fresh(looks[0]), second_adjudicator(ours), cast.choice("unsure"))
    kill_at("measure_adjudicators.before_commit")
    run_lost(looking.MEASURE)
    assert set(SecondLookFigure.objects.values_list("run", flat=True)) == {1}
    kill_at("second_look.before_commit")
    dies(lambda: looking.review(look=fresh(looks[0]), by=ours.lead, review="adopted"))
    assert fresh(looks[0]).review == ""
    assert not AuditEvent.objects.filter(action="gold.amended").exists()
    looking.review(look=fresh(looks[0]), by=ours.lead, review="adopted")
    assert gold_of(looks[0].item) == "unsure"


def test_weighing_goes_on_where_it_stopped(ours: World, kill_at: Any) -> None:
    disputed(ours, 2)
    Dispute.objects.update(gain=0, uncertainty=0, tally={})
    weigh_soon(Project.objects.get())
    kill_at("weigh_disputes.after_chunk")
    run_lost("weigh_disputes")
    assert not Dispute.objects.filter(gain=0).exists()
