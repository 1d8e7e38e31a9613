"""Organisations, roles and invitations."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from core import organisations as stage
from core.models import AuditEvent, Invitation, Membership, Organisation, User
from core.refusals import AlreadyDone, InvalidInput, NotAllowed, NotFound, Refusal
from core.roles import Capability, Role
from tests import cast
from tests.core.database import committed, together

__all__ = ["committed"]


@pytest.fixture
def alice(db: None) -> User:
    return cast.person("alice")


@pytest.fixture
def bob(db: None) -> User:
    return cast.person("bob")


@pytest.fixture
def house(alice: User) -> Organisation:
    return stage.create_organisation(name=" Alice's ", by=alice)


def roles(user: User) -> list[str]:
    return sorted(Membership.objects.current().filter(user=user).values_list("role", flat=True))


def code(act: Callable[[], object]) -> str:
    """The code of the refusal, or nothing."""
    try:
        act()
    except Refusal as refusal:
        return refusal.code
    return ""


def test_its_founder_owns_it(house: Organisation, alice: User) -> None:
    assert house.name == "Alice's"
    assert roles(alice) == ["owner"]
    assert len(house.secret) == 64


def test_a_name_is_needed(alice: User) -> None:
    with pytest.raises(InvalidInput):
        stage.create_organisation(name="  ", by=alice)


def test_others_do_not_see_it(house: Organisation, alice: User, bob: User) -> None:
    assert list(Organisation.objects.visible_to(alice)) == [house]
    assert not Organisation.objects.visible_to(bob).exists()


def test_a_role_given_twice_is_held_once(house: Organisation, alice: User, bob: User) -> None:
    first = stage.grant(user=bob, organisation=house, role=Role.LEAD, by=alice)
    assert stage.grant(user=bob, organisation=house, role=Role.LEAD, by=alice) == first
    assert AuditEvent.objects.filter(action="membership.granted").count() == 2


def test_a_role_given_twice_at_once_is_held_once(committed: None) -> None:
    alice, bob = cast.person("alice"), cast.person("bob")
    houses = [stage.create_organisation(name=name, by=alice) for name in ("A", "B")]
    stage.grant(user=bob, organisation=houses[1], role=Role.LEAD, by=alice)
    give = partial(stage.grant, user=bob, organisation=houses[0], role=Role.LEAD, by=alice)
    given = together([give] * 6)
    assert len({one.pk for one in given if isinstance(one, Membership)}) == 1
    assert not [one for one in given if isinstance(one, Exception)]


def test_a_role_that_ended_can_be_given_again(house: Organisation, alice: User, bob: User) -> None:
    first = stage.grant(user=bob, organisation=house, role=Role.LEAD, by=alice)
    stage.end_membership(membership=first, by=alice)
    assert roles(bob) == []
    assert stage.grant(user=bob, organisation=house, role=Role.LEAD, by=alice) != first
    assert code(lambda: stage.end_membership(membership=first, by=alice)) == "already_done"


def test_the_last_owner_cannot_go(house: Organisation, alice: User, bob: User) -> None:
    mine = Membership.objects.get(user=alice)
    assert code(lambda: stage.end_membership(membership=mine, by=alice)) == "last_owner"
    assert code(lambda: stage.change_role(membership=mine, role=Role.LEAD, by=alice)) == "last_owner"
    assert roles(alice) == ["owner"]
    stage.grant(user=bob, organisation=house, role=Role.OWNER, by=alice)
    stage.end_membership(membership=mine, by=bob)
    assert roles(alice) == []


def test_two_owners_cannot_remove_one_another_at_once(committed: None) -> None:
    alice, bob = cast.person("alice"), cast.person("bob")
    house = stage.create_organisation(name="A", by=alice)
    stage.grant(user=bob, organisation=house, role=Role.OWNER, by=alice)
    hers, his = Membership.objects.order_by("pk")
    together(
        [
            lambda: stage.end_membership(membership=his, by=alice),
            lambda: stage.end_membership(membership=hers, by=bob),
        ]
    )
    assert Membership.objects.current().count() == 1


def test_only_an_owner_makes_or_removes_owners(house: Organisation, alice: User, bob: User) -> None:
    stage.grant(user=bob, organisation=house, role=Role.LEAD, by=alice)
    his = Membership.objects.get(user=bob)
    with pytest.raises(NotAllowed):
        stage.invite(organisation=house, role=Role.OWNER, by=bob)
    with pytest.raises(NotAllowed):
        stage.change_role(membership=his, role=Role.OWNER, by=bob)
    with pytest.raises(NotAllowed):
        stage.end_membership(membership=Membership.objects.get(user=alice), by=bob)


def test_a_role_that_does_not_exist_is_refused(house: Organisation, alice: User) -> None:
    with pytest.raises(InvalidInput):
        stage.invite(organisation=house, role="emperor", by=alice)
    with pytest.raises(InvalidInput):
        stage.change_role(membership=Membership.objects.get(user=alice), role="emperor", by=alice)


def test_a_changed_role_replaces_the_old_one(house: Organisation, alice: User, bob: User) -> None:
    his = stage.grant(user=bob, organisation=house, role=Role.LEAD, by=alice)
    stage.change_role(membership=his, role=Role.AUDITOR, by=alice)
    assert roles(bob) == ["auditor"]


def test_a_role_in_one_project_is_none_in_the_organisation(
    house: Organisation, alice: User, bob: User
) -> None:
    stage.grant(user=bob, organisation=house, role=Role.LEAD, by=alice, project_id=7)
    assert not stage.is_allowed(bob, house, Capability.LEAD_PROJECT)
    assert stage.is_allowed(alice, house, Capability.OWN_ORGANISATION)


def test_a_link_serves_whoever_has_it(house: Organisation, alice: User, bob: User) -> None:
    made = stage.invite(organisation=house, role=Role.ANNOTATOR, by=alice)
    offer = stage.invitation_of(stage.invitation_token(made))
    stage.accept(invitation=offer, by=bob)
    stage.accept(invitation=offer, by=cast.person("carol"))
    assert roles(bob) == ["annotator"]


def test_an_invitation_by_letter_serves_its_address_once(house: Organisation, alice: User, bob: User) -> None:
    offer = stage.invite(organisation=house, role=Role.ANNOTATOR, by=alice, email=" Bob@Example.org ")
    with pytest.raises(NotAllowed):
        stage.accept(invitation=offer, by=cast.person("carol"))
    stage.accept(invitation=offer, by=bob)
    with pytest.raises(AlreadyDone):
        stage.accept(invitation=offer, by=bob)
    assert roles(bob) == ["annotator"]


def test_the_trail_tells_who_accepted_and_who_had_invited(
    house: Organisation, alice: User, bob: User
) -> None:
    offer = stage.invite(organisation=house, role=Role.LEAD, by=alice)
    stage.accept(invitation=offer, by=bob)
    accepted, granted = AuditEvent.objects.order_by("pk").filter(actor_id=bob.pk)
    assert (accepted.action, accepted.object_uid) == ("invitation.accepted", offer.uid)
    assert granted.action == "membership.granted"
    assert granted.changes == {"user": bob.uid, "role": "lead", "invited_by": alice.uid}


def test_the_trail_of_an_invitation_does_not_hold_the_address(house: Organisation, alice: User) -> None:
    stage.invite(organisation=house, role=Role.ANNOTATOR, by=alice, email="bob@example.org")
    event = AuditEvent.objects.get(action="invitation.made")
    assert event.changes["email"]
    assert "bob" not in str(event.changes)


@pytest.mark.parametrize("broken", ["", "x", "abc:def", "é" * 50])
def test_a_link_that_nobody_signed_is_not_found(db: None, broken: str) -> None:
    with pytest.raises(NotFound):
        stage.invitation_of(broken)


def test_an_invitation_that_has_ended_serves_nobody(house: Organisation, alice: User, bob: User) -> None:
    made = stage.invite(organisation=house, role=Role.ANNOTATOR, by=alice)
    offer = stage.invitation_of(stage.invitation_token(made))
    stage.revoke_invitation(invitation=made, by=alice)
    with pytest.raises(NotFound):
        stage.invitation_of(stage.invitation_token(made))
    with pytest.raises(AlreadyDone):
        stage.accept(invitation=offer, by=bob)  # loaded before it was withdrawn
    with pytest.raises(AlreadyDone):
        stage.revoke_invitation(invitation=made, by=alice)
    assert roles(bob) == []


def test_an_invitation_runs_out(house: Organisation, alice: User) -> None:
    made = stage.invite(organisation=house, role=Role.ANNOTATOR, by=alice)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(NotFound):
        stage.invitation_of(stage.invitation_token(made))
