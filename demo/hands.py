"""What the parts of the seeding share: who acts, how files come in, how jobs are run."""

from __future__ import annotations

from random import Random

from django.core.files.base import ContentFile
from django.utils import timezone

from annotation import answering
from annotation.models import Assignment, Batch, Project, noting
from annotation.models.newest import newest
from annotation.stages import ingest, label
from annotation.work import HANDLERS
from core import jobs
from core.models import Job, User
from core.models.job import JobState
from demo.people import PEOPLE, STAFF
from demo.person import Person
from demo.projects import ProjectData
from demo.simulate import Region, time_on_task
from experts import evidence
from experts.models import Expert


def staff(role: str) -> User:
    """Who holds this role in the organisation."""
    return User.objects.get(email=next(person.email for person in STAFF if person.role == role))


def expert_of(email: str) -> Expert:
    """The professional self of somebody."""
    return evidence.expert_of(User.objects.get(email=email))


def able(data: ProjectData, role: str) -> list[Person]:
    """Who knows the project's field and reads its language."""
    return [
        person
        for person in PEOPLE
        if person.role == role
        and person.profile is not None
        and data.sector in person.profile.accuracy
        and person.profile.reads(data.language)
    ]


def bring(project: Project, by: User, name: str, lines: list[str], deidentified: str = "") -> None:
    """Import a file and run its jobs, unless it is here already."""
    if not Batch.objects.filter(project=project, name=name).exists():
        file = ContentFile("".join(lines).encode(), name=name)
        ingest.begin_batch(project=project, by=by, file=file, name=name, deidentified_statement=deidentified)
    drain()


def drain() -> None:
    """Run every job until none is left, whatever it waits for.

    Jobs run here before they are due, so what is noted next may find none that will see it: a sweep would ask for one.
    """
    while True:
        noting.fold_waiting()
        waiting = Job.objects.filter(state=JobState.WAITING, open_children=0)
        waiting.update(due_at=timezone.now())
        ran = [jobs.run(pk, HANDLERS) for pk in list(waiting.order_by("pk").values_list("pk", flat=True))]
        if not any(ran):
            return


def submit(assignment: Assignment, person: Person, result: list[Region], rng: Random) -> None:
    """The person's answer, as the editor would send it."""
    user = User.objects.get(email=person.email)
    schema, guideline = newest(assignment.project)
    content = assignment.item.data
    answering.submit(
        assignment=assignment,
        schema=schema,
        guideline=guideline,
        by=user,
        result=result,
        hashes=label.hashes_of(schema.schema, content),
        seconds=time_on_task(person.profile, content["text"], rng) if person.profile else 0.0,
    )
