"""Fill an empty Assay with the living example, through the same stages that people use.

Every part looks at what is there already, so that a seeding that was interrupted goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from annotation.models import Assignment, Dispute, Item, Project
from annotation.models.newest import newest
from annotation.stages import adjudicate, label, lease
from annotation.stages import project as projects
from core import jobs, organisations
from core.models import Organisation, User
from core.refusals import Refusal
from core.roles import Role
from demo import disputes, releases
from demo import seed_routing as routing
from demo.availability import AVAILABLE
from demo.hands import able, bring, drain, staff, submit
from demo.history import Clock, before_the_work, weeks_ago
from demo.needs import asking
from demo.people import EXPERTS, ORGANISATION, PEOPLE, STAFF
from demo.person import CredentialData, Person
from demo.projects import PROJECTS, ProjectData
from demo.rationales import addition, rationale
from demo.seed_showcase import seed_showcases
from demo.showcase import SHOWCASES
from demo.simulate import simulate
from demo.specimen import specimen
from demo.truths import Truth, load_truths
from experts import evidence, profile
from experts.models import Credential, CredentialKind, Expert, Sector

PASSWORD = "assay-demo"  # noqa: S105 (the example's, printed at every start, for a loopback address)
LABELLED = 0.7  # share of a project's items that the simulated experts finish
DECIDED = 0.6  # share of the disputes that the simulated adjudicators decide
DECIDES_EVERY = 5  # rounds of answers
HELD_BACK = 8  # healthcare rows that come in a second batch, which waits for its de-identification statement

Say = Callable[[str], None]


def seed(say: Say) -> None:
    """Seed what is missing. `say` is told what is being done, a line each."""
    jobs.on_ring(lambda *_told: None)  # this process runs the jobs itself: nothing else is up yet
    organisation = _organisation()
    say(
        f"people: {len(PEOPLE)} with {sum(len(p.profile.credentials) for p in PEOPLE if p.profile)} credentials"
    )
    for person in PEOPLE:
        _person(person, organisation)
    routing.declare_interests()
    for data in PROJECTS:
        say(f"project: {data.name}")
        project = _project(data, organisation)
        with weeks_ago() as clock:
            if data.key == releases.RELEASED:
                _work(data, project, clock, releases.FIRST)
                releases.first(project)
            _work(data, project, clock)
        disputes.settle_up(data, project)
        if data.key == releases.RELEASED:
            releases.second(project)
    _leave_a_draft()
    say(f"small projects: {len(SHOWCASES)}")
    seed_showcases(organisation)
    say("coverage")
    routing.count_coverage()


def logins() -> list[tuple[str, str, str]]:
    """One login per role: role, name, e-mail address."""
    chosen: dict[str, Person] = {}
    for person in (*STAFF, *EXPERTS):
        chosen.setdefault(person.role, person)
    return [(role, person.name, person.email) for role, person in chosen.items()]


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
    user, owner = _account(person), staff(Role.OWNER)
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
        availability=_availability(person),
    )
    today = timezone.localdate()
    with before_the_work():
        for held in person.profile.credentials:
            _credential(held, expert, user, organisation, today)


def _availability(person: Person) -> profile.Availability:
    given = AVAILABLE[person.email]
    until = timezone.localdate() + timedelta(days=given.break_days) if given.break_days else None
    # Nobody reads the letters of made-up people; their home pages say the same.
    return profile.Availability(given.hours, until, given.residence, wants_letters=False)


def _scan(held: CredentialData, user: User) -> SimpleUploadedFile:
    """What somebody looks at who verifies it."""
    page = specimen(
        held.issuer, "SPECIMEN: made for this example", f"Holder: {user.name}", f"No. {held.number}"
    )
    return SimpleUploadedFile("licence.pdf", page, "application/pdf")


def _credential(
    held: CredentialData, expert: Expert, user: User, organisation: Organisation, today: date
) -> None:
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
        evidence=None if held.verified else _scan(held, user),
    )
    if not held.verified:
        return
    lead = staff(Role.LEAD)
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
            by=staff(Role.LEAD),
            name=data.name,
            sector=Sector.objects.get(key=data.sector),
            config=data.config,
            guideline=data.guideline,
            description=data.description,
            language=data.language,
            language_required=True,
            overlap=data.overlap,
            dispute_rule=data.dispute_rule,
            licence=data.licence,
        )
    routing.prepare(data, project)
    lines = asking(data.key, data.texts.read_text("utf-8").splitlines(keepends=True), timezone.localdate())
    held_back = HELD_BACK if data.deidentified else 0
    by = staff(Role.CONTRIBUTOR if data.sector == "finance" else Role.LEAD)
    bring(project, by, f"{data.key}.jsonl", lines[: len(lines) - held_back], data.deidentified)
    if held_back:
        bring(project, by, f"{data.key}-later.jsonl", lines[-held_back:])
    project.refresh_from_db()
    return project


def _work(data: ProjectData, project: Project, clock: Clock, part: float = 1.0) -> None:
    """A part of the weeks' labelling, with what is to be decided of it."""
    _label(data, project, clock, part)
    drain()
    _adjudicate(data, project)
    drain()


