"""A call with an idempotency key is carried out once, whoever sends it again, and whatever dies in between."""

import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.utils import timezone

from annotation.api.conflicts import ConflictList
from annotation.models import Batch
from core import once
from core.models import KeptAnswer
from core.refusals import NotReady
from experts.models import Conflict
from tests import cast
from tests.annotation.api.caller import checked
from tests.cast import Scene
from tests.core.database import committed

__all__ = ["committed"]
BODY = {"kind": "matter", "name": "Re Nobody"}


class Person:
    """Posts with keys."""

    def __init__(self, user: Any) -> None:
        self.client = Client()
        self.client.force_login(user)

    def post(self, key: str, body: Any = BODY, path: str = "conflicts", **headers: str) -> Any:
        sent: dict[str, Any] = {"data": json.dumps(body), "content_type": "application/json"}
        headers = {"Idempotency-Key": key, **headers}
        return checked(self.client.post(f"/api/v1/{path}", headers=headers, **sent))


@pytest.fixture
def lead(ours: Scene) -> Person:
    return Person(ours.lead)


def test_a_repeated_call_gets_the_first_answer(ours: Scene, lead: Person) -> None:
    first, again, quoted = lead.post("one"), lead.post("one"), lead.post('"one"')
    assert (first.status_code, "Idempotent-Replayed" in first) == (201, False)
    for answer in (again, quoted):
        assert (answer.status_code, answer.content) == (201, first.content)
        assert answer["Idempotent-Replayed"] == "true"
        assert answer["Content-Type"] == first["Content-Type"]
    assert Conflict.objects.count() == 1
    # The same key of somebody else, or at another address, is another call.
    assert "Idempotent-Replayed" not in Person(ours.owner).post("one")
    withdraw = f"conflicts/{first.json()['id']}/withdraw"
    done, again = lead.post("one", {}, withdraw), lead.post("one", {}, withdraw)
    assert (done.status_code, again.status_code, again.content) == (204, 204, b"")
    assert again["Idempotent-Replayed"] == "true"


def test_a_refusal_is_kept_too(lead: Person) -> None:
    first, again = lead.post("bad", {"kind": "?"}), lead.post("bad", {"kind": "?"})
    assert (first.status_code, again.status_code, again.content) == (400, 400, first.content)
    assert again["Idempotent-Replayed"] == "true"


def test_a_key_is_for_one_call(lead: Person) -> None:
    lead.post("one")
    for other in (lead.post("one", {**BODY, "name": "Re Other"}), lead.post("one", **{"If-Match": "*"})):
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert Conflict.objects.count() == 1


@pytest.mark.parametrize("key", ["a" * 256, '"', 'a"b', "a b", "é", '""'])
def test_what_is_no_key_is_refused(lead: Person, key: str) -> None:
    answer = lead.post(key)
    assert (answer.status_code, answer.json()["where"]) == (400, "Idempotency-Key")


def test_an_upload_is_the_same_whatever_its_boundaries(ours: Scene, lead: Person) -> None:
    def upload(content: bytes) -> Any:
        fields = {"file": SimpleUploadedFile("a.jsonl", content), "rights": "Ours."}
        path = f"/api/v1/projects/{ours.project.uid}/batches"
        return checked(lead.client.post(path, fields, headers={"Idempotency-Key": "file"}))

    before = Batch.objects.count()
    first, again, other = upload(b'{"text": "a"}\n'), upload(b'{"text": "a"}\n'), upload(b'{"text": "b"}\n')
    assert (first.status_code, again.content, other.status_code) == (201, first.content, 422)
    assert Batch.objects.count() == before + 1


def test_while_the_first_call_is_under_way_the_second_is_told_to_wait(ours: Scene, lead: Person) -> None:
    lead.post("one")
    KeptAnswer.objects.update(status=None)
    told = lead.post("one")
    assert (told.status_code, told.json()["code"], told["Retry-After"]) == (
        409,
        "idempotency_key_in_use",
        "1",
    )


def test_a_call_that_was_lost_can_be_made_again(lead: Person) -> None:
    first = lead.post("one")
    Conflict.objects.all().delete()  # what is lost was rolled back
    KeptAnswer.objects.update(status=None, claimed_at=timezone.now() - once.LAPSE - timedelta(seconds=1))
    again = lead.post("one")
    assert (again.status_code, "Idempotent-Replayed" in again) == (201, False)
    assert again.content != first.content
    assert lead.post("one").content == again.content


def test_who_comes_back_after_the_claim_was_taken_over_does_nothing(
    lead: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = once.keep

    def late(claim: KeptAnswer, answer: once.Answer) -> None:
        KeptAnswer.objects.filter(pk=claim.pk).update(claim="another")
        keep(claim, answer)

    monkeypatch.setattr(once, "keep", late)
    assert lead.post("one").status_code == 409
    assert not Conflict.objects.exists()


def test_what_fails_is_not_kept_and_leaves_nothing(lead: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ConflictList.post

    def not_ready(view: ConflictList, request: Any) -> Any:
        whole(view, request)
        raise NotReady

    def broken(view: ConflictList, request: Any) -> Any:
        whole(view, request)
        raise ZeroDivisionError

    monkeypatch.setattr(ConflictList, "post", not_ready)
    sent = {
        "data": json.dumps(BODY),
        "content_type": "application/json",
        "headers": {"Idempotency-Key": "one"},
    }
    assert lead.client.post("/api/v1/conflicts", **sent).status_code == 503  # type: ignore[arg-type]
    monkeypatch.setattr(ConflictList, "post", broken)
    with pytest.raises(ZeroDivisionError):
        lead.post("one")
    assert not KeptAnswer.objects.exists()
    assert not Conflict.objects.exists()
    monkeypatch.setattr(ConflictList, "post", whole)
    assert lead.post("one").status_code == 201


def test_an_answer_that_is_too_long_is_not_kept(lead: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "MOST_BYTES", 10)
    lead.post("one")
    again = lead.post("one")
    assert (again.status_code, again.json()["code"]) == (409, "answer_not_kept")
    assert Conflict.objects.count() == 1


def test_secrets_are_not_kept(lead: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ConflictList, "tells_secrets", True)
    assert lead.post("one").status_code == 400
    assert not KeptAnswer.objects.exists()


def test_old_answers_are_forgotten(lead: Person) -> None:
    lead.post("old")
    KeptAnswer.objects.update(claimed_at=timezone.now() - once.KEPT - timedelta(seconds=1))
    lead.post("new", {**BODY, "name": "Re Other"})
    assert lead.post("old", {**BODY, "name": "Re Third"}).status_code == 201
    KeptAnswer.objects.filter(user__isnull=False).update(claimed_at=timezone.now() - once.KEPT)
    assert once.prune() == 2
    assert not KeptAnswer.objects.exists()


def test_of_many_at_once_one_is_carried_out(committed: None) -> None:
    scene = cast.scene()
    answers: list[Any] = []
    start = threading.Barrier(8)

    def call() -> None:
        person = Person(scene.lead)
        start.wait()
        try:
            answers.append(person.post("race"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=call) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Conflict.objects.filter(name=BODY["name"]).count() == 1
    made = [one for one in answers if one.status_code == 201]
    assert len({one.content for one in made}) == 1
    assert sum("Idempotent-Replayed" not in one for one in made) == 1
    assert {one.status_code for one in answers} <= {201, 409}
