"""What a process that dies between two lines, or two that come at once, leave of tests of people."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from annotation import answering
from annotation.models import (
    Annotation,
    Assignment,
    ControlResult,
    Exam,
    ExamAttempt,
    Item,
    Reliability,
    Suspension,
)
from annotation.models.assignment import Purpose
from annotation.models.control import Redo
from annotation.models.sitting import open_questions
from annotation.stages import redo
from annotation.work import HANDLERS
from core import faults, jobs
from core.models import Job, User
from core.models.job import JobState
from experts import evidence
from tests import cast
from tests.annotation.stages.controls_scene import bring_controls, make_exam, mix
from tests.cast import World
from tests.core.database import together


class Killed(BaseException):
    """Stands for SIGKILL: no handler catches it."""


@pytest.fixture
def kill_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], None]:
    """The process that passes the point for the n-th time from now dies there, once."""

    def arm(name: str, count: int = 1) -> None:
        left = [count]

        def point(passed: str) -> None:
            if passed == name:
                left[0] -= 1
                if left[0] == 0:
                    raise Killed(name)

        monkeypatch.setattr(faults, "point", point)

    return arm


def lose(job: Job) -> None:
    """As the sweep does with a job whose worker is gone."""
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING, due_at=timezone.now(), lease_until=None)


@pytest.mark.parametrize("point", ["label.before_commit", "controls.after_result", "suspend.before_commit"])
def test_an_answer_to_a_control_item_is_judged_whole_or_not_at_all(
    ours: World, carol: User, kill_at: Callable[..., None], point: str
) -> None:
    bring_controls(ours.project, ours.lead, 1)
    cast.bring_texts(ours.project, ours.lead, 12)
    mix(ours.project, ours.lead, control_rate=0.5, control_least=1, control_window=1)
    while (work := cast.take(ours.project, carol)) and work.purpose != Purpose.CONTROL:
        cast.submit(work, carol, cast.choice())
    assert work
    before = Annotation.objects.count()
    kill_at(point)
    with pytest.raises(Killed):
        cast.submit(work, carol, cast.choice("unsure"))
    assert Annotation.objects.count() == before
    assert not ControlResult.objects.exists()
    assert not Reliability.objects.exists()
    assert not Suspension.objects.exists()
    cast.submit(work, carol, cast.choice("unsure"))
    assert not cast.submit(work, carol, cast.choice("unsure")).created
    assert ControlResult.objects.count() == 1
    assert Suspension.objects.count() == 1
    assert Reliability.objects.get().asked == 1


@pytest.mark.parametrize("point", ["redo.in_step", "redo.after_step"])
@pytest.mark.parametrize("count", [1, 2, 4])
def test_redoing_goes_on_where_it_was_killed(
    ours: World, carol: User, kill_at: Callable[..., None], point: str, count: int
) -> None:
    cast.bring_texts(ours.project, ours.lead, 4)
    cast.answer_all(ours.project, carol, lambda _: cast.choice("unsure"))
    suspension = Suspension.objects.create(
        project=ours.project,
        expert=evidence.expert_of(carol),
        right=1,
        asked=4,
        mark=0.7,
        began_at=timezone.now(),
    )
    redo.answer(suspension=suspension, by=ours.lead, redo=Redo.REDO)
    job = Job.objects.get(kind=redo.REDO)
    kill_at(point, count)
    with pytest.raises(Killed):
        jobs.run(job.pk, HANDLERS)
    lose(job)
    jobs.run(job.pk, HANDLERS)
    job.refresh_from_db()
    assert (job.result, job.done) == ({"again": 4, "kept": 0}, 4)
    assert set(Item.objects.values_list("open_slots", "filled", "overlap")) == {(2, 0, 2)}
    assert Annotation.objects.exclude(retracted_at=None).count() == 4


def test_a_sitting_whose_worker_is_killed_is_marked_by_the_next(
    ours: World, carol: User, kill_at: Callable[..., None]
) -> None:
    attempt = begun(ours, carol)
    over = timezone.now() - timedelta(seconds=1)
    ExamAttempt.objects.filter(pk=attempt.pk).update(due_at=over)
    Job.objects.filter(kind="end_exam").update(due_at=timezone.now())
    job = Job.objects.get(kind="end_exam")
    kill_at("exams.before_finish")
    with pytest.raises(Killed):
        jobs.run(job.pk, HANDLERS)
    attempt.refresh_from_db()
    assert attempt.finished_at is None
    lose(job)
    jobs.run(job.pk, HANDLERS)
    attempt.refresh_from_db()
    assert attempt.passed is False


def test_the_last_answer_is_kept_and_marked_whole(
    ours: World, carol: User, kill_at: Callable[..., None]
) -> None:
    attempt = begun(ours, carol)
    for _ in range(2):
        answer(attempt, carol)
    kill_at("exams.before_finish")
    with pytest.raises(Killed):
        answer(attempt, carol)
    attempt.refresh_from_db()
    assert attempt.finished_at is None
    assert open_questions(attempt).count() == 1
    answer(attempt, carol)
    attempt.refresh_from_db()
    assert attempt.passed


def begun(ours: World, user: User) -> ExamAttempt:
    bring_controls(ours.project, ours.lead, 3)
    exam = make_exam(ours.project, ours.lead)
    return answering.start_exam(exam=exam, expert=evidence.expert_of(user), by=user)


def answer(attempt: ExamAttempt, user: User) -> None:
    question = open_questions(attempt).first()
    assert question
    cast.submit(question, user, cast.choice())


def test_two_tabs_that_begin_at_once_sit_one_exam(committed: None) -> None:
    ours = cast.world(cast.OURS)
    carol = ours.people["annotator"]
    bring_controls(ours.project, ours.lead, 6)
    exam = make_exam(ours.project, ours.lead)

    def begin() -> ExamAttempt:
        mine = Exam.objects.select_related("project__organisation", "project__sector").get(pk=exam.pk)
        return answering.start_exam(exam=mine, expert=evidence.expert_of(carol), by=carol)

    sat = together([begin] * 4)
    assert len({one.pk for one in sat if isinstance(one, ExamAttempt)}) == 1
    assert not [one for one in sat if isinstance(one, Exception)]
    assert Assignment.objects.filter(purpose=Purpose.EXAM).count() == 3


def test_two_tabs_that_submit_the_last_answers_at_once_end_it_once(committed: None) -> None:
    ours = cast.world(cast.OURS)
    carol = ours.people["annotator"]
    attempt = begun(ours, carol)
    answer(attempt, carol)
    rest = list(open_questions(attempt).select_related("attempt", "item__lane", "project", "expert"))

    def last(question: Assignment) -> None:
        cast.submit(question, carol, cast.choice())

    done = together([lambda one=one: last(one) for one in rest for _twice in range(2)])  # type: ignore[misc]
    assert not [one for one in done if isinstance(one, Exception)]
    attempt.refresh_from_db()
    assert (attempt.right, attempt.passed) == (3, True)
    assert ControlResult.objects.count() == 3


def test_control_items_that_are_answered_at_once_suspend_once(committed: None) -> None:
    ours = cast.world(cast.OURS)
    carol = ours.people["annotator"]
    controls = bring_controls(ours.project, ours.lead, 4)
    mix(ours.project, ours.lead, control_least=2, control_window=4)
    now = timezone.now()
    given = [
        Assignment.objects.create(
            project=ours.project,
            item=control.item,
            expert=evidence.expert_of(carol),
            purpose=Purpose.CONTROL,
            leased_at=now,
            lease_until=now + timedelta(hours=1),
        )
        for control in controls
    ]
    done = together([lambda one=one: cast.submit(one, carol, cast.choice("unsure")) for one in given])  # type: ignore[misc]
    assert not [one for one in done if isinstance(one, Exception)]
    assert Suspension.objects.count() == 1
    assert Reliability.objects.get().asked == ControlResult.objects.count() == 4
