"""Fill an empty Assay with the living example, through the same stages that people use.

Every part looks at what is there already, so that a seeding that was interrupted goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from django.core.files.base import ContentFile
from django.utils import timezone

from annotation.models import Assignment, Batch, Dispute, Item, Project, Release
from annotation.models.eligibility import unmet_in
from annotation.payloads import newest
from annotation.stages import adjudicate, ingest, label, lease, release
from annotation.stages import project as projects
from annotation.work import HANDLERS
from core import jobs, organisations
from core.models import Job, Organisation, User
from core.models.job import JobState
from core.roles import Role
from demo.people import EXPERTS, ORGANISATION, PEOPLE, STAFF
from demo.person import CredentialData, Person
from demo.projects import PROJECTS, ProjectData
from demo.rationales import rationale
from demo.simulate import simulate, time_on_task
from demo.truths import Truth, load_truths
from experts import evidence, profile
from experts.models import Credential, CredentialKind, Expert, Sector

PASSWORD = "assay-demo"  # noqa: S105 (the example's, printed at every start, for a loopback address)
LABELLED = 0.7  # share of a project's items that the simulated experts finish
DECIDED = 0.6  # share of the disputes that the simulated adjudicators decide
HELD_BACK = 8  # healthcare rows that come in a second batch, which waits for its de-identification statement
RELEASED = "legal-en"

Say = Callable[[str], None]


def seed(say: Say) -> None:
    """Seed what is missing. `say` is told what is being done, a line each."""
    jobs.on_ring(lambda _id: None)  # this process runs the jobs itself: nothing else is up yet
    organisation = _organisation()
    say(
        f"people: {len(PEOPLE)} with {sum(len(p.profile.credentials) for p in PEOPLE if p.profile)} credentials"
    )
    for person in PEOPLE:
        _person(person, organisation)
    for data in PROJECTS:
        say(f"project: {data.name}")
        project = _project(data, organisation)
        _label(data, project)
        _drain()
        _adjudicate(data, project)
        _drain()
    first = Project.objects.get(name=next(data.name for data in PROJECTS if data.key == RELEASED))
    if not Release.objects.filter(project=first).exists():
        say("release 1")
        release.request_release(project=first, by=_user(Role.LEAD))
        _drain()
    _leave_a_draft()


def logins() -> list[tuple[str, str, str]]:
    """One login per role: role, name, e-mail address."""
    chosen: dict[str, Person] = {}
    for person in (*STAFF, *EXPERTS):
        chosen.setdefault(person.role, person)
    return [(role, person.name, person.email) for role, person in chosen.items()]


def _user(role: str) -> User:
    return User.objects.get(email=next(person.email for person in STAFF if person.role == role))


def _account(person: Person) -> User:
    user = User.objects.filter(email=person.email).first()
    return user or User.objects.create_user(
        person.email, PASSWORD, name=person.name, language=person.language
    )


def _organisation() -> Organisation:
    found = Organisation.objects.filter(name=ORGANISATION["name"]).first()
    if found:
        return found
    owner = next(person for person in STAFF if person.role == Role.OWNER)
    return organisations.create_organisation(
        name=ORGANISATION["name"],
        by=_account(owner),
        default_licence=ORGANISATION["licence"],
        default_rights=ORGANISATION["rights"],
    )


def _person(person: Person, organisation: Organisation) -> None:
    user, owner = _account(person), _user(Role.OWNER)
    organisations.grant(user=user, organisation=organisation, role=person.role, by=owner)
    if person.profile is None or Expert.objects.filter(user=user).exists():
        return
    expert = evidence.expert_of(user)
    profile.edit_profile(
        expert=expert,
        by=user,
        sectors=list(Sector.objects.filter(key__in=person.profile.sectors)),
        specialities=list(person.profile.specialities),
        languages=[{"code": known.code, "level": known.level} for known in person.profile.languages],
        jurisdictions=list(person.profile.jurisdictions),
    )
    for held in person.profile.credentials:
        _credential(held, expert, user, organisation)


def _credential(held: CredentialData, expert: Expert, user: User, organisation: Organisation) -> None:
    today = timezone.localdate()
    kind = CredentialKind.objects.select_related("sector").get(key=held.kind)
    credential = evidence.add_credential(
        expert=expert,
        by=user,
        kind=kind,
        issuer=held.issuer,
        number=held.number,
        scope=held.speciality,
        jurisdiction=held.jurisdiction,
        valid_from=held.valid_from(today),
        valid_until=held.valid_until(today),
    )
    if not held.verified:
        return
    lead = _user(Role.LEAD)
    evidence.verify(
        credential=credential,
        organisation=organisation,
        by=lead,
        accepted=True,
        how=f"Register of {held.issuer}, entry {held.number}",
    )
    usable = Credential.objects.filter(pk=credential.pk).valid_on(today).exists()
    if usable and not expert.qualifications.filter(sector=kind.sector, revoked_at=None).exists():
        evidence.qualify(
            expert=expert,
            organisation=organisation,
            sector=kind.sector,
            credential=credential,
            by=lead,
            reason=f"{kind} verified",
        )


def _project(data: ProjectData, organisation: Organisation) -> Project:
    project = Project.objects.filter(name=data.name, organisation=organisation).first()
    if project is None:
        project = projects.create_project(
            organisation=organisation,
            by=_user(Role.LEAD),
            name=data.name,
            sector=Sector.objects.get(key=data.sector),
            config=data.config,
            guideline=data.guideline,
            description=data.description,
            language=data.language,
            overlap=data.overlap,
            dispute_rule=data.dispute_rule,
            licence=data.licence,
        )
    if not Batch.objects.filter(project=project).exists():
        lines = data.texts.read_text("utf-8").splitlines(keepends=True)
        held_back = HELD_BACK if data.deidentified else 0
        by = _user(Role.CONTRIBUTOR if data.sector == "finance" else Role.LEAD)
        _bring(project, by, f"{data.key}.jsonl", lines[: len(lines) - held_back], data.deidentified)
        if held_back:
            _bring(project, by, f"{data.key}-later.jsonl", lines[-held_back:], "")
    _drain()
    return project


def _bring(project: Project, by: User, name: str, lines: list[str], deidentified: str) -> None:
    file = ContentFile("".join(lines).encode(), name=name)
    ingest.begin_batch(project=project, by=by, file=file, name=name, deidentified_statement=deidentified)


def _drain() -> None:
    """Run every job until none is left, whatever it waits for."""
    while True:
        waiting = Job.objects.filter(state=JobState.WAITING, open_children=0)
        waiting.update(due_at=timezone.now())
        ran = [jobs.run(pk, HANDLERS) for pk in list(waiting.order_by("pk").values_list("pk", flat=True))]
        if not any(ran):
            return


def _able(data: ProjectData, role: str) -> list[Person]:
    return [
        person
        for person in PEOPLE
        if person.role == role
        and person.profile is not None
        and data.sector in person.profile.accuracy
        and person.profile.reads(data.language)
    ]


def _label(data: ProjectData, project: Project) -> None:
    """Experts take turns at the queue until LABELLED of the items have all their annotations."""
    truths = load_truths(data.key)
    items = Item.objects.filter(project=project).exclude(routed_at=None)
    target = int(items.count() * LABELLED)
    people = _able(data, Role.ANNOTATOR)
    while items.exclude(labelled_at=None).count() < target:
        answered = [_answer_one(person, data, project, truths) for person in people]
        if not any(answered):
            return


def _answer_one(person: Person, data: ProjectData, project: Project, truths: dict[str, Truth]) -> bool:
    user = User.objects.get(email=person.email)
    expert = evidence.expert_of(user)
    if unmet_in([project], expert)[project.pk]:
        return False
    assignment = lease.take_next(project=project, expert=expert, by=user)
    if assignment is None or person.profile is None:
        return False
    assignment = Assignment.objects.select_related("project__organisation", "item").get(pk=assignment.pk)
    schema, guideline = newest(project)
    content = assignment.item.data
    rng = Random(f"{person.email}:{content['ref']}")
    label.submit(
        assignment=assignment,
        schema=schema,
        guideline=guideline,
        by=user,
        result=simulate(person.profile, data.sector, schema.schema, content, truths[content["ref"]], rng),
        hashes=label.hashes_of(schema.schema, content),
        seconds=time_on_task(person.profile, content["text"], rng),
    )
    return True


def _adjudicate(data: ProjectData, project: Project) -> None:
    """A simulated adjudicator, who knows the truth, decides DECIDED of the disputes."""
    truths = load_truths(data.key)
    people = [(person, person.profile) for person in _able(data, Role.ADJUDICATOR) if person.profile]
    all_of_it = Dispute.objects.filter(project=project)
    rest = all_of_it.count() - all_of_it.exclude(closed_at=None).count()
    to_decide = int(all_of_it.count() * DECIDED) - (all_of_it.count() - rest)
    if not people or to_decide <= 0:
        return
    person, profile = people[0]
    user = User.objects.get(email=person.email)
    schema, guideline = newest(project)
    for dispute in list(
        Dispute.objects.to_decide_by(user).filter(project=project).order_by("pk")[:to_decide]
    ):
        content = dispute.item.data
        answer = simulate(
            profile,
            data.sector,
            schema.schema,
            content,
            truths[content["ref"]],
            Random(f"decides:{content['ref']}"),
        )
        clause, why = rationale(data.key, dispute.question)
        adjudicate.decide(
            dispute=dispute,
            expert=evidence.expert_of(user),
            by=user,
            schema=schema,
            guideline=guideline,
            result=[region for region in answer if region["from_name"] == dispute.question],
            rationale=why,
            clause=clause,
        )


def _leave_a_draft() -> None:
    """The first annotator left in the middle of an item."""
    data = PROJECTS[0]
    person = _able(data, Role.ANNOTATOR)[0]
    user = User.objects.get(email=person.email)
    project = Project.objects.get(name=data.name)
    if Assignment.objects.filter(expert__user=user, project=project, outcome="").exists():
        return
    assignment = lease.take_next(project=project, expert=evidence.expert_of(user), by=user)
    if assignment is None or person.profile is None:
        return
    schema = newest(project)[0].schema
    content = assignment.item.data
    truth = load_truths(data.key)[content["ref"]]
    result = simulate(person.profile, data.sector, schema, content, truth, Random(1))
    begun = [region for region in result if region["type"] == "labels"][:2]
    label.save_draft(assignment=assignment, schema=schema, revision=0, result=begun, seconds=12.0)
