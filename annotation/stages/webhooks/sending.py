"""The job that tells a webhook: at least once, signed, tried again after growing pauses. Workers only (httpx)."""

import hashlib
import hmac
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotation.models import Webhook, WebhookDelivery
from annotation.models.announcing import send_after
from annotation.models.webhook_action import TEST
from annotation.models.webhook_delivery import DeliveryState
from core import faults, jobs
from core.outbound.calling import call
from core.outbound.refusing import CallFailed
from core.outbound.transport import Limits
from core.refusals import Refusal

PAUSES = (10, 60, 300, 1800, 7200, 21600)
"""Seconds before each further try; after the last one it has failed."""
QUIET = timedelta(seconds=10)
"""How long a webhook that did not answer is left alone: each wait for it holds a worker."""
LIMITS = Limits(connect=3, total=10, size=2000)
KEPT = timedelta(days=14)
AT_ONCE = 1000


@dataclass(frozen=True)
class Outcome:
    """What came of one try. Without a `status` there was no answer; `hung` is one that nobody gave in time."""

    status: int | None
    error: str
    hung: bool = False
    is_final: bool = False

    @property
    def is_good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def send(running: jobs.Running) -> dict[str, Any]:
    """Try one delivery. Killed before its outcome is noted it is tried again, with the same id."""
    with transaction.atomic():
        running.step()
        rows = WebhookDelivery.objects.select_related("webhook")
        delivery = rows.filter(pk=running.job.args["delivery"], state=DeliveryState.WAITING).first()
    if delivery is None:  # deleted with its webhook, or noted by the attempt before
        return {}
    outcome = _try(delivery, timezone.now())
    faults.point("webhooks.sent")
    with transaction.atomic():
        running.step()
        _note(delivery, outcome, timezone.now())
    return {"status": outcome.status}


def _try(delivery: WebhookDelivery, now: datetime) -> Outcome:
    webhook = delivery.webhook
    if not webhook.is_active and delivery.action != TEST:
        return Outcome(None, _("Not sent: the webhook was switched off."), is_final=True)
    if webhook.quiet_until is not None and webhook.quiet_until > now:
        return Outcome(None, _("Not tried: it did not answer a moment ago."))
    content = delivery.body.encode()
    headers = {
        "Content-Type": "application/json",
        "X-Assay-Event": delivery.action,
        "X-Assay-Delivery": delivery.uid,
        "X-Assay-Signature": signature(webhook.secret, content, int(time.time())),
    }
    try:
        answer = call(
            "POST", webhook.url, content=content, headers=headers, private=webhook.headers, limits=LIMITS
        )
    except Refusal as refusal:
        return Outcome(None, refusal.sentence, hung=isinstance(refusal, CallFailed))
    said = answer.body[:300].decode(errors="replace").replace("\x00", "")
    return Outcome(answer.status, "" if 200 <= answer.status < 300 else said)


def signature(secret: str, content: bytes, at: int) -> str:
    """`t=<unix seconds>,v1=<HMAC-SHA256 of "t.body" in hexadecimal>`."""
    digest = hmac.new(secret.encode(), b"%d." % at + content, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def _note(delivery: WebhookDelivery, outcome: Outcome, now: datetime) -> None:
    """Write down what came of it, and when it is tried again."""
    tried = delivery.attempts + 1
    pause = None if outcome.is_good or outcome.is_final else pause_after(tried, delivery.uid)
    delivery.attempts, delivery.status, delivery.error = tried, outcome.status, outcome.error[:1000]
    delivery.tried_at, delivery.next_at = now, None
    if pause is not None:
        delivery.next_at = now + timedelta(seconds=pause)
    else:
        delivery.state = DeliveryState.DELIVERED if outcome.is_good else DeliveryState.FAILED
    # The webhook may have been deleted meanwhile, and this with it: then nothing is owed any more.
    values = ("attempts", "status", "error", "tried_at", "next_at", "state")
    there = WebhookDelivery.objects.filter(pk=delivery.pk).update(
        **{name: getattr(delivery, name) for name in values}
    )
    if there and pause is not None:
        send_after(delivery, delivery.webhook, pause)
    if outcome.hung:
        Webhook.objects.filter(pk=delivery.webhook_id).update(quiet_until=now + QUIET)


def pause_after(tried: int, uid: str) -> float | None:
    """Seconds until the next try, up to a fifth more than PAUSES says, so that not all come at once; None: no more."""
    if tried > len(PAUSES):
        return None
    drawn = hashlib.sha256(f"{uid} {tried}".encode()).digest()[0] / 255
    return PAUSES[tried - 1] * (1 + drawn / 5)


def prune() -> int:
    """Forget deliveries that are older than KEPT; how many."""
    old = WebhookDelivery.objects.filter(created_at__lt=timezone.now() - KEPT)
    count = 0
    while chunk := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        count += WebhookDelivery.objects.filter(pk__in=chunk).delete()[0]
    return count