def _label(data: ProjectData, project: Project, clock: Clock, part: float) -> None:
    """Experts take turns at the queue until a part of LABELLED of the items have all their annotations.

    Half-way the guideline is made clearer; from then on they err less.
    """
    truths = load_truths(data.key)
    items = Item.objects.filter(project=project).exclude(routed_at=None)
    whole = int(items.count() * LABELLED)
    target = int(whole * part)
    people = able(data, Role.ANNOTATOR)
    hasty = [person for person in people if routing.is_hasty(person, data)]
    if hasty and not project.control_rate:
        for person in hasty * routing.UNTESTED:
            _answer_one(person, data, project, truths)
    routing.begin_testing(data, project)
    answered, rounds = len(people), 0
    while answered and (done := items.exclude(labelled_at=None).count()) < target:
        clock.move_to(done / whole)
        drain()
        if rounds % DECIDES_EVERY == 0:
            _adjudicate(data, project)
        if 2 * done > whole:
            truths = _clearer(data, project, truths)
        answered = sum(_answer_one(person, data, project, truths) for person in people)
        rounds += 1
        if items.exclude(labelled_at=None).count() >= target:
            drain()  # what is in doubt may want more answers
    for person in hasty * routing.MOST_TAKEN:
        if not _answer_one(person, data, project, truths):
            return


def _clearer(data: ProjectData, project: Project, truths: dict[str, Truth]) -> dict[str, Truth]:
    """The guideline's second version, with the example that its readers lacked; items are easier under it."""
    if project.guidelines.count() > 1:
        return truths
    projects.add_guideline(
        project=project, by=staff(Role.LEAD), text=f"{data.guideline}\n{addition(data.key)}\n"
    )
    return {ref: replace(truth, difficulty=0.4 * truth.difficulty) for ref, truth in truths.items()}


def _answer_one(person: Person, data: ProjectData, project: Project, truths: dict[str, Truth]) -> bool:
    user = User.objects.get(email=person.email)
    expert = evidence.expert_of(user)
    try:
        assignment = lease.take_next(project=project, expert=expert, by=user)
    except Refusal:  # nothing is for them here
        return False
    if assignment is None or person.profile is None:
        return False
    assignment = Assignment.objects.select_related("project__organisation", "item").get(pk=assignment.pk)
    content = assignment.item.data
    rng = Random(f"{person.email}:{content['ref']}")
    if routing.is_control(assignment):
        submit(assignment, person, routing.control_answer(person, data, assignment, rng), rng)
        drain()  # a suspension holds from the next item on
        return True
    schema = newest(project)[0].schema
    submit(
        assignment,
        person,
        simulate(person.profile, data.sector, schema, content, truths[content["ref"]], rng),
        rng,
    )
    return True


def _adjudicate(data: ProjectData, project: Project) -> None:
    """A simulated adjudicator, who knows the truth, decides DECIDED of the disputes."""
    truths = load_truths(data.key)
    people = [(person, person.profile) for person in able(data, Role.ADJUDICATOR) if person.profile]
    all_of_it = Dispute.objects.filter(project=project)
    rest = all_of_it.count() - all_of_it.exclude(closed_at=None).count()
    share = 1 if data.key == releases.RELEASED else DECIDED
    to_decide = int(all_of_it.count() * share) - (all_of_it.count() - rest)
    if not people or to_decide <= 0:
        return
    person, profile = people[0]
    user = User.objects.get(email=person.email)
    schema, guideline = newest(project)
    open_ones = Dispute.objects.to_decide_by(user).filter(project=project)
    # The lead is asked about these first, so they are left as they are.
    open_ones = open_ones.exclude(item__in=routing.answered_by_suspended(project).values("item"))
    for dispute in list(open_ones.order_by("pk")[:to_decide]):
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
    person = able(data, Role.ANNOTATOR)[0]
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
