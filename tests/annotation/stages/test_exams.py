"""Exams: made, sat, failed, sat again with fresh questions, passed; and what a killed worker or two tabs leave."""

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
    Project,
    QualificationRule,
    Reliability,
    Suspension,
)
from annotation.models.assignment import Outcome, Purpose
from annotation.models.newest import newest
from annotation.models.sitting import open_questions
from annotation.payloads import work_of
from annotation.stages import exams, label, lease
from core.models import Job, User
from core.refusals import AlreadyDone, ExamOver, InvalidInput, NotAllowed, NotQualified
from experts import evidence
from experts.models import Qualification
from tests import cast
from tests.annotation.stages.controls_scene import bring_controls, make_exam
from tests.cast import World


@pytest.fixture
def exam(ours: World) -> Exam:
    """Three of seven control items."""
    bring_controls(ours.project, ours.lead, 7)
    return make_exam(ours.project, ours.lead)


def sit(exam: Exam, user: User) -> ExamAttempt:
    return answering.start_exam(exam=exam, expert=evidence.expert_of(user), by=user)


def say(attempt: ExamAttempt, user: User, *verdicts: str) -> ExamAttempt:
    """Answer the next questions of the sitting."""
    for verdict in verdicts:
        question = open_questions(attempt).first()
        assert question
        cast.submit(question, user, cast.choice(verdict))
    attempt.refresh_from_db()
    return attempt


def run_out(attempt: ExamAttempt) -> None:
    earlier = timezone.now() - timedelta(hours=1)
    ExamAttempt.objects.filter(pk=attempt.pk).update(started_at=earlier, due_at=earlier)
    Assignment.objects.open().filter(attempt=attempt).update(lease_until=earlier)
    attempt.refresh_from_db()


def cool_off(attempt: ExamAttempt) -> None:
    ExamAttempt.objects.filter(pk=attempt.pk).update(finished_at=timezone.now() - timedelta(hours=25))


def questions(attempt: ExamAttempt) -> set[int]:
    return set(attempt.questions.values_list("item", flat=True))


def test_an_exam_with_too_few_control_items_says_how_many_are_missing(ours: World) -> None:
    bring_controls(ours.project, ours.lead, 2)
    with pytest.raises(InvalidInput) as refused:
        make_exam(ours.project, ours.lead, questions=5)
    assert (refused.value.code, refused.value.params) == ("too_few_controls", {"missing": 3})
    with pytest.raises(InvalidInput):
        make_exam(ours.project, ours.lead, questions=2, kind="another")


@pytest.mark.parametrize(
    "wrong",
    [{"title": " "}, {"pass_mark": 0}, {"pass_mark": 1.1}, {"minutes": 0}, {"attempts": True}, {"days": 3}],
)
def test_an_exam_s_settings_are_checked(ours: World, wrong: dict[str, object]) -> None:
    bring_controls(ours.project, ours.lead, 3)
    with pytest.raises(InvalidInput):
        make_exam(ours.project, ours.lead, **wrong)


def test_the_story_of_an_exam(ours: World, exam: Exam, carol: User) -> None:
    QualificationRule.objects.create(project=ours.project, exam=exam, reason="new", created_by=ours.lead)
    cast.bring_texts(ours.project, ours.lead, 2)
    with pytest.raises(NotQualified):
        cast.take(ours.project, carol)

    first = say(sit(exam, carol), carol, "breach", "unsure", "unsure")
    assert (first.right, first.asked, first.passed) == (1, 3, False)
    assert first.low is not None
    assert first.high is not None
    assert 0 < first.low < 1 / 3 < first.high < 1
    with pytest.raises(NotAllowed) as refused:
        sit(exam, carol)
    assert refused.value.code == "cooling_off"

    cool_off(first)
    second = sit(exam, carol)
    assert not questions(first) & questions(second)
    say(second, carol, "breach", "breach", "unsure")
    assert second.passed
    granted = Qualification.objects.get(project_id=ours.project.pk)
    assert (granted.how, granted.kind, granted.granted_by) == ("exam", "", None)
    assert granted.valid_until == timezone.localdate() + timedelta(days=365)
    assert cast.take(ours.project, carol)

    Qualification.objects.filter(pk=granted.pk).update(valid_until=timezone.localdate() - timedelta(days=1))
    Assignment.objects.filter(purpose=Purpose.WORK).update(outcome=Outcome.RETURNED)
    with pytest.raises(NotQualified):
        cast.take(ours.project, carol)
    with pytest.raises(NotAllowed) as refused:
        sit(exam, carol)
    assert refused.value.code == "no_attempts_left"


def test_answers_to_an_exam_are_no_work(ours: World, exam: Exam, carol: User) -> None:
    attempt = say(sit(exam, carol), carol, "breach", "breach", "breach")
    assert set(Annotation.objects.values_list("tier", "surplus")) == {("exam", False)}
    assert ControlResult.objects.filter(in_exam=True).count() == 3
    assert Reliability.objects.get().asked == 3
    assert not Suspension.objects.exists()
    assert cast.take(ours.project, carol) is None
    cast.drain()
    assert attempt.passed


