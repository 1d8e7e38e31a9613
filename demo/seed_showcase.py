"""Found the small projects of `demo.showcase`, bring in their rows and give their first answers."""

from __future__ import annotations

import json
from collections.abc import Sequence

from annotation import answering
from annotation.models import Annotation, Assignment, Project
from annotation.models.newest import newest
from annotation.stages import label, lease
from annotation.stages import project as projects
from core.models import Organisation, User
from core.roles import Role
from demo.hands import bring, drain, staff
from demo.people import PEOPLE
from demo.person import Person
from demo.showcase import SHOWCASES, Region, Showcase
from experts import evidence
from experts.models import Sector

SECONDS = 240.0  # on task, of an answer that was written


def seed_showcases(organisation: Organisation) -> None:
    """What is missing of them."""
    for one in SHOWCASES:
        project = _project(one, organisation)
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in one.rows]
        bring(project, staff(Role.LEAD), f"{one.key}.jsonl", lines)
        if not Annotation.objects.filter(project=project).exists():
            _answer(one, project)
    drain()


def _project(one: Showcase, organisation: Organisation) -> Project:
    found = Project.objects.filter(name=one.name, organisation=organisation).first()
    return found or projects.create_project(
        organisation=organisation,
        by=staff(Role.LEAD),
        name=one.name,
        sector=Sector.objects.get(key=one.sector),
        config=one.config,
        guideline=one.guideline,
        description=one.description,
        language=one.language,
        language_required=True,
        overlap=2,
    )


def _able(one: Showcase) -> list[Person]:
    return [
        person
        for person in PEOPLE
        if person.role == Role.ANNOTATOR
        and person.profile is not None
        and one.sector in person.profile.accuracy
        and person.profile.reads(one.language)
    ]


def _answer(one: Showcase, project: Project) -> None:
    """Who comes last among the annotators answers the first rows; an item without an answer is given back."""
    answers = dict(zip((row["ref"] for row in one.rows), one.answers, strict=False))
    for person in reversed(_able(one)) if answers else ():
        user = User.objects.get(email=person.email)
        leased = lease.take_next(project=project, expert=evidence.expert_of(user), by=user)
        if leased is None:
            continue
        assignment = Assignment.objects.select_related("project__organisation", "item", "expert__user").get(
            pk=leased.pk
        )
        result = answers.pop(assignment.item.data["ref"], None)
        if result is None:
            answering.give_back(assignment=assignment, by=user)
        else:
            _submit(assignment, user, result)
        if not answers:
            return


def _submit(assignment: Assignment, user: User, result: Sequence[Region]) -> None:
    schema, guideline = newest(assignment.project)
    answering.submit(
        assignment=assignment,
        schema=schema,
        guideline=guideline,
        by=user,
        result=list(result),
        hashes=label.hashes_of(schema.schema, assignment.item.data),
        seconds=SECONDS,
    )
