"""The parts of the living example that say who may judge what: exam, control items, undertaking, barrier, policy."""

from __future__ import annotations

import json
from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from annotation.models import (
    Acceptance,
    Annotation,
    Assignment,
    ControlItem,
    Exam,
    ExamAttempt,
    Project,
    QualificationRule,
    Suspension,
)
from annotation.models.annotation import AnnotationQuerySet
from annotation.models.assignment import Purpose
from annotation.models.newest import newest
from annotation.stages import (
    controls,
    coverage,
    exams,
    interests,
    overlap,
    qualification,
    sitting,
    trust,
    undertaking,
)
from core.models import User
from core.roles import Role
from demo.controls import (
    ATTEMPTS,
    CONTROLS,
    EXAM_KIND,
    EXAM_TITLE,
    HASTY,
    QUESTIONS,
    SITTINGS,
    ControlSet,
)
from demo.hands import able, bring, drain, expert_of, staff, submit
from demo.needs import ADAPTIVE, INTERESTS, NOT_YET, RESIDENCES, UNDERTAKING, WALLS
from demo.people import PEOPLE
from demo.person import Person
from demo.projects import ProjectData
from demo.simulate import Region, simulate
from demo.truths import Truth
from experts.models import Conflict

GRANTED = "isolde@demo.example"
"""Failed the exam, and has a lead's grant all the same."""
UNTESTED = 8
"""Items that the hasty one is given before control items are mixed into the work."""
MOST_TAKEN = 30
"""Items that the hasty one is given after the others, until the control items have told."""


def prepare(data: ProjectData, project: Project) -> None:
    """What a project asks of people before its items come in."""
    lead = staff(Role.LEAD)
    if data.key in UNDERTAKING:
        _undertaking(data, project, lead)
    if data.key in WALLS and not project.walls:
        trust.set_walls(project=project, by=lead, walls=[WALLS[data.key]])
    if data.key in RESIDENCES and not project.residences:
        trust.set_residences(project=project, by=lead, countries=RESIDENCES[data.key])
    if data.key in ADAPTIVE:
        settings: dict[str, Any] = dict(ADAPTIVE[data.key])
        overlap.change_overlap(project=project, by=lead, **settings)
    for found in CONTROLS:
        if found.key == data.key:
            lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in found.rows()]
            bring(project, lead, f"{found.source}.jsonl", lines, data.deidentified)
            _use(found, data, project, lead)
    drain()


def _undertaking(data: ProjectData, project: Project, lead: User) -> None:
    version = undertaking.newest_undertaking(project) or undertaking.write_undertaking(
        project=project, by=lead, text=UNDERTAKING[data.key]
    )
    if Acceptance.objects.filter(undertaking=version).exists():
        return
    for person in (*able(data, Role.ANNOTATOR), *able(data, Role.ADJUDICATOR)):
        if person.email not in NOT_YET:
            expert = expert_of(person.email)
            undertaking.accept_undertaking(
                project=project, expert=expert, by=expert.user, version=version.version
            )


def _use(found: ControlSet, data: ProjectData, project: Project, lead: User) -> None:
    if found.use == "work":
        return  # they are mixed into the work later: `begin_testing`
    exam = Exam.objects.filter(project=project).first() or exams.create_exam(
        project=project,
        by=lead,
        title=EXAM_TITLE,
        kind=found.kind,
        questions=QUESTIONS,
        minutes=20,
        attempts=ATTEMPTS,
        cooling_hours=24,
        pass_mark=0.75,
    )
    if not QualificationRule.objects.filter(project=project).exists():
        qualification.add_rule(
            project=project,
            by=lead,
            kind=EXAM_KIND,
            asked=qualification.Asked(combine="any", exam=exam.uid, by_grant=True),
            reason="Indemnities and caps are often taken for one another.",
        )
    people = {person.email: person for person in PEOPLE}
    for email, right in SITTINGS.items():
        _sit(exam, people[email], found, right)
    _grant(project, lead)


def _sit(exam: Exam, person: Person, found: ControlSet, right: int) -> None:
    """The person answers so many questions rightly, and takes the others for something else."""
    expert = expert_of(person.email)
    if ExamAttempt.objects.filter(exam=exam, expert=expert).exists():
        return
    attempt = sitting.start(exam=exam, expert=expert, by=expert.user)
    questions = Assignment.objects.filter(attempt=attempt).select_related("project__organisation", "item")
    for number, question in enumerate(questions.order_by("pk")):
        result = _known(question, wrong=number >= right, truth=found.truths()[question.item.data["ref"]])
        submit(question, person, result, Random(f"{person.email}:{number}"))


def _known(assignment: Assignment, *, wrong: bool, truth: Truth) -> list[Region]:
    """The known answer; or the same with what is easily taken for it."""
    result: list[Region] = []
    for region in ControlItem.objects.get(item=assignment.item_id).result:
        like = truth.confusable.get(region["from_name"])
        value = {"choices": [like]} if wrong and like else region["value"]
        result.append({**region, "value": value})
    return result


def _grant(project: Project, lead: User) -> None:
    expert = expert_of(GRANTED)
    if not expert.qualifications.filter(project_id=project.pk).exists():
        qualification.grant(
            project=project,
            expert=expert,
            by=lead,
            kind=EXAM_KIND,
            reason="Read twenty indemnities with me after the exam.",
            valid_until=timezone.localdate() + timedelta(days=120),
        )


def begin_testing(data: ProjectData, project: Project) -> None:
    """The lead has control items mixed into the work from now on, where the project has any."""
    if project.control_rate or not _has_work_controls(data):
        return
    controls.change_controls(
        project=project,
        by=staff(Role.LEAD),
        control_rate=0.3,
        control_mark=0.6,
        control_least=3,
        control_window=10,
    )
    project.refresh_from_db()


def control_answer(person: Person, data: ProjectData, assignment: Assignment, rng: Random) -> list[Region]:
    """What the person says to a control item that was mixed into their work."""
    found = next(one for one in CONTROLS if one.key == data.key)
    truth = found.truths()[assignment.item.data["ref"]]
    if person.email == HASTY:
        return _known(assignment, wrong=True, truth=truth)
    assert person.profile is not None  # noqa: S101 (who takes items has one)
    schema = newest(assignment.project)[0].schema
    return simulate(person.profile, data.sector, schema, assignment.item.data, truth, rng)


def is_control(assignment: Assignment) -> bool:
    """Known to the seeding, not to who answers."""
    return assignment.purpose == Purpose.CONTROL


def is_hasty(person: Person, data: ProjectData) -> bool:
    """Whom the project's control items are going to suspend."""
    return person.email == HASTY and _has_work_controls(data)


def _has_work_controls(data: ProjectData) -> bool:
    return any(one.key == data.key and one.use == "work" for one in CONTROLS)


def answered_by_suspended(project: Project) -> AnnotationQuerySet:
    """The answers of who is suspended in the project."""
    suspended = Suspension.objects.current().filter(project=project)
    return Annotation.objects.filter(project=project, expert__in=suspended.values("expert"))


def declare_interests() -> None:
    """Interests of some people, in words that are not quite the items' own."""
    for email, name in INTERESTS.items():
        expert = expert_of(email)
        if not Conflict.objects.filter(expert=expert).exists():
            interests.declare(expert=expert, by=expert.user, kind="organisation", name=name)


def count_coverage() -> None:
    """As it stands at the end."""
    for project in Project.objects.all():
        coverage.count_soon(project)
    drain()
