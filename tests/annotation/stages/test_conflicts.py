"""Conflicts of interest: an item that names a party goes to nobody who has an interest in it, and nobody is told."""

from typing import Any

import pytest

from annotation.models import Assignment, ConflictCount, Dispute, Item, ItemParty, Project
from annotation.models.eligibility import eligible
from annotation.stages import adjudicate, interests
from annotation.stages import project as projects
from core.models import AuditEvent, User
from core.organisations import create_organisation, grant
from core.refusals import AlreadyDone, Conflicted, InvalidInput
from core.roles import Role
from experts import evidence
from experts.models import Conflict
from tests import cast
from tests.cast import World

ACME = {"text": "Clause 1: Acme owes.", "_parties": ["ACME Limited"]}
OTHER = {"text": "Clause 2: Zeta owes."}


def declare(user: User, name: str, kind: str = "organisation", identifier: str = "") -> Conflict:
    return interests.declare(
        expert=evidence.expert_of(user), by=user, kind=kind, name=name, identifier=identifier
    )


def bring(ours: World, *rows: dict[str, Any]) -> list[Item]:
    before = set(Item.objects.values_list("pk", flat=True))
    cast.bring(ours.project, ours.lead, cast.jsonl(rows))
    return list(Item.objects.exclude(pk__in=before).order_by("pk"))


def given(ours: World, user: User) -> list[str]:
    return [one.item.data["text"] for one in cast.answer_all(ours.project, user, lambda _: cast.choice())]


def test_an_item_about_a_declared_party_goes_to_somebody_else(ours: World, carol: User, dan: User) -> None:
    bring(ours, ACME, OTHER)
    declare(carol, "acme ltd.")
    assert given(ours, carol) == [OTHER["text"]]
    assert given(ours, dan) == [ACME["text"], OTHER["text"]]


def test_a_withdrawn_conflict_bars_nobody(ours: World, carol: User) -> None:
    bring(ours, ACME)
    conflict = declare(carol, "Acme GmbH")
    assert cast.take(ours.project, carol) is None
    interests.withdraw(conflict=conflict, by=carol)
    assert given(ours, carol) == [ACME["text"]]


def test_an_identifier_bars_whatever_the_name_is(ours: World, carol: User) -> None:
    bring(ours, {"text": "A", "_parties": "Some Holding [LEI 5493001KJTIIGC8Y1R12]; Zeta"})
    declare(carol, "Quite another name", identifier="5493 001kj tiigc8y1r12")
    assert cast.take(ours.project, carol) is None


def test_who_declares_an_interest_while_holding_an_item_gives_it_back(ours: World, carol: User) -> None:
    (item,) = bring(ours, ACME)
    held = cast.take(ours.project, carol)
    assert held
    declare(carol, "Acme")
    held.refresh_from_db()
    item.refresh_from_db()
    assert (held.outcome, item.open_slots) == ("returned", 2)
    assert cast.take(ours.project, carol) is None


def test_nothing_of_a_conflict_s_name_is_in_the_audit_trail(ours: World, carol: User) -> None:
    interests.withdraw(conflict=declare(carol, "Acme Limited"), by=carol)
    events = AuditEvent.objects.filter(object_kind="conflict").order_by("pk")
    assert [event.action for event in events] == ["conflict.declared", "conflict.withdrawn"]
    assert "acme" not in str([event.changes for event in events]).casefold()


def test_the_trail_counts_what_was_withheld_and_names_no_item(ours: World, carol: User) -> None:
    bring(ours, ACME, OTHER, {"text": "C", "_parties": ["Acme"]})
    declare(carol, "Acme")
    cast.drain()
    event = AuditEvent.objects.get(action="conflict.counted")
    assert (event.project_id, event.changes) == (
        ours.project.pk,
        {"expert": evidence.expert_of(carol).uid, "items": 2},
    )
    cast.drain()
    bring(ours, {"text": "D", "_parties": ["Acme"]})
    assert ConflictCount.objects.get().items == 3
    assert AuditEvent.objects.filter(action="conflict.counted").count() == 2


def test_a_count_that_stays_is_not_logged_again(ours: World, carol: User) -> None:
    bring(ours, ACME)
    declare(carol, "Acme")
    cast.drain()
    declare(carol, "Zeta")
    cast.drain()
    assert AuditEvent.objects.filter(action="conflict.counted").count() == 1


def test_a_project_s_field_of_the_data_names_parties_too(ours: World, carol: User) -> None:
    projects.change_settings(project=ours.project, by=ours.lead, party_field="debtor")
    ours.project.refresh_from_db()
    (item,) = bring(ours, {"text": "A", "debtor": "株式会社Acme；Zeta"})
    assert {party.key for party in item.parties.all()} == {"name:acme", "name:zeta"}
    assert item.data["debtor"] == "株式会社Acme；Zeta"


