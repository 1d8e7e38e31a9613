"""Owe webhooks a delivery, in the transaction of what it tells of. Every stage may call this; a job sends."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotation.algorithms.canonical import canonical_json
from annotation.models.project import Project
from annotation.models.webhook import Webhook
from annotation.models.webhook_action import ACTIONS
from annotation.models.webhook_delivery import WebhookDelivery
from core import jobs
from core.questions import NUMBER, Question

WEBHOOK = "webhook"
"""The kind of job that sends a delivery."""

NOWHERE = 0
"""No project: those of the organisation alone hear."""
_listening = Question[Webhook](
    lambda organisation, project: Webhook.objects.hearing(organisation, project).order_by("pk"),
    organisation=NUMBER,
    project=NUMBER,
)

Body = Mapping[str, Any] | Callable[[], Mapping[str, Any]]


def announce(action: str, project: Project, body: Body) -> int:
    """Write a delivery for each webhook of the project or its organisation that wants the action; how many.

    `body` is what is told beside the action, or a function that makes it: called once, and only when somebody listens.
    Raises RuntimeError outside a transaction, KeyError for an unknown action, ValueError for what JSON cannot hold.
    """
    wanting = _wanting(action, project)
    if not wanting:
        return 0
    short = _written({"action": action})
    whole = short
    if any(webhook.send_payload for webhook in wanting):
        whole = _written({**(body() if callable(body) else body), "action": action})
    for webhook in wanting:
        owe(webhook, action, whole if webhook.send_payload else short)
    return len(wanting)


def hears(action: str, project: Project) -> bool:
    """Whether a webhook wants the action. Raises KeyError for an unknown one."""
    return bool(_wanting(action, project))


def _wanting(action: str, project: Project) -> list[Webhook]:
    here = NOWHERE if ACTIONS[action].organisation_only else project.pk
    listening = _listening.objects(organisation=project.organisation_id, project=here)
    return [webhook for webhook in listening if webhook.wants(action)]


def owe(webhook: Webhook, action: str, body: str) -> WebhookDelivery:
    """Write one delivery and the job that sends it. Raises RuntimeError outside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a delivery is written in the transaction of what it tells of")
    now = timezone.now()
    delivery = WebhookDelivery.objects.create(
        webhook=webhook, action=action, body=body, created_at=now, next_at=now
    )
    send_after(delivery, webhook, 0)
    return delivery


def send_after(delivery: WebhookDelivery, webhook: Webhook, seconds: float) -> None:
    """Have it sent, so many seconds from now. Within a transaction."""
    jobs.enqueue_once(
        WEBHOOK,
        key=f"{WEBHOOK}:{delivery.uid}",
        project_id=webhook.project_id,
        organisation_id=webhook.organisation_id,
        args={"delivery": delivery.pk},
        delay=seconds,
        keep=False,
    )


def _written(body: Mapping[str, Any]) -> str:
    return canonical_json(body).decode()
