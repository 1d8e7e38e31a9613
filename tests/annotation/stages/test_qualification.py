"""Rules of qualification: what they ask, whom they keep out, and what happens to leases when a grant ends."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from annotation.models import Assignment, Draft, Item, Project, QualificationRule
from annotation.models.eligibility import eligible
from annotation.models.newest import newest
from annotation.models.standing import barred_leases
from annotation.pipeline import expire_soon
from annotation.stages import label, qualification
from annotation.stages.qualification import Asked
from core.models import AuditEvent, User
from core.organisations import grant as give_role
from core.refusals import AlreadyDone, InvalidInput, NotQualified
from core.roles import Role
from experts.evidence import expert_of
from experts.models import CredentialKind, Qualification
from tests import cast
from tests.cast import World

NEXT_MONTH = timezone.localdate() + timedelta(days=30)


def ask(ours: World, asked: Asked, **more: Any) -> QualificationRule:
    given = {"reason": "It is needed.", **more}
    made = qualification.add_rule(project=ours.project, by=ours.lead, asked=asked, **given)
    cast.drain()
    return made


def grant(ours: World, user: User, **more: Any) -> Qualification:
    given = {"reason": "Knows it.", "valid_until": NEXT_MONTH, **more}
    return qualification.grant(project=ours.project, expert=expert_of(user), by=ours.lead, **given)


def hold(ours: World, user: User) -> Assignment:
    held = cast.take(ours.project, user)
    assert held
    return held


def test_a_grant_that_ends_takes_the_lease_with_it_and_leaves_the_draft(ours: World, carol: User) -> None:
    ask(ours, Asked(by_grant=True))
    cast.bring_texts(ours.project, ours.lead, 2)
    with pytest.raises(NotQualified) as refused:
        cast.take(ours.project, carol)
    assert refused.value.code == "qualification_rule"
    given = grant(ours, carol)
    held = hold(ours, carol)
    schema, _guideline = newest(ours.project)
    label.save_draft(assignment=held, schema=schema.schema, revision=0, result=cast.choice(), seconds=1)
    with patch("django.utils.timezone.localdate", return_value=NEXT_MONTH):
        expire_soon()
        cast.drain()
    held.refresh_from_db()
    assert held.outcome == ""  # its last day
    with patch("django.utils.timezone.localdate", return_value=NEXT_MONTH + timedelta(days=1)):
        expire_soon()
        cast.drain()
    held.refresh_from_db()
    assert held.outcome == "returned"
    assert Item.objects.get(pk=held.item_id).open_slots == 2
    assert Draft.objects.get(assignment=held).result == cast.choice()
    assert AuditEvent.objects.filter(action="assignment.unqualified").count() == 1
    qualification.revoke(project=ours.project, qualification=given, by=ours.lead)
    grant(ours, carol)
    hold(ours, carol)


def test_a_grant_that_is_revoked_takes_the_lease_at_once(ours: World, carol: User, dan: User) -> None:
    ask(ours, Asked(by_grant=True))
    cast.bring_texts(ours.project, ours.lead, 2)
    given = grant(ours, carol)
    grant(ours, dan)
    held, other = hold(ours, carol), hold(ours, dan)
    qualification.revoke(project=ours.project, qualification=given, by=ours.lead)
    cast.drain()
    outcomes = (
        Assignment.objects.filter(pk__in=[held.pk, other.pk]).order_by("pk").values_list("outcome", flat=True)
    )
    assert list(outcomes) == ["returned", ""]


def test_a_new_rule_takes_what_it_bars_and_no_more(ours: World, carol: User) -> None:
    rows = [{"text": "An opinion", "_kind": "opinion"}, {"text": "A lease", "_kind": "lease"}]
    cast.bring(ours.project, ours.lead, cast.jsonl(rows))
    held = hold(ours, carol)
    kind, other = held.item.lane.kind, {"opinion": "lease", "lease": "opinion"}[held.item.lane.kind]
    ask(ours, Asked(by_grant=True), kind=other)
    held.refresh_from_db()
    assert held.outcome == ""
    rule = ask(ours, Asked(by_grant=True), kind=kind)
    held.refresh_from_db()
    assert held.outcome == "returned"
    assert cast.take(ours.project, carol) is None
    qualification.end_rule(rule=rule, by=ours.lead)
    assert hold(ours, carol).item.lane.kind == kind


@pytest.mark.parametrize(("combine", "may"), [("all", False), ("any", True)])
def test_all_of_these_or_one_of_these(ours: World, carol: User, combine: str, may: bool) -> None:
    kind = CredentialKind.objects.get(credentials__expert__user=carol)
    ask(ours, Asked(combine=combine, credential_kinds=[kind.key], by_grant=True))
    (item,) = cast.bring_texts(ours.project, ours.lead, 1).items.all()
    assert bool(eligible(item, expert_of(carol))) is may
    grant(ours, carol)
    assert eligible(item, expert_of(carol))


def test_a_grant_for_a_kind_of_item_meets_no_rule_for_all(ours: World, carol: User) -> None:
    ask(ours, Asked(by_grant=True))
    (item,) = cast.bring_texts(ours.project, ours.lead, 1).items.all()
    grant(ours, carol, kind="opinion")
    assert eligible(item, expert_of(carol)).codes == ["qualification_rule"]


@pytest.mark.parametrize(
    ("asked", "more", "where"),
    [
        (Asked(), {}, "credential_kinds"),
        (Asked(by_grant=True), {"reason": "  "}, "reason"),
        (Asked(by_grant=True), {"reason": "x" * 301}, "reason"),
        (Asked(by_grant=True), {"kind": "x" * 61}, "kind"),
        (Asked(by_grant=True), {"tier": "second"}, "tier"),
        (Asked(by_grant=True, combine="most"), {}, "combine"),
        (Asked(credential_kinds=["no-such"]), {}, "credential_kinds"),
        (Asked(exam="no-such"), {}, "exam"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_by_its_field(
    ours: World, asked: Asked, more: dict[str, Any], where: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        ask(ours, asked, **more)
    assert refused.value.where == where
    assert not QualificationRule.objects.exists()


def test_a_rule_ends_once(ours: World) -> None:
    rule = ask(ours, Asked(by_grant=True))
    qualification.end_rule(rule=rule, by=ours.lead)
    with pytest.raises(AlreadyDone):
        qualification.end_rule(rule=rule, by=ours.lead)
    told = list(AuditEvent.objects.filter(object_kind="qualificationrule").values_list("action", flat=True))
    assert sorted(told) == ["rule.added", "rule.ended"]


@pytest.mark.parametrize("days", [None, -1, 0])
def test_a_grant_ends_on_a_day_to_come(ours: World, carol: User, days: int | None) -> None:
    until = None if days is None else timezone.localdate() + timedelta(days=days)
    with pytest.raises(InvalidInput) as refused:
        grant(ours, carol, valid_until=until)
    assert refused.value.where == "valid_until"


def test_nobody_grants_themselves(ours: World) -> None:
    with pytest.raises(InvalidInput) as refused:
        grant(ours, ours.lead)
    assert refused.value.code == "own"


def test_the_leases_of_many_people_are_asked_about_in_chunks(
    ours: World, django_assert_num_queries: Any
) -> None:
    Project.objects.update(qualified_only=False, overlap=25, overlap_max=25)
    ours.project.refresh_from_db()
    cast.bring_texts(ours.project, ours.lead, 1)
    users = [cast.person(f"p{at}") for at in range(25)]
    for user in users:
        give_role(user=user, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
        hold(ours, user)
    experts = [expert_of(one) for one in users[:20]]
    with django_assert_num_queries(1):
        assert barred_leases(ours.project, experts, NEXT_MONTH) == []
    ask(ours, Asked(by_grant=True))
    assert not Assignment.objects.open().exists()
    assert Assignment.objects.filter(outcome="returned").count() == 25
