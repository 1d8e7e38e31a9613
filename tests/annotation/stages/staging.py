"""Put what hypothesis drew into the database."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from annotation.models import (
    Acceptance,
    Batch,
    Exam,
    Item,
    PanelMember,
    Project,
    QualificationRule,
    RoomEntry,
    Suspension,
    Undertaking,
)
from annotation.models.lane import SPECIALIST, lane_like
from annotation.models.project import Policy
from annotation.stages import interests
from core.models import Membership, User
from core.organisations import create_organisation, end_membership, grant
from core.roles import Role
from experts import evidence
from experts.models import Credential, CredentialKind, CredentialVerification, Expert, Qualification
from experts.names import party_keys
from tests import cast
from tests.annotation.stages.drawn import HOUSE, Asked, Person, Sample, Setting
from tests.cast import World


def day(offset: int | None) -> date | None:
    """The date in so many days."""
    return None if offset is None else timezone.localdate() + timedelta(days=offset)


def stage(
    ours: World, drawn: Sequence[Person], samples: Sequence[Sample], how: Setting
) -> tuple[list[User], list[Item]]:
    """The people and the items, in the order in which they were drawn; `ours.project` is as drawn."""
    now = timezone.now()
    project = Project.objects.filter(pk=ours.project.pk)
    owner = cast.person("house")
    house = create_organisation(name=HOUSE, by=owner)
    project.update(qualified_only=how.qualified_only, bar_colleagues=how.bar_colleagues)
    users = [_person(ours, at, one) for at, one in enumerate(drawn)]
    for user, one in zip(users, drawn, strict=True):
        if one.colleague:
            grant(user=user, organisation=house, role=Role.ANNOTATOR, by=owner)
    _bring(ours, drawn, users, samples)
    cast.drain()
    for rule in how.rules:
        _rule(ours, rule)
    _undertaking(ours, how.texts, drawn, users)
    project.update(
        language_required=how.language_required,
        needs_required=how.needs_required,
        residences=list(how.residences),
        walls=[list(wall) for wall in how.walls],
        policy=Policy.PANEL if how.panel else Policy.FIXED,
        paused_at=now if how.paused else None,
    )
    ours.project.refresh_from_db()
    items = {item.data["text"]: item for item in Item.objects.filter(project=ours.project)}
    for at, sample in enumerate(samples):
        if sample.tier:
            lane = lane_like(items[text(at)].lane, tier=SPECIALIST)
            Item.objects.filter(pk=items[text(at)].pk).requeue(lane)
    found = {one.data["text"]: one for one in Item.objects.select_related("project", "lane")}
    return users, [found[text(at)] for at in range(len(samples))]


def text(at: int) -> str:
    """What the item of that number says."""
    return f"Item {at}"


def author(drawn: Sequence[Person], sample: Sample, at: int) -> int | None:
    """The number of the person who brought in the item of that number, if one of them did."""
    by = at % len(drawn)
    return by if sample.brought and drawn[by].brings else None


def _bring(ours: World, drawn: Sequence[Person], users: Sequence[User], samples: Sequence[Sample]) -> None:
    rows: dict[int | None, list[dict[str, Any]]] = {}
    for at, sample in enumerate(samples):
        named = {
            "language": sample.language,
            "kind": sample.kind,
            "speciality": sample.speciality,
            "jurisdiction": sample.jurisdiction,
            "room": sample.room,
            "parties": list(sample.parties),
        }
        row = {"text": text(at), **{f"_{key}": value for key, value in named.items() if value}}
        rows.setdefault(author(drawn, sample, at), []).append(row)
    for by, mine in rows.items():
        batch = cast.bring(ours.project, ours.lead, cast.jsonl(mine))
        if by is not None:
            Batch.objects.filter(pk=batch.pk).update(created_by=users[by])


def _person(ours: World, at: int, one: Person) -> User:
    user = cast.person(f"drawn-{at}")
    expert = evidence.expert_of(user)
    cast.describe(
        user, languages=one.languages, specialities=one.specialities, jurisdictions=one.jurisdictions
    )
    Expert.objects.filter(pk=expert.pk).update(paused_until=day(one.break_until), residence=one.residence)
    for role, has in ((Role.ANNOTATOR, one.labels), (Role.ADJUDICATOR, one.decides)):
        if has:
            grant(user=user, organisation=ours.organisation, role=role, by=ours.owner)
    if not (one.labels or one.decides):  # who once was here
        grant(user=user, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
        end_membership(membership=Membership.objects.get(user=user), by=ours.owner)
    _evidence(ours, expert, one)
    declared: list[Any] = []
    for name in one.interests:
        if party_keys(name) not in declared:
            interests.declare(expert=expert, by=user, kind="organisation", name=name)
            declared.append(party_keys(name))
    _trust(ours, expert, one)
    return user


def kinds(ours: World) -> list[CredentialKind]:
    """The three kinds of credential that are drawn from; the first is that of `cast.qualify`."""
    return list(CredentialKind.objects.filter(sector=ours.project.sector).order_by("pk")[:3])


def _evidence(ours: World, expert: Expert, one: Person) -> None:
    if one.qualified:
        claim = cast.qualify(expert.user, ours.organisation, ours.project.sector, ours.lead)
        Credential.objects.filter(pk=claim.pk).update(valid_until=day(one.licence_until))
    for licence in one.licences:
        claim = Credential.objects.create(
            expert=expert,
            kind=kinds(ours)[licence.kind],
            issuer="A board",
            number="1",
            valid_from=cast.LONG_AGO,
            valid_until=day(licence.until),
        )
        if licence.verified is not None:
            CredentialVerification.objects.create(
                credential=claim,
                organisation=ours.organisation,
                accepted=licence.verified,
                how="register",
                verified_by=ours.lead,
            )
    for held in one.held:
        Qualification.objects.create(
            expert=expert,
            organisation=ours.organisation,
            sector=ours.project.sector,
            project_id=ours.project.pk,
            kind=held.kind,
            how=held.how,
            exam_id=_exam(ours, held.kind).pk if held.how == "exam" else None,
            reason="drawn",
            valid_until=day(held.until),
            revoked_at=timezone.now() if held.revoked else None,
        )


def _trust(ours: World, expert: Expert, one: Person) -> None:
    now = timezone.now()
    for room in one.rooms:
        RoomEntry.objects.create(project=ours.project, expert=expert, room=room, entered_at=now)
    if one.on_panel:
        PanelMember.objects.create(project=ours.project, expert=expert, added_by=ours.lead)
    if one.suspended is not None:
        Suspension.objects.create(
            project=ours.project,
            expert=expert,
            right=1,
            asked=5,
            mark=0.7,
            began_at=now,
            ended_at=None if one.suspended else now,
        )


def _exam(ours: World, kind: str) -> Exam:
    """The one exam of a kind."""
    made, _new = Exam.objects.get_or_create(
        project=ours.project, kind=kind, defaults={"title": "Exam", "created_by": ours.lead}
    )
    return made


def _rule(ours: World, asked: Asked) -> None:
    exam = _exam(ours, asked.kind)
    rule = QualificationRule.objects.create(
        project=ours.project,
        kind=asked.kind,
        tier=asked.tier,
        combine=asked.combine,
        by_credential=bool(asked.licences),
        exam=exam if asked.exam else None,
        by_grant=asked.grant,
        reason="drawn",
        created_by=ours.lead,
        ended_at=timezone.now() if asked.ended else None,
    )
    known = kinds(ours)
    rule.credential_kinds.set([known[at] for at in asked.licences])


def _undertaking(ours: World, texts: Sequence[str], drawn: Sequence[Person], users: Sequence[User]) -> None:
    for version, said in enumerate(texts, 1):
        made = Undertaking.objects.create(
            project=ours.project, version=version, text=said, created_by=ours.lead
        )
        for one, user in zip(drawn, users, strict=True):
            if version in one.accepted:
                Acceptance.objects.create(
                    undertaking=made, expert=evidence.expert_of(user), accepted_at=timezone.now()
                )