def test_a_column_of_a_csv_file_names_parties(ours: World) -> None:
    cast.bring(ours.project, ours.lead, b"text,_parties\nA,Acme Ltd; Zeta AG\n", "rows.csv")
    assert set(ItemParty.objects.values_list("key", flat=True)) == {"name:acme", "name:zeta"}
    assert Item.objects.get().data == {"text": "A"}


def test_parties_named_with_repeated_content_are_kept(ours: World) -> None:
    bring(ours, OTHER)
    bring(ours, {**OTHER, "_parties": ["Acme"]})
    assert ItemParty.objects.get().item == Item.objects.get()


@pytest.mark.parametrize(
    ("parties", "code"),
    [(7, "parties_wrong"), ([{"who": "x"}], "parties_wrong"), (["x"] * 201, "parties_too_many")],
)
def test_parties_that_cannot_be_read_make_a_bad_row(ours: World, parties: Any, code: str) -> None:
    batch = cast.bring(ours.project, ours.lead, cast.jsonl([{"text": "A", "_parties": parties}, OTHER]))
    assert [problem.code for problem in batch.problems.all()] == [code]
    assert batch.items_stored == 1


def test_who_brought_a_batch_in_does_not_judge_it(ours: World, dan: User) -> None:
    frank = ours.people["contributor"]
    grant(user=frank, organisation=ours.organisation, role=Role.ANNOTATOR, by=ours.owner)
    cast.qualify(frank, ours.organisation, ours.project.sector, ours.lead)
    cast.bring(ours.project, frank, cast.jsonl([OTHER]))
    bring(ours, {"text": "Brought by Bob."})
    assert given(ours, frank) == ["Brought by Bob."]
    assert len(given(ours, dan)) == 2


def partner(ours: World, user: User, name: str = "Zeta LLP") -> None:
    """The person works for another organisation, too, in which Frank's brother contributes."""
    owner = cast.person("zeta-owner")
    house = create_organisation(name=name, by=owner)
    grant(user=user, organisation=house, role=Role.ANNOTATOR, by=owner)
    grant(user=ours.people["contributor"], organisation=house, role=Role.CONTRIBUTOR, by=owner)


@pytest.mark.parametrize("barred", [False, True])
def test_colleagues_are_barred_where_the_project_says_so(ours: World, carol: User, barred: bool) -> None:
    partner(ours, carol)
    projects.change_settings(project=ours.project, by=ours.lead, bar_colleagues=barred)
    ours.project.refresh_from_db()
    cast.bring(ours.project, ours.people["contributor"], cast.jsonl([{"text": "From a colleague."}]))
    bring(ours, {"text": "About an employer.", "_parties": ["ZETA"]}, {"text": "Neither."})
    assert len(given(ours, carol)) == (1 if barred else 3)


def test_who_has_an_interest_does_not_adjudicate(ours: World, carol: User, dan: User) -> None:
    bring(ours, ACME)
    for user, verdict in ((carol, "breach"), (dan, "no breach")):
        held = cast.take(ours.project, user)
        assert held
        cast.submit(held, user, cast.choice(verdict))
    cast.drain()
    erin = ours.people["adjudicator"]
    declare(erin, "Acme plc")
    with pytest.raises(Conflicted):
        adjudicate.check_may_see(Dispute.objects.get(), erin)
    with pytest.raises(Conflicted):
        cast.decide(Dispute.objects.get(), erin, cast.choice())


def test_a_language_the_project_requires_bars_who_does_not_know_it(
    ours: World, carol: User, dan: User
) -> None:
    projects.change_settings(project=ours.project, by=ours.lead, language_required=True)
    ours.project.refresh_from_db()
    cast.describe(carol, languages=["de"])
    bring(ours, {"text": "Deutsch", "_language": "de"}, {"text": "any"})
    assert given(ours, carol) == ["Deutsch", "any"]
    assert given(ours, dan) == ["any"]


def test_every_reason_is_named_at_once(ours: World, carol: User) -> None:
    (item,) = bring(ours, {**ACME, "_language": "de"})
    declare(carol, "Acme")
    projects.set_paused(project=ours.project, by=ours.lead, paused=True)
    Project.objects.update(language_required=True)
    item = Item.objects.select_related("project").get(pk=item.pk)
    assert eligible(item, evidence.expert_of(carol)).codes == ["paused", "language", "conflict"]
    assert "qualified_in_sector" in eligible(item, evidence.expert_of(ours.lead)).codes


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"name": " "}, "name"),
        ({"name": "…"}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "Acme", "kind": "enemy"}, "kind"),
        ({"name": "Acme", "identifier": "12"}, "identifier"),
    ],
)
def test_a_conflict_that_could_match_nothing_is_refused(
    ours: World, carol: User, values: dict[str, str], where: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        declare(carol, **values)
    assert refused.value.where == where


def test_the_same_conflict_is_declared_once(ours: World, carol: User) -> None:
    declare(carol, "Acme Ltd")
    with pytest.raises(AlreadyDone):
        declare(carol, "ACME limited")
    assert Conflict.objects.count() == 1
    assert Assignment.objects.count() == 0