def test_what_was_asked_is_never_asked_again(ours: World, exam: Exam, carol: User) -> None:
    third = make_exam(ours.project, ours.lead, title="Another", attempts=5)
    run_out(sit(exam, carol))
    run_out(sit(third, carol))
    with pytest.raises(InvalidInput) as refused:
        sit(make_exam(ours.project, ours.lead, title="Last"), carol)
    assert (refused.value.code, refused.value.params) == ("too_few_fresh", {"missing": 2})


def test_two_tabs_sit_the_same_exam(ours: World, exam: Exam, carol: User) -> None:
    assert sit(exam, carol) == sit(exam, carol)
    assert Assignment.objects.filter(purpose=Purpose.EXAM).count() == 3


def test_the_payload_tells_where_one_is(ours: World, exam: Exam, carol: User) -> None:
    attempt = sit(exam, carol)
    say(attempt, carol, "breach")
    question = open_questions(attempt).first()
    assert question
    payload = work_of(question)
    assert payload["exam"]["at"] == 2
    assert payload["exam"]["of"] == 3
    assert payload["exam"]["until"] == attempt.due_at.isoformat()
    assert payload["left"] == 2
    schema, _guideline = newest(ours.project)
    _draft, until = label.save_draft(
        assignment=question, schema=schema.schema, revision=0, result=cast.choice(), seconds=1
    )
    assert until == attempt.due_at


def test_a_skipped_question_is_wrong_and_none_is_given_back(ours: World, exam: Exam, carol: User) -> None:
    attempt = say(sit(exam, carol), carol, "breach", "breach")
    last = open_questions(attempt).get()
    with pytest.raises(InvalidInput):
        answering.give_back(assignment=last, by=carol)
    answering.skip(assignment=last, by=carol, reason="unclear")
    attempt.refresh_from_db()
    assert (attempt.right, attempt.passed) == (2, True)


def test_when_the_time_is_over_answers_are_refused_and_the_job_marks_it(
    ours: World, exam: Exam, carol: User
) -> None:
    attempt = say(sit(exam, carol), carol, "breach")
    late = open_questions(attempt).first()
    assert late
    run_out(attempt)
    late.refresh_from_db()
    for _again in range(2):
        with pytest.raises(ExamOver):
            cast.submit(late, carol, cast.choice())
        lease.return_expired()
    late.refresh_from_db()
    assert late.outcome == Outcome.EXPIRED
    schema, _guideline = newest(ours.project)
    with pytest.raises(ExamOver):
        label.save_draft(assignment=late, schema=schema.schema, revision=0, result=[], seconds=1)
    assert Job.objects.filter(kind="end_exam").count() == 1
    cast.drain()
    attempt.refresh_from_db()
    assert (attempt.right, attempt.passed) == (1, False)
    assert attempt.finished_at == attempt.due_at


def test_who_looks_late_finds_it_marked(ours: World, exam: Exam, carol: User) -> None:
    attempt = sit(exam, carol)
    run_out(attempt)
    assert answering.mark_if_over(attempt).passed is False
    assert answering.mark_if_over(attempt).passed is False


def test_a_closed_exam_is_begun_by_nobody(ours: World, exam: Exam, carol: User) -> None:
    open_ = sit(exam, carol)
    exams.close_exam(exam=exam, by=ours.lead)
    assert sit(exam, carol) == open_
    say(open_, carol, "unsure", "unsure", "unsure")
    with pytest.raises(AlreadyDone):
        sit(exam, carol)
    with pytest.raises(AlreadyDone):
        exams.close_exam(exam=exam, by=ours.lead)


def test_who_has_no_role_or_is_not_qualified_may_not_sit_it(ours: World, exam: Exam, carol: User) -> None:
    with pytest.raises(NotAllowed):
        sit(exam, ours.people["contributor"])
    Qualification.objects.update(revoked_at=timezone.now())
    with pytest.raises(NotQualified):
        sit(exam, carol)


def test_an_exam_ends_a_suspension(ours: World, exam: Exam, carol: User) -> None:
    suspension = Suspension.objects.create(
        project=ours.project,
        expert=evidence.expert_of(carol),
        right=1,
        asked=5,
        mark=0.7,
        began_at=timezone.now(),
    )
    cast.bring_texts(ours.project, ours.lead, 1)
    with pytest.raises(NotAllowed):
        cast.take(ours.project, carol)
    say(sit(exam, carol), carol, "breach", "breach", "breach")
    suspension.refresh_from_db()
    assert suspension.ended_at
    assert cast.take(ours.project, carol)


def test_passing_again_counts_the_days_anew(ours: World, exam: Exam, carol: User) -> None:
    say(sit(exam, carol), carol, "breach", "breach", "breach")
    say(sit(exam, carol), carol, "breach", "breach", "breach")
    assert Qualification.objects.filter(project_id=ours.project.pk, revoked_at=None).count() == 1
    assert Project.objects.get(pk=ours.project.pk).exams.count() == 1
