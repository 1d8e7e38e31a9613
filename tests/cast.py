"""A small cast, and a project in mid-course, made by the same stages that people use.

Alice owns the organisation, Bob leads, Carol and Dan annotate, Erin adjudicates, Frank contributes, Grace audits.
Mallory owns another organisation, with a project of her own in the same state.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from annotation import answering
from annotation.models import (
    Adjudication,
    Annotation,
    Assignment,
    Batch,
    Dispute,
    Item,
    Project,
    Release,
    ReleasePolicy,
    noting,
)
from annotation.models.newest import newest
from annotation.stages import adjudicate, ingest, label, lease, overlap, release
from annotation.stages import project as projects
from annotation.work import HANDLERS
from core import jobs
from core.models import Job, Organisation, User
from core.models.job import JobState
from core.organisations import create_organisation, grant
from core.roles import Role
from experts import evidence, profile
from experts.models import Credential, CredentialKind, Sector

CONFIG = """<View>
  <Header value="Read the clause"/>
  <Text name="text" value="$text"/>
  <Choices name="verdict" toName="text" choice="single" required="true">
    <Choice value="breach"/><Choice value="no breach"/><Choice value="unsure"/>
  </Choices>
  <Choices name="topics" toName="text" choice="multiple">
    <Choice value="price"/><Choice value="term"/><Choice value="notice"/>
  </Choices>
  <Labels name="span" toName="text"><Label value="Party"/><Label value="Date"/></Labels>
  <Rating name="stars" toName="text" maxRating="5"/>
  <Number name="amount" toName="text" min="0" max="1000"/>
  <TextArea name="note" toName="text"/>
</View>"""
GUIDELINE = "# 1. Breach\n\n1.1 A party did not do what it owes.\n"
LONG_AGO = date(2020, 1, 1)
PDF = b"%PDF-1.4\n% a licence\n"

Result = list[dict[str, Any]]
Choose = Callable[[Assignment], Result]


def person(name: str) -> User:
    """A person who can be logged in by `force_login`; there is no password."""
    return User.objects.create_user(f"{name}@example.org", None, name=name.capitalize())


def credential_of(
    user: User,
    sector: Sector,
    *,
    valid_from: date = LONG_AGO,
    valid_until: date | None = None,
    file: bytes | None = None,
    number: str = "7",
) -> Credential:
    """A claim that nobody has verified yet."""
    return evidence.add_credential(
        expert=evidence.expert_of(user),
        by=user,
        kind=CredentialKind.objects.filter(sector=sector).order_by("pk")[0],
        issuer="The Bar",
        number=number,
        valid_from=valid_from,
        valid_until=valid_until,
        evidence=SimpleUploadedFile("licence.pdf", file) if file else None,
    )


def describe(
    user: User,
    *,
    languages: Sequence[str] = (),
    specialities: Sequence[str] = (),
    jurisdictions: Sequence[str] = (),
    level: str = "C1",
) -> None:
    """What the person's profile says from now on."""
    profile.edit_profile(
        expert=evidence.expert_of(user),
        by=user,
        sectors=[],
        specialities=list(specialities),
        languages=[{"code": code, "level": level} for code in languages],
        jurisdictions=list(jurisdictions),
    )


def qualify(user: User, organisation: Organisation, sector: Sector, by: User) -> Credential:
    """Verify a credential of the person and qualify them on it."""
    credential = credential_of(user, sector, file=PDF)
    evidence.verify(credential=credential, organisation=organisation, by=by, accepted=True, how="register")
    evidence.qualify(
        expert=evidence.expert_of(user),
        organisation=organisation,
        sector=sector,
        credential=credential,
        by=by,
        reason="admitted",
    )
    return credential


def sector(key: str = "legal") -> Sector:
    """A sector that ships as data."""
    return Sector.objects.get(key=key)


def found_project(organisation: Organisation, by: User, **settings: Any) -> Project:
    """A legal project with a question of every kind and an overlap of two."""
    values: dict[str, Any] = {"name": "Leases", "sector": sector(), "config": CONFIG, "guideline": GUIDELINE}
    return projects.create_project(organisation=organisation, by=by, **{**values, **settings})


def set_overlap(project: Project, by: User, number: int) -> None:
    """Ask for so many answers an item, and have the items brought to it."""
    overlap.change_overlap(project=project, by=by, overlap=number)
    drain()


def jsonl(rows: Sequence[Any]) -> bytes:
    """Rows as JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def bring(project: Project, by: User, content: bytes, name: str = "rows.jsonl", **more: Any) -> Batch:
    """Bring in a file and run its jobs."""
    batch = ingest.begin_batch(project=project, by=by, file=ContentFile(content), name=name, **more)
    drain()
    batch.refresh_from_db()
    return batch


def bring_texts(project: Project, by: User, count: int, start: int = 0, **more: Any) -> Batch:
    """Bring in so many different texts."""
    rows = [{"text": f"Clause {at}: the tenant 张三 owes 😀 rent."} for at in range(start, start + count)]
    return bring(project, by, jsonl(rows), **more)


def drain(*, failing: bool = False) -> None:
    """Run every job that is owed, without waiting for delays, as a worker would. Unless `failing`, none may fail."""
    for _ in range(100):
        noting.fold_waiting()
        waiting = Job.objects.filter(state=JobState.WAITING, open_children=0)
        waiting.update(due_at=timezone.now())
        owed = list(waiting.order_by("pk").values_list("pk", flat=True))
        for pk in owed:
            jobs.run(pk, HANDLERS)
        errors = list(Job.objects.exclude(error="").values_list("kind", "error"))
        assert failing or not errors, errors
        if not owed:
            return
    raise AssertionError("the jobs do not come to an end")


def region(question: str, kind: str, value: Any, field: str = "text") -> dict[str, Any]:
    """One region of a result."""
    return {"id": f"r-{question}", "from_name": question, "to_name": field, "type": kind, "value": value}


def choice(verdict: str = "breach") -> Result:
    """The smallest complete answer."""
    return [region("verdict", "choices", {"choices": [verdict]})]


def everything(verdict: str = "breach") -> Result:
    """An answer to every question."""
    return [
        *choice(verdict),
        region("topics", "choices", {"choices": ["term", "price"]}),
        region("span", "labels", {"start": 0, "end": 6, "text": "Clause", "labels": ["Party"]}),
        region("stars", "rating", {"rating": 4}),
        region("amount", "number", {"number": 12.5}),
        region("note", "textarea", {"text": ["it is late"]}),
    ]


def take(project: Project, user: User) -> Assignment | None:
    """The person's next item."""
    return lease.take_next(project=project, expert=evidence.expert_of(user), by=user)


