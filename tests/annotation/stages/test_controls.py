"""Control items: how they come in, how they are mixed in, that nobody can tell, and what a wrong answer does."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from annotation import answering
from annotation.models import (
    Annotation,
    Assignment,
    ControlItem,
    ControlResult,
    Item,
    Reliability,
    Suspension,
)
from annotation.models.assignment import Outcome, Purpose
from annotation.models.control import ControlUse, Redo
from annotation.payloads import work_of
from annotation.stages import controls, copying, lease, redo, suspend
from annotation.work import HANDLERS
from core import jobs
from core.models import AuditEvent, Job, User
from core.refusals import AlreadyDone, InvalidInput, NotAllowed
from experts import evidence
from tests import cast
from tests.annotation.stages.controls_scene import answer, bring_controls, mix
from tests.cast import World


def test_rows_with_a_known_answer_are_stored_and_never_queued(ours: World) -> None:
    content = cast.jsonl(
        [
            {"text": "Known.", "_answer": {"verdict": "breach"}, "_explanation": "1.1", "_use": "exam"},
            {"text": "Unknown."},
            {"text": "Wrong.", "_answer": {"verdict": "maybe"}},
            {"text": "No answer.", "_use": "work"},
            {"text": "Odd use.", "_answer": {"verdict": "breach"}, "_use": "none"},
        ]
    )
    batch = cast.bring(ours.project, ours.lead, content)
    problems = list(batch.problems.order_by("line").values_list("line", "code"))
    assert problems == [(3, "unknown_label"), (4, "known_missing"), (5, "known_use")]
    control = ControlItem.objects.select_related("item").get()
    assert (control.answer, control.use, control.explanation) == ({"verdict": "breach"}, "exam", "1.1")
    assert control.item.control
    assert (control.item.routed_at, control.item.open_slots) == (None, 0)
    assert Item.objects.exclude(routed_at=None).count() == 1


def test_who_does_not_lead_brings_in_no_known_answers(ours: World) -> None:
    row = {"text": "Known.", "_answer": {"verdict": "breach"}}
    batch = cast.bring(ours.project, ours.people["contributor"], cast.jsonl([row]))
    assert list(batch.problems.values_list("code", flat=True)) == ["known_not_lead"]
    assert not ControlItem.objects.exists()


def test_at_rate_nought_no_control_item_comes(ours: World, carol: User) -> None:
    bring_controls(ours.project, ours.lead, 3)
    cast.bring_texts(ours.project, ours.lead, 3)
    given = cast.answer_all(ours.project, carol, lambda _: cast.choice())
    assert {one.assignment.purpose for one in given} == {Purpose.WORK}


def test_at_a_rate_each_control_item_comes_once_at_most_and_takes_no_slot(ours: World, carol: User) -> None:
    bring_controls(ours.project, ours.lead, 3)
    cast.bring_texts(ours.project, ours.lead, 12)
    mix(ours.project, ours.lead, control_rate=0.5)
    given = cast.answer_all(ours.project, carol, lambda _: cast.choice())
    purposes = [one.assignment.purpose for one in given]
    assert purposes.count(Purpose.WORK) == 12
    assert 1 <= purposes.count(Purpose.CONTROL) <= 3
    used = Item.objects.filter(control=True)
    assert set(used.values_list("open_slots", "filled", "labelled_at")) == {(0, 0, None)}
    assert set(Annotation.objects.filter(item__control=True).values_list("tier", flat=True)) == {"control"}


def test_nothing_tells_a_control_item_from_work(ours: World, carol: User) -> None:
    bring_controls(ours.project, ours.lead, 4)
    cast.bring_texts(ours.project, ours.lead, 12)
    mix(ours.project, ours.lead, control_rate=0.5)
    seen: dict[str, dict[str, object]] = {}
    left = []
    while assignment := cast.take(ours.project, carol):
        payload = work_of(assignment)
        seen[assignment.purpose] = payload
        left.append(payload["left"])
        cast.submit(assignment, carol, cast.choice())
    own = {"assignment", "item", "lease_until", "now", "left", "lease", "parts"}
    work, control = seen[Purpose.WORK], seen[Purpose.CONTROL]
    assert work.keys() == control.keys()
    assert {key: work[key] for key in work.keys() - own} == {
        key: control[key] for key in control.keys() - own
    }
    assert [{**one, "value": 0} for one in work["parts"]] == [{**one, "value": 0} for one in control["parts"]]  # type: ignore[attr-defined]
    assert work["item"].keys() == control["item"].keys()  # type: ignore[attr-defined]
    assert left == sorted(left, reverse=True)
    assert len(set(left)) == len(left)


def test_a_skipped_or_returned_control_item_gives_no_slot_to_anybody(ours: World, carol: User) -> None:
    bring_controls(ours.project, ours.lead, 1)
    mix(ours.project, ours.lead, control_rate=0.5)
    cast.bring_texts(ours.project, ours.lead, 12)
    for _ in range(12):
        assignment = cast.take(ours.project, carol)
        assert assignment
        if assignment.purpose == Purpose.CONTROL:
            break
        cast.submit(assignment, carol, cast.choice())
    assert assignment
    answering.skip(assignment=assignment, by=carol, reason="unclear")
    assert Item.objects.get(control=True).open_slots == 0
    assert not ControlResult.objects.exists()


def test_a_control_item_that_ran_out_comes_back_as_work_does(ours: World, carol: User) -> None:
    bring_controls(ours.project, ours.lead, 1)
    cast.bring_texts(ours.project, ours.lead, 12)
    mix(ours.project, ours.lead, control_rate=0.5)
    while (work := cast.take(ours.project, carol)) and work.purpose != Purpose.CONTROL:
        cast.submit(work, carol, cast.choice())
    assert work
    Assignment.objects.filter(pk=work.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert lease.return_expired() == 1
    assert cast.take(ours.project, carol) == work


def test_a_settled_item_is_copied_and_whoever_had_it_never_gets_the_copy(
    ours: World, carol: User, dan: User
) -> None:
    cast.bring_texts(ours.project, ours.lead, 1)
    original = Item.objects.get()
    with pytest.raises(InvalidInput) as refused:
        copying.copy_settled(item=original, by=ours.lead)
    assert refused.value.code == "not_settled"
    for user in (carol, dan):
        cast.answer_all(ours.project, user, lambda _: cast.everything())
    cast.drain()
    control = copying.copy_settled(item=original, by=ours.lead, explanation="Plain.")
    assert control.answer["verdict"] == "breach"
    assert control.answer["span"] == [[0, 6, "Party"]]
    assert control.item.data == original.data
    with pytest.raises(AlreadyDone):
        copying.copy_settled(item=original, by=ours.lead)
    assert ControlItem.objects.next_for(ours.project, evidence.expert_of(carol)) is None
    erin = ours.people["adjudicator"]
    assert ControlItem.objects.next_for(ours.project, evidence.expert_of(erin)) is None  # no role to label
    controls.retire(control=control, by=ours.lead)
    again = copying.copy_settled(item=original, by=ours.lead)
    assert again.item.pk != control.item.pk
    assert Item.objects.filter(control=False).count() == 1


def test_what_is_known_must_be_allowed_to_be_shown(ours: World, carol: User) -> None:
    bring_controls(ours.project, ours.lead, 1)
    expert = evidence.expert_of(carol)
    assert ControlItem.objects.next_for(ours.project, expert)
    ControlItem.objects.get().item.batch.__class__.objects.update(licence="", rights="")
    assert ControlItem.objects.next_for(ours.project, expert) is None


def test_settings_are_checked(ours: World) -> None:
    for wrong in (
        {"control_rate": 0.9},
        {"control_rate": True},
        {"control_mark": -0.1},
        {"control_least": 0},
        {"control_least": 30, "control_window": 10},
        {"name": 1},
    ):
        with pytest.raises(InvalidInput):
            controls.change_controls(project=ours.project, by=ours.lead, **wrong)


def be_tested(ours: World, verdicts: list[str], user: User, **settings: object) -> None:
    """The person meets so many control items among work."""
    bring_controls(ours.project, ours.lead, len(verdicts))
    cast.bring_texts(ours.project, ours.lead, 30)
    values = {"control_rate": 0.5, "control_least": 4, "control_window": 4, "control_mark": 0.7}
    mix(ours.project, ours.lead, **{**values, **settings})
    answer(ours.project, user, verdicts)


def test_a_record_is_kept_by_kind(ours: World, carol: User) -> None:
    be_tested(ours, ["breach", "breach", "unsure", "breach"], carol)
    record = Reliability.objects.get(expert__user=carol)
    assert (record.right, record.asked, record.kind) == (3, 4, "")
    assert list(ControlResult.objects.order_by("pk").values_list("right", flat=True)) == [
        True,
        True,
        False,
        True,
    ]
    assert ControlResult.objects.filter(right=False).get().wrong == ["verdict"]
    assert not Suspension.objects.exists()  # 3 of 4 is above the mark


def test_who_falls_below_the_mark_is_suspended_at_once_and_told_why(ours: World, carol: User) -> None:
    be_tested(ours, ["breach", "unsure", "breach", "unsure"], carol)
    suspension = Suspension.objects.get()
    assert (suspension.right, suspension.asked, suspension.mark) == (2, 4, 0.7)
    assert not Assignment.objects.open().filter(expert__user=carol).exists()
    with pytest.raises(NotAllowed) as refused:
        cast.take(ours.project, carol)
    assert refused.value.code == "suspended"
    cast.drain()
    [letter] = mail.outbox
    assert "2" in letter.body
    assert "70" in letter.body
    assert AuditEvent.objects.filter(action="expert.suspended").count() == 1
    known = list(ControlItem.objects.values_list("item__data__text", flat=True))
    assert not any(text in letter.body for text in known)


def test_a_lead_lets_them_work_again_with_a_fresh_start(ours: World, carol: User) -> None:
    be_tested(ours, ["unsure"] * 4, carol)
    suspension = Suspension.objects.get()
    with pytest.raises(InvalidInput):
        suspend.end(suspension=suspension, by=ours.lead, reason=" ")
    suspend.end(suspension=suspension, by=ours.lead, reason="We talked it through.")
    with pytest.raises(AlreadyDone):
        suspend.end(suspension=suspension, by=ours.lead, reason="Again.")
    bring_controls(ours.project, ours.lead, 8, start=20)
    answer(ours.project, carol, ["unsure"])
    assert not Suspension.objects.current().exists()
    answer(ours.project, carol, ["unsure", "unsure", "unsure"])
    assert Suspension.objects.current().count() == 1


def test_unsettled_answers_are_done_again_and_decided_ones_stay(ours: World, carol: User, dan: User) -> None:
    mix(ours.project, ours.lead, control_least=4, control_window=4)
    cast.bring_texts(ours.project, ours.lead, 4)
    said = dict(zip(Item.objects.order_by("pk"), ["unsure", "breach", "breach", "breach"], strict=True))
    cast.answer_all(ours.project, carol, lambda _: cast.choice("unsure"))
    cast.answer_all(ours.project, dan, lambda at: cast.choice(said[at.item]), most=3)
    cast.drain()  # one settled, two disputed, one open
    first, second = Item.objects.filter(disputes__question="verdict").order_by("pk")
    cast.decide(first.disputes.get(), ours.people["adjudicator"], cast.choice("breach"))
    suspension = Suspension.objects.create(
        project=ours.project,
        expert=evidence.expert_of(carol),
        right=1,
        asked=4,
        mark=0.7,
        began_at=timezone.now(),
    )
    redo.answer(suspension=suspension, by=ours.lead, redo=Redo.REDO)
    with pytest.raises(AlreadyDone):
        redo.answer(suspension=suspension, by=ours.lead, redo=Redo.KEEP)
    job = Job.objects.get(kind=redo.REDO)
    jobs.run(job.pk, HANDLERS)
    job.refresh_from_db()
    assert job.result == {"again": 2, "kept": 1}
    cast.drain()
    second.refresh_from_db()
    assert (second.open_slots, second.filled, second.labelled_at, second.agreed_at) == (1, 1, None, None)
    assert not second.disputes.exists()
    assert Annotation.objects.filter(expert__user=carol).exclude(retracted_at=None).count() == 2
    first.refresh_from_db()
    assert first.settled_at
    with pytest.raises(NotAllowed):
        cast.take(ours.project, carol)


def test_settled_items_count_into_the_record_once(ours: World, carol: User, dan: User) -> None:
    cast.bring_texts(ours.project, ours.lead, 3)
    order = list(Item.objects.order_by("pk").values_list("pk", flat=True))
    cast.answer_all(ours.project, carol, lambda _: cast.everything())
    cast.answer_all(
        ours.project, dan, lambda at: cast.everything("unsure" if at.item_id == order[2] else "breach")
    )
    cast.drain()
    records = dict(Reliability.objects.values_list("expert__user__name", "asked"))
    assert records == {"Carol": 2, "Dan": 2}
    [dispute] = Item.objects.get(pk=order[2]).disputes.all()
    cast.decide(dispute, ours.people["adjudicator"], cast.choice("breach"))
    cast.drain()
    rows = Reliability.objects.order_by("expert__user__name")
    assert [(one.right, one.asked) for one in rows] == [(3, 3), (2, 3)]


def test_a_late_answer_to_a_control_item_is_taken_like_any_other(ours: World, carol: User) -> None:
    be_tested(ours, ["breach"], carol)
    Assignment.objects.filter(purpose=Purpose.CONTROL).update(outcome=Outcome.SUBMITTED)
    assert ControlResult.objects.count() == 1
    control = ControlItem.objects.get()
    controls.change_control(control=control, by=ours.lead, explanation=" Because. ", use=ControlUse.EXAM)
    assert (control.explanation, control.use) == ("Because.", "exam")
