"""The audit trail: written with what it tells of, never changed, addresses apart."""

import pytest
from django.db import DatabaseError, connection, transaction

from annotation.models import Adjudication, AnnotationVersion
from annotation.stages.adjudicate.appealing import appeal
from core import audit
from core.models import AuditAddress, AuditEvent, User
from core.organisations import create_organisation
from experts.evidence import expert_of
from tests import cast
from tests.core.database import committed

__all__ = ["committed"]
COLUMNS = [
    "at",
    "actor_id",
    "action",
    "object_kind",
    "object_uid",
    "organisation_id",
    "project_id",
    "changes",
]


@pytest.fixture
def alice(db: None) -> User:
    return cast.person("alice")


def note(by: User) -> AuditEvent:
    with transaction.atomic():
        audit.record("person.looked", by=by, on=by, changes={"n": 1})
    return AuditEvent.objects.latest("pk")


def refused(sql: str) -> bool:
    """Whether the database refuses a statement that changes something."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def test_an_event_says_who_what_and_on_what(alice: User) -> None:
    event = note(alice)
    assert (event.actor_id, event.action, event.object_kind, event.object_uid, event.changes) == (
        alice.pk,
        "person.looked",
        "user",
        alice.uid,
        {"n": 1},
    )


def test_an_event_outside_a_transaction_is_refused(committed: None) -> None:
    bob = cast.person("bob")
    with pytest.raises(RuntimeError):
        audit.record("person.looked", by=bob, on=bob)


def test_an_event_goes_with_the_write_that_fails(alice: User) -> None:
    with transaction.atomic():
        create_organisation(name="A", by=alice)
        transaction.set_rollback(True)
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("column", ["id", *COLUMNS])
def test_no_column_of_an_event_can_be_changed(alice: User, column: str) -> None:
    note(alice)
    assert refused(f"UPDATE core_auditevent SET {column} = {column}")


def test_an_event_cannot_be_deleted(alice: User) -> None:
    note(alice)
    assert refused("DELETE FROM core_auditevent")


def test_an_event_can_be_sealed_once(alice: User) -> None:
    event = note(alice)
    AuditEvent.objects.filter(pk=event.pk).update(sealed_batch=1)
    assert refused("UPDATE core_auditevent SET sealed_batch = 2")
    assert refused("UPDATE core_auditevent SET sealed_batch = NULL")


def test_the_address_stands_apart_and_can_be_erased(alice: User) -> None:
    token = audit.address.set("192.0.2.7")
    try:
        event = note(alice)
    finally:
        audit.address.reset(token)
    assert AuditAddress.objects.get(event=event).address == "192.0.2.7"
    AuditAddress.objects.filter(event=event).delete()
    assert AuditEvent.objects.filter(pk=event.pk).exists()


def test_without_an_address_none_is_kept(alice: User) -> None:
    note(alice)
    assert not AuditAddress.objects.exists()


def test_a_digest_can_be_compared_but_does_not_hold_the_text() -> None:
    assert audit.digest("carol@example.org") == audit.digest("carol@example.org")
    assert audit.digest("carol@example.org") != audit.digest("dan@example.org")
    assert "carol" not in audit.digest("carol@example.org")


def test_answers_and_decisions_are_append_only_too(db: None) -> None:
    cast.scene()
    for table in ("annotation_annotationversion", "annotation_adjudication"):
        assert refused(f"DELETE FROM {table}")
        assert refused(f"UPDATE {table} SET result = result")
    assert AnnotationVersion.objects.exists()


def test_appeals_and_citations_are_append_only_too(db: None) -> None:
    played = cast.scene()
    first = Adjudication.objects.get(dispute__project=played.project)
    erin, dan = played.people["adjudicator"], played.people["annotator2"]
    cast.decide(played.dispute, erin, cast.choice(), cites=[first.uid])
    appeal(dispute=first.dispute, expert=expert_of(dan), by=dan, reason="Rent was due.")
    assert refused("UPDATE annotation_citation SET cited_id = cited_id")
    assert refused("UPDATE annotation_appeal SET reason = 'x'")
    for table in ("annotation_citation", "annotation_appeal"):
        assert refused(f"DELETE FROM {table}")


def test_the_trail_of_a_project_tells_every_step_and_no_address_of_people(db: None) -> None:
    played = cast.scene()
    events = AuditEvent.objects.filter(project_id=played.project.pk)
    told = set(events.values_list("action", flat=True))
    assert told >= {
        "project.created",
        "batch.begun",
        "assignment.leased",
        "annotation.submitted",
        "item.compared",
        "dispute.decided",
        "item.settled",
        "release.requested",
        "release.published",
    }
    assert not events.filter(organisation_id=None).exists()
    assert not [event for event in AuditEvent.objects.all() if "@" in str(event.changes)]