def submit(assignment: Assignment, user: User, result: Result) -> label.Submitted:
    """Submit an answer to the newest questions."""
    schema, guideline = newest(assignment.project)
    return answering.submit(
        assignment=assignment,
        schema=schema,
        guideline=guideline,
        by=user,
        result=result,
        hashes=label.hashes_of(schema.schema, assignment.item.data),
        seconds=3.0,
    )


def answer_all(project: Project, user: User, choose: Choose, most: int = 1000) -> list[Annotation]:
    """Answer items until nothing is left, or `most` of them."""
    given: list[Annotation] = []
    while len(given) < most and (assignment := take(project, user)):
        given.append(submit(assignment, user, choose(assignment)).annotation)
    return given


def decide(
    dispute: Dispute, user: User, result: Result, rationale: str = "Clause 1.1 says so.", **more: Any
) -> Adjudication:
    """Settle a dispute; `more` as `adjudicate.decide` takes it."""
    schema, guideline = newest(dispute.project)
    return adjudicate.decide(
        dispute=dispute,
        expert=evidence.expert_of(user),
        by=user,
        schema=schema,
        guideline=guideline,
        result=result,
        rationale=rationale,
        **{"clause": "1.1", **more},
    )


def ask_less(project: Project, **policy: Any) -> None:
    """Let releases of the project pass with what their gate would hold: where the test is about something else."""
    ReleasePolicy.objects.update_or_create(project=project, defaults=policy)


def make_release(project: Project, by: User) -> Release:
    """Ask for a release and have it made."""
    asked = release.request_release(project=project, by=by)
    drain()
    asked.refresh_from_db()
    return asked


@dataclass
class World:
    """An organisation, its people by role, and its project. `people` has two annotators, the second as `annotator2`."""

    organisation: Organisation
    project: Project
    people: dict[str, User]

    @property
    def owner(self) -> User:
        return self.people["owner"]

    @property
    def lead(self) -> User:
        return self.people["lead"]


@dataclass
class Scene(World):
    """A world in mid-course. Of six items two were agreed on, one was decided, one is disputed, two are open.

    The first annotator holds `assignment` with a draft; `answered` is the second one's submitted assignment.
    """

    batch: Batch
    own_batch: Batch
    dispute: Dispute
    release: Release
    assignment: Assignment
    answered: Assignment
    credential: Credential


def world(names: Sequence[str], **settings: Any) -> World:
    """Found an organisation with owner, lead, two qualified annotators, adjudicator, contributor and auditor."""
    parts = ("owner", "lead", "annotator", "annotator2", "adjudicator", "contributor", "auditor")
    people = {part: person(name) for part, name in zip(parts, names, strict=True)}
    owner, lead = people["owner"], people["lead"]
    organisation = create_organisation(name=f"{names[0].capitalize()}'s", by=owner, default_licence="CC0-1.0")
    for part in parts[1:]:
        grant(user=people[part], organisation=organisation, role=Role(part.rstrip("2")), by=owner)
    project = found_project(organisation, lead, **settings)
    for part in ("annotator", "annotator2", "adjudicator"):
        qualify(people[part], organisation, project.sector, lead)
    return World(organisation, project, people)


OURS = ("alice", "bob", "carol", "dan", "erin", "frank", "grace")
THEIRS = ("mallory", "niaj", "olivia", "peggy", "rupert", "sybil", "trent")


def scene(names: Sequence[str] = OURS) -> Scene:
    """Play a project into mid-course."""
    made = world(names)
    project, people = made.project, made.people
    carol, dan = people["annotator"], people["annotator2"]
    batch = bring_texts(project, made.lead, 4)
    own_batch = bring(
        project, people["contributor"], jsonl([{"text": "Clause V."}, {"text": "Clause VI."}]) + b"{bad\n"
    )
    order = list(Item.objects.filter(project=project).order_by("pk").values_list("pk", flat=True))
    answer_all(project, carol, lambda _: everything(), most=4)
    dissent = set(order[2:4])
    answered = answer_all(
        project, dan, lambda at: everything("no breach" if at.item_id in dissent else "breach"), most=4
    )
    drain()
    first, second = Dispute.objects.filter(project=project).order_by("pk")
    decide(first, people["adjudicator"], choice("unsure"))
    drain()
    ask_less(project, disputes_settled=False)  # one is open, and there is a release
    assignment = take(project, carol)
    assert assignment
    schema, _guideline = newest(project)
    label.save_draft(assignment=assignment, schema=schema.schema, revision=0, result=choice(), seconds=1)
    return Scene(
        **vars(made),
        batch=batch,
        own_batch=own_batch,
        dispute=second,
        release=make_release(project, made.lead),
        assignment=assignment,
        answered=answered[0].assignment,
        credential=Credential.objects.get(expert__user=carol),
    )
