"""`visible_to`: rows of one's own organisation, by role; nothing of another's."""

from typing import Any

import pytest

from annotation.models import (
    Agreement,
    Annotation,
    Assignment,
    Batch,
    Dispute,
    GoldLabel,
    Item,
    Project,
    Release,
)
from annotation.models.access import load_project, may
from annotation.models.item import ItemState
from annotation.models.release_rows import pseudonym
from core.models import Job, Organisation
from core.organisations import grant
from core.refusals import NotAllowed, NotFound
from core.roles import ALLOWED, Capability, Role
from experts import evidence
from experts.models import Credential, Expert
from tests import cast
from tests.cast import Scene

MODELS: tuple[Any, ...] = (
    Project,
    Batch,
    Item,
    Assignment,
    Annotation,
    Dispute,
    GoldLabel,
    Release,
    Agreement,
    Job,
    Organisation,
    Expert,
    Credential,
)
SEERS = ("owner", "lead", "auditor")
PARTS = ("owner", "lead", "annotator", "adjudicator", "contributor", "auditor")


def seen(model: Any, scene: Scene, part: str) -> int:
    return int(model.objects.visible_to(scene.people[part]).count())


@pytest.mark.parametrize("model", MODELS)
def test_nobody_sees_rows_of_another_organisation(ours: Scene, theirs: Scene, model: Any) -> None:
    for part in PARTS:
        mine = set(model.objects.visible_to(ours.people[part]).values_list("pk", flat=True))
        others = set(model.objects.visible_to(theirs.people[part]).values_list("pk", flat=True))
        assert not mine & others


@pytest.mark.parametrize("model", [Batch, Item, Annotation, Dispute, GoldLabel, Release, Agreement, Job])
def test_who_sees_the_work_sees_all_of_it_once(ours: Scene, theirs: Scene, model: Any) -> None:
    everything = model.objects.filter(
        **({"project_id": ours.project.pk} if model is Job else {"project": ours.project})
    )
    for part in SEERS:
        assert seen(model, ours, part) == everything.count()


def test_an_annotator_sees_their_own_part(ours: Scene) -> None:
    counts = {model.__name__: seen(model, ours, "annotator") for model in MODELS}
    assert counts == {
        "Project": 1,
        "Batch": 0,
        "Item": 5,
        "Assignment": 5,
        "Annotation": 4,
        "Dispute": 0,
        "GoldLabel": 0,
        "Release": 0,
        "Agreement": 0,
        "Job": 0,
        "Organisation": 1,
        "Expert": 1,
        "Credential": 1,
    }


def test_a_contributor_sees_the_batches_and_items_they_brought(ours: Scene) -> None:
    assert (seen(Batch, ours, "contributor"), seen(Item, ours, "contributor")) == (1, 2)


def test_nobody_else_s_assignment_is_seen_by_anybody(ours: Scene) -> None:
    for part in ("owner", "lead", "auditor", "adjudicator", "contributor"):
        assert seen(Assignment, ours, part) == 0


def test_a_role_in_one_project_shows_that_project_only(ours: Scene) -> None:
    other = cast.found_project(ours.organisation, ours.lead)
    guest = cast.person("guest")
    grant(user=guest, organisation=ours.organisation, role=Role.LEAD, by=ours.owner, project_id=other.pk)
    assert list(Project.objects.visible_to(guest)) == [other]
    assert not Item.objects.visible_to(guest).exists()
    assert load_project(guest, other.uid, Capability.LEAD_PROJECT) == other
    with pytest.raises(NotFound):
        load_project(guest, ours.project.uid)


def test_several_roles_show_a_project_once(ours: Scene) -> None:
    for role in Role:
        grant(user=ours.lead, organisation=ours.organisation, role=role, by=ours.owner)
        grant(
            user=ours.lead,
            organisation=ours.organisation,
            role=role,
            by=ours.owner,
            project_id=ours.project.pk,
        )
    assert list(Project.objects.visible_to(ours.lead)) == [ours.project]
    assert seen(Item, ours, "lead") == 6


def test_seen_but_not_allowed_is_another_answer_than_unseen(ours: Scene, theirs: Scene) -> None:
    carol = ours.people["annotator"]
    with pytest.raises(NotAllowed):
        load_project(carol, ours.project.uid, Capability.LEAD_PROJECT)
    with pytest.raises(NotFound):
        load_project(carol, theirs.project.uid, Capability.LEAD_PROJECT)


@pytest.mark.parametrize("capability", Capability)
def test_each_role_allows_what_the_one_table_says(ours: Scene, capability: Capability) -> None:
    for part in PARTS:
        allowed = may(ours.people[part], ours.project, capability)
        assert allowed == (Role(part) in ALLOWED[capability])


def test_a_dispute_is_offered_to_who_had_no_part_in_it(ours: Scene) -> None:
    erin, carol = ours.people["adjudicator"], ours.people["annotator"]
    grant(user=carol, organisation=ours.organisation, role=Role.ADJUDICATOR, by=ours.owner)
    assert list(Dispute.objects.to_decide_by(erin)) == [ours.dispute]
    assert not Dispute.objects.to_decide_by(carol).exists()
    assert not Dispute.objects.to_decide_by(ours.lead).exists()


def test_the_state_of_an_item_is_derived(ours: Scene) -> None:
    rows = Item.objects.with_state().filter(project=ours.project).order_by("pk")
    assert [row.state for row in rows] == [
        ItemState.SETTLED,
        ItemState.SETTLED,
        ItemState.SETTLED,
        ItemState.DISPUTED,
        ItemState.OPEN,
        ItemState.OPEN,
    ]


def test_a_pseudonym_is_the_organisation_s_and_the_project_s(ours: Scene, theirs: Scene) -> None:
    uid = evidence.expert_of(ours.people["annotator"]).uid
    names = {
        pseudonym(house, scope, uid)
        for house in (ours.organisation, theirs.organisation)
        for scope in (ours.project.uid, theirs.project.uid)
    }
    assert len(names) == 4
    assert pseudonym(ours.organisation, ours.project.uid, uid) in names
    assert all(uid not in name for name in names)
