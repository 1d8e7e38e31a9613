"""Write the scene's rows: people by the ORM, items by the database itself."""

from datetime import date

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from annotation.models import Assignment, Batch, Desk, Item, ItemParty, Lane, Project
from annotation.models.assignment import Outcome
from annotation.models.lane import Signature
from annotation.stages import project as projects
from benchmarks import routing_scene as scene
from benchmarks.house import CONFIG
from core.models import Membership, Organisation, User
from core.organisations import create_organisation
from core.roles import Role
from experts.models import (
    Conflict,
    ConflictKey,
    Credential,
    CredentialKind,
    CredentialVerification,
    Expert,
    ProfileWord,
    Qualification,
    Sector,
)

LONG_AGO = date(2020, 1, 1)


def build(items: int) -> Project:
    """Everything, in an empty database. Then the planner is told of it."""
    sector = Sector.objects.get(key="legal")
    lead = User.objects.create_user("lead@example.org", None, name="Lead")
    house = create_organisation(name="House", by=lead)
    project = projects.create_project(
        organisation=house,
        by=lead,
        name="Routing",
        sector=sector,
        config=CONFIG,
        guideline="# 1. What\n",
        overlap=scene.OVERLAP,
        language_required=True,
    )
    experts = _people(house, sector, lead)
    _items(project, lead, items)
    _have_half_done(experts[scene.HALF_DONE], items)
    Desk.objects.bulk_create([Desk(project=project, expert=expert) for expert in experts])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return project


def _people(house: Organisation, sector: Sector, lead: User) -> list[Expert]:
    users = User.objects.bulk_create(
        [User(email=f"e{at}@example.org", name=f"Expert {at}", password="!") for at in range(scene.EXPERTS)]
    )
    Membership.objects.bulk_create(
        [Membership(user=user, organisation=house, role=Role.ANNOTATOR) for user in users]
    )
    words = [scene.knows(at) for at in range(scene.EXPERTS)]
    experts = Expert.objects.bulk_create(
        [
            Expert(
                user=user,
                specialities=sorted(said.specialities),
                jurisdictions=sorted(said.jurisdictions),
                languages=[{"code": code, "level": "C1"} for code in sorted(said.languages)],
            )
            for user, said in zip(users, words, strict=True)
        ]
    )
    ProfileWord.objects.bulk_create(
        [
            ProfileWord(expert=expert, kind=kind, word=word)
            for expert, said in zip(experts, words, strict=True)
            for kind, found in (
                (ProfileWord.Kind.SPECIALITY, said.specialities),
                (ProfileWord.Kind.JURISDICTION, said.jurisdictions),
                (ProfileWord.Kind.LANGUAGE, said.languages),
            )
            for word in sorted(found)
        ],
        batch_size=5000,
    )
    _qualify(experts, house, sector, lead)
    _declare(experts, words)
    return experts


def _qualify(experts: list[Expert], house: Organisation, sector: Sector, lead: User) -> None:
    kind = CredentialKind.objects.filter(sector=sector).order_by("pk")[0]
    credentials = Credential.objects.bulk_create(
        [
            Credential(
                expert=one,
                kind=kind,
                issuer="Bar",
                number=str(one.pk),
                claim=f"b{one.pk}",
                valid_from=LONG_AGO,
            )
            for one in experts
        ]
    )
    CredentialVerification.objects.bulk_create(
        [
            CredentialVerification(
                credential=one, organisation=house, accepted=True, how="register", verified_by=lead
            )
            for one in credentials
        ]
    )
    Qualification.objects.bulk_create(
        [
            Qualification(
                expert=one.expert,
                organisation=house,
                sector=sector,
                credential=one,
                reason="bar",
                granted_by=lead,
            )
            for one in credentials
        ]
    )


def _declare(experts: list[Expert], words: list[scene.Knows]) -> None:
    conflicts = Conflict.objects.bulk_create(
        [
            Conflict(expert=expert, kind="organisation", name=f"Party {party}", fingerprint=f"party-{party}")
            for expert, said in zip(experts, words, strict=True)
            for party in sorted(said.interests)
        ]
    )
    ConflictKey.objects.bulk_create(
        [ConflictKey(conflict=one, expert=one.expert, key=one.fingerprint) for one in conflicts]
    )


def _items(project: Project, lead: User, items: int) -> None:
    batch = Batch.objects.create(
        project=project,
        name="rows.jsonl",
        format="jsonl",
        file="none",
        size=0,
        rights="ours",
        created_by=lead,
    )
    signatures = [
        Signature(speciality=speciality, jurisdiction=jurisdiction, language=language)
        for speciality, jurisdiction, language in map(scene.asks, range(scene.LANES))
    ]
    lanes = Lane.objects.bulk_create(
        [
            Lane(
                project=project,
                digest=one.digest,
                next_position=items // scene.LANES + 1,
                **{name: getattr(one, name) for name in Signature.__dataclass_fields__},
            )
            for one in signatures
        ]
    )
    first = Item.objects.create(
        uid="i0",
        project=project,
        batch=batch,
        lane=lanes[0],
        position=1,
        line=0,
        offset=0,
        data={"text": "Item 0" + " text" * 100},
        content_hash="0",
        overlap=scene.OVERLAP,
        open_slots=scene.OVERLAP,
        routed_at=timezone.now(),
    )
    lane_ids = ", ".join(str(lane.pk) for lane in lanes)
    _multiply(
        first,
        f"generate_series(1, {items - 1}) AS n",
        {
            "id": f"{first.pk} + n",
            "uid": "'i' || n",
            "line": "n",
            "offset": "n",
            "data": "jsonb_build_object('text', 'Item ' || n || repeat(' text', 100))",
            "content_hash": "md5(n::text)",
            "lane_id": f"(ARRAY[{lane_ids}]::bigint[])[n % {scene.LANES} + 1]",
            "position": f"n / {scene.LANES} + 1",
        },
    )
    party = ItemParty.objects.create(project=project, item=first, key=f"party-{scene.party_of(0)}")
    _multiply(
        party,
        f"generate_series(1, {items - 1}) AS n",
        {"id": f"{party.pk} + n", "item_id": f"{first.pk} + n", "key": f"'party-' || {scene.PARTY_SQL}"},
    )


def _have_half_done(expert: Expert, items: int) -> None:
    """As if the expert had answered the first half of every lane, and no cursor had followed them."""
    item = Item.objects.order_by("pk").select_related("project")[0]
    done = Assignment.objects.create(
        uid="a0",
        project=item.project,
        item=item,
        expert=expert,
        leased_at=timezone.now(),
        lease_until=timezone.now(),
        outcome=Outcome.SUBMITTED,
        ended_at=timezone.now(),
    )
    _multiply(
        done,
        f"generate_series(1, {items // 2 - 1}) AS n",
        {"id": f"{done.pk} + n", "uid": "'a' || n", "item_id": f"{item.pk} + n"},
    )


def _multiply(row: Model, source: str, changed: dict[str, str]) -> None:
    """Copy a stored row for each row of the source, with some columns computed."""
    table, fields = row._meta.db_table, row._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(changed.get(str(field.column), f'{table}."{field.column}"') for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table}, {source} WHERE {table}.id = {row.pk}"
        )
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        )
