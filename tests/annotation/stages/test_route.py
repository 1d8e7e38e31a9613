"""Route: only what may be used is offered to anybody."""

import pytest

from annotation.models import Batch, Item
from annotation.stages import ingest, route
from annotation.stages import project as projects
from core.models import AuditEvent, Organisation
from core.refusals import InvalidInput
from tests import cast
from tests.cast import World


def blocked(batch: Batch) -> list[str]:
    """Why each item is not offered, in order; empty for those that are."""
    return [item.blocked if item.routed_at is None else "" for item in batch.items.order_by("pk")]


def no_default(ours: World) -> None:
    Organisation.objects.update(default_licence="", default_rights="")
    ours.project.organisation.refresh_from_db()


def test_items_are_opened_with_the_project_s_overlap(ours: World) -> None:
    batch = cast.bring_texts(ours.project, ours.lead, 2)
    assert blocked(batch) == ["", ""]
    assert set(batch.items.values_list("overlap", "open_slots", "filled")) == {(2, 2, 0)}


def test_an_item_without_any_right_is_not_offered(ours: World) -> None:
    no_default(ours)
    batch = cast.bring(ours.project, ours.lead, b'{"text": "a"}\n{"text": "b", "_licence": "MIT"}\n')
    assert (batch.rights_from, blocked(batch)) == ("", ["no_rights", ""])
    carol = ours.people["annotator"]
    assert len(cast.answer_all(ours.project, carol, lambda _: cast.choice())) == 1


@pytest.mark.parametrize("stated", [{"licence": "MIT"}, {"rights": "ours by contract"}])
def test_a_right_stated_with_the_batch_is_enough(ours: World, stated: dict[str, str]) -> None:
    no_default(ours)
    batch = cast.bring(ours.project, ours.lead, b'{"text": "a"}\n', **stated)
    assert (batch.rights_from, blocked(batch)) == ("batch", [""])


def test_a_default_of_the_project_comes_before_the_organisation_s(ours: World) -> None:
    assert cast.bring(ours.project, ours.lead, b'{"text": "a"}\n').rights_from == "organisation"
    projects.change_settings(project=ours.project, by=ours.lead, licence="CC-BY-4.0")
    batch = cast.bring(ours.project, ours.lead, b'{"text": "b"}\n')
    assert (batch.rights_from, batch.licence) == ("project", "CC-BY-4.0")


def test_a_right_stated_later_opens_what_waited_for_it(ours: World) -> None:
    no_default(ours)
    batch = cast.bring_texts(ours.project, ours.lead, 2)
    ingest.state_rights(batch=batch, by=ours.lead, rights="ours by contract")
    cast.drain()
    batch.refresh_from_db()
    assert (batch.rights_from, blocked(batch)) == ("batch", ["", ""])
    assert AuditEvent.objects.filter(action="batch.rights_stated", actor_id=ours.lead.pk).exists()


def test_an_empty_or_endless_statement_is_refused(ours: World) -> None:
    batch = cast.bring_texts(ours.project, ours.lead, 1)
    for licence in (" ", "x" * 1000):
        with pytest.raises(InvalidInput):
            ingest.state_rights(batch=batch, by=ours.lead, licence=licence)
    with pytest.raises(InvalidInput):
        ingest.state_deidentified(batch=batch, by=ours.lead, statement=" ")


def test_a_healthcare_batch_waits_for_a_named_person_s_statement(ours: World) -> None:
    project = cast.found_project(ours.organisation, ours.lead, sector=cast.sector("healthcare"))
    batch = cast.bring_texts(project, ours.lead, 2)
    assert blocked(batch) == ["not_deidentified"] * 2
    ingest.state_deidentified(batch=batch, by=ours.lead, statement="Safe Harbor, by hand")
    cast.drain()
    batch.refresh_from_db()
    assert blocked(batch) == ["", ""]
    assert batch.deidentified_by == ours.lead
    event = AuditEvent.objects.get(action="batch.deidentified")
    assert "Harbor" not in str(event.changes)


def test_a_healthcare_batch_that_states_it_at_once_is_offered(ours: World) -> None:
    project = cast.found_project(ours.organisation, ours.lead, sector=cast.sector("healthcare"))
    batch = cast.bring_texts(project, ours.lead, 1, deidentified_statement="Safe Harbor")
    assert (blocked(batch), batch.deidentified_by) == ([""], ours.lead)


def test_an_open_item_is_not_opened_again(ours: World) -> None:
    batch = cast.bring_texts(ours.project, ours.lead, 1)
    item = Item.objects.get(batch=batch)
    cast.take(ours.project, ours.people["annotator"])
    assert not route.open_item(item)
    ingest.state_rights(batch=batch, by=ours.lead, licence="MIT")
    cast.drain()
    item.refresh_from_db()
    assert item.open_slots == 1


def test_many_items_are_opened_in_chunks(ours: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(route, "CHUNK", 3)
    batch = cast.bring_texts(ours.project, ours.lead, 10)
    assert blocked(batch) == [""] * 10
