"""The pages of exams: for who leads, for who sits one, and the review."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotation.models import Exam, ExamAttempt
from annotation.models.sitting import open_questions
from tests import cast
from tests.annotation.stages.controls_scene import bring_controls, make_exam
from tests.annotation.web.conftest import As
from tests.cast import Scene


@pytest.fixture
def exam(ours: Scene) -> Exam:
    bring_controls(ours.project, ours.lead, 6, _explanation="Because 1.1 says so.")
    return make_exam(ours.project, ours.lead)


def get(client: Client, ours: Scene, name: str, *args: str) -> str:
    response = client.get(reverse(name, args=[ours.project.uid, *args]))
    assert response.status_code == 200
    return response.content.decode()


def begin(ours: Scene, as_: As, exam: Exam) -> ExamAttempt:
    response = as_("annotator").post(reverse("web:exam-start", args=[ours.project.uid, exam.uid]))
    attempt = ExamAttempt.objects.get(finished_at=None)
    question = open_questions(attempt).first()
    assert question
    assert response["Location"] == reverse("web:label", args=[question.uid])
    return attempt


def answer(ours: Scene, attempt: ExamAttempt, *verdicts: str) -> None:
    for verdict in verdicts:
        question = open_questions(attempt).first()
        assert question
        cast.submit(question, ours.people["annotator"], cast.choice(verdict))


def test_without_control_items_no_exam_can_be_made(ours: Scene, as_: As) -> None:
    assert "There are 0 that can be asked" in get(as_("lead"), ours, "web:exams")
    address = reverse("web:exam-new", args=[ours.project.uid])
    given = {"title": "Leases", "questions": 3, "mark": 60, "minutes": 20, "attempts": 2}
    response = as_("lead").post(address, {**given, "cooling_hours": 24, "valid_days": 365})
    assert response.status_code == 400
    assert "3 more are needed" in response.content.decode()


def test_a_lead_makes_one_sees_it_and_closes_it(ours: Scene, as_: As) -> None:
    bring_controls(ours.project, ours.lead, 3)
    address = reverse("web:exam-new", args=[ours.project.uid])
    given = {"title": "Leases", "questions": 3, "mark": 60, "minutes": 20, "attempts": 2}
    made = as_("lead").post(address, {**given, "cooling_hours": 24, "valid_days": 365})
    exam = Exam.objects.get()
    assert made["Location"] == reverse("web:exam", args=[ours.project.uid, exam.uid])
    page = get(as_("lead"), ours, "web:exam", exam.uid)
    assert "3 more control items are needed" in page
    assert "Nobody has sat it yet" in page
    as_("lead").post(reverse("web:exam-close", args=[ours.project.uid, exam.uid]))
    assert "closed" in get(as_("lead"), ours, "web:exams")
    assert "Leases" not in get(as_("annotator"), ours, "web:exams").split("<main", 1)[1].split("<h1>", 1)[1]


def test_an_annotator_finds_sits_and_reviews_it(ours: Scene, exam: Exam, as_: As) -> None:
    assert exam.title in get(as_("annotator"), ours, "web:exams")
    assert reverse("web:exam", args=[ours.project.uid, exam.uid]) in get(
        as_("annotator"), ours, "web:project"
    )
    assert "Begin the exam" in get(as_("annotator"), ours, "web:exam", exam.uid)
    attempt = begin(ours, as_, exam)
    question = open_questions(attempt).first()
    assert question
    editor = as_("annotator").get(reverse("web:label", args=[question.uid])).content.decode()
    sitting = reverse("web:sitting", args=[ours.project.uid, exam.uid, attempt.uid])
    assert f'data-after="{sitting}"' in editor
    assert "Go on" in get(as_("annotator"), ours, "web:sitting", exam.uid, attempt.uid)
    answer(ours, attempt, "breach", "unsure", "breach")
    page = get(as_("annotator"), ours, "web:sitting", exam.uid, attempt.uid)
    assert "2 of 3" in page
    assert "You are qualified." in page
    assert page.count("Because 1.1 says so.") == 3
    assert page.count(">differs<") == 1
    done = as_("annotator").get(reverse("web:label", args=[question.uid]))
    assert done["Location"] == sitting
    assert "Carol" in get(as_("lead"), ours, "web:exam", exam.uid)
    assert "Carol, attempt 1" in get(as_("lead"), ours, "web:sitting", exam.uid, attempt.uid)


def test_after_a_failure_the_page_says_when_it_goes_on(ours: Scene, exam: Exam, as_: As) -> None:
    attempt = begin(ours, as_, exam)
    answer(ours, attempt, "unsure", "unsure", "unsure")
    assert "You may try again from" in get(as_("annotator"), ours, "web:exam", exam.uid)
    assert "with other questions" in get(as_("annotator"), ours, "web:sitting", exam.uid, attempt.uid)
    refused = as_("annotator").post(reverse("web:exam-start", args=[ours.project.uid, exam.uid]))
    assert refused.status_code == 403
    assert "You may try again from" in refused.content.decode()


def test_a_sitting_whose_time_is_over_is_marked_when_it_is_looked_at(
    ours: Scene, exam: Exam, as_: As
) -> None:
    attempt = begin(ours, as_, exam)
    ExamAttempt.objects.update(due_at=timezone.now())
    assert "not answered" in get(as_("annotator"), ours, "web:sitting", exam.uid, attempt.uid)
    attempt.refresh_from_db()
    assert attempt.passed is False
