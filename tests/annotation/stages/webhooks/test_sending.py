"""What webhooks are owed, and how they are told."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from annotation.models import Project, Webhook, WebhookDelivery
from annotation.models.announcing import announce
from annotation.stages.webhooks import editing, sending
from annotation.work import HANDLERS
from core import faults, jobs
from core.models import Job
from core.models.job import JobState
from tests import cast
from tests.cast import World
from tests.core.outbound.servers import Server, says, serving

Make = Callable[..., Webhook]
BODY = {"task": {"id": 7, "data": {"text": "张三 😀"}}}


def tell(project: Project, action: str = "TASKS_CREATED", body: Any = BODY) -> int:
    with transaction.atomic():
        return announce(action, project, body)


def test_a_delivery_is_signed_and_arrives_as_it_was_written(
    ours: World, hook: Make, receiver: Server
) -> None:
    made = hook(receiver.url("/in"), headers={"Authorization": "Token s"})
    tell(ours.project)
    assert receiver.received == []
    cast.drain()
    (got,), delivery = receiver.received, WebhookDelivery.objects.get()
    assert json.loads(got.body) == {"action": "TASKS_CREATED", **BODY}
    assert got.body == delivery.body.encode()
    assert (delivery.state, delivery.status, delivery.attempts) == ("delivered", 200, 1)
    assert got.headers["Authorization"] == "Token s"
    assert got.headers["X-Assay-Event"] == "TASKS_CREATED"
    assert got.headers["X-Assay-Delivery"] == delivery.uid
    at, signed = got.headers["X-Assay-Signature"].removeprefix("t=").split(",v1=")
    expected = hmac.new(made.secret.encode(), at.encode() + b"." + got.body, hashlib.sha256).hexdigest()
    assert signed == expected


def test_each_is_told_what_it_wants(ours: World, hook: Make) -> None:
    url = "https://hooks.example/"
    everything = hook(url)
    short = hook(url, send_payload=False, send_for_all_actions=False, actions=["TASKS_CREATED"], project=None)
    hook(url, send_for_all_actions=False, actions=["TASKS_DELETED"])
    hook(url, is_active=False)
    hook(url, project=cast.found_project(ours.organisation, ours.lead, name="Another"))
    assert tell(ours.project) == 2
    bodies = {row.webhook_id: json.loads(row.body) for row in WebhookDelivery.objects.all()}
    assert bodies == {
        everything.pk: {"action": "TASKS_CREATED", **BODY},
        short.pk: {"action": "TASKS_CREATED"},
    }
    assert tell(ours.project, "PROJECT_CREATED") == 0
    hook(url, project=None)
    assert tell(ours.project, "PROJECT_CREATED") == 1


def test_where_nobody_listens_it_costs_one_query(
    ours: World, hook: Make, django_assert_num_queries: Any
) -> None:
    hook("https://hooks.example/", send_for_all_actions=False)

    def never() -> dict[str, Any]:
        raise AssertionError("nobody asked for it")

    with transaction.atomic(), django_assert_num_queries(1):
        assert announce("TASKS_CREATED", ours.project, never) == 0


def test_nothing_is_told_of_what_was_rolled_back(ours: World, hook: Make) -> None:
    hook("https://hooks.example/")
    with transaction.atomic():
        announce("TASKS_CREATED", ours.project, lambda: BODY)
        transaction.set_rollback(True)
    assert not WebhookDelivery.objects.exists()
    with pytest.raises(KeyError):
        tell(ours.project, "NOPE")


def test_what_fails_is_tried_again_with_growing_pauses_and_the_same_id(ours: World, hook: Make) -> None:
    with serving(says(500, b"out of \x00 order")) as server:
        hook(server.url())
        tell(ours.project)
        (job,) = Job.objects.filter(kind="webhook")
        pauses = []
        while True:
            began = timezone.now()
            assert jobs.run(job.pk, HANDLERS)
            waiting = Job.objects.filter(kind="webhook", state=JobState.WAITING).first()
            delivery = WebhookDelivery.objects.get()
            if waiting is None:
                break
            assert delivery.next_at
            assert abs(waiting.due_at - delivery.next_at) < timedelta(seconds=2)
            pauses.append((delivery.next_at - began).total_seconds())
            Job.objects.filter(pk=waiting.pk).update(due_at=timezone.now())
            job = waiting
    expected = (10, 60, 300, 1800, 7200, 21600)
    assert all(least <= got <= least * 1.2 + 2 for least, got in zip(expected, pauses, strict=True))
    assert (delivery.state, delivery.attempts, delivery.status) == ("failed", 7, 500)
    assert delivery.error == "out of  order"
    assert len({got.headers["X-Assay-Delivery"] for got in server.received}) == 1
    assert len({got.body for got in server.received}) == 1
    assert len(server.received) == 7


def test_a_receiver_that_recovers_has_it(ours: World, hook: Make) -> None:
    answers = [503, 500, 204]

    def answer(handler: BaseHTTPRequestHandler) -> None:
        says(answers.pop(0))(handler)

    with serving(answer) as server:
        hook(server.url())
        tell(ours.project)
        cast.drain()
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.status, delivery.error) == ("delivered", 3, 204, "")


def test_one_that_does_not_answer_is_left_alone_for_a_while(ours: World, hook: Make) -> None:
    made = hook("http://127.0.0.1:9/")
    tell(ours.project)
    tell(ours.project)
    first, second = Job.objects.filter(kind="webhook").order_by("pk")
    jobs.run(first.pk, HANDLERS)
    jobs.run(second.pk, HANDLERS)
    one, two = WebhookDelivery.objects.order_by("pk")
    assert "127.0.0.1: no connection" in one.error
    assert two.error == "Not tried: it did not answer a moment ago."
    made.refresh_from_db()
    assert made.quiet_until
    assert made.quiet_until > timezone.now()


def test_an_address_that_has_turned_inwards_is_not_called(
    ours: World, hook: Make, receiver: Server, settings: Any
) -> None:
    hook(receiver.url())
    settings.ASSAY_OUTBOUND_ALLOW = []
    tell(ours.project)
    cast.drain()
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, receiver.received) == ("failed", [])
    assert "this machine's own address" in delivery.error


def test_one_that_is_switched_off_is_not_told_what_waits_but_can_be_tested(
    ours: World, hook: Make, receiver: Server
) -> None:
    made = hook(receiver.url())
    tell(ours.project)
    made = editing.change_webhook(webhook=made, by=ours.lead, is_active=False)
    cast.drain()
    assert (WebhookDelivery.objects.get().state, receiver.received) == ("failed", [])
    editing.send_test(webhook=made, by=ours.lead)
    cast.drain()
    assert [json.loads(got.body) for got in receiver.received] == [{"action": "TEST"}]


def test_a_worker_that_dies_after_sending_sends_it_again(
    ours: World, hook: Make, receiver: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """Stands for SIGKILL."""

    def point(name: str) -> None:
        if name == "webhooks.sent":
            raise Killed

    hook(receiver.url())
    tell(ours.project)
    (job,) = Job.objects.filter(kind="webhook")
    with monkeypatch.context() as patched:
        patched.setattr(faults, "point", point)
        with pytest.raises(Killed):
            jobs.run(job.pk, HANDLERS)
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING, lease_until=None)  # as the sweep does
    cast.drain()
    assert WebhookDelivery.objects.get().state == "delivered"
    assert [got.headers["X-Assay-Delivery"] for got in receiver.received] == [
        WebhookDelivery.objects.get().uid
    ] * 2


def test_what_is_old_is_forgotten(ours: World, hook: Make) -> None:
    hook("https://hooks.example/")
    tell(ours.project)
    tell(ours.project)
    old = WebhookDelivery.objects.order_by("pk")[0]
    WebhookDelivery.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=15))
    assert sending.prune() == 1
    assert WebhookDelivery.objects.count() == 1
