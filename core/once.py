"""Calls that are carried out once: a claim before the call, the answer kept in the transaction of what it did.

A claim is committed before the call begins, so that of two at once one is told to wait. What the call did and its
answer are committed together: after a crash there is neither, and the claim can be taken over once it has lapsed. An
attempt whose claim was taken over meanwhile is rolled back, since it finds its claim gone.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.ids import new_uid
from core.models import KeptAnswer, User
from core.refusals import Refusal

KEPT = timedelta(hours=24)
LAPSE = timedelta(seconds=60)
"""A call that takes longer than this is taken to be lost."""
MOST_BYTES = 1_000_000
"""Of a kept answer, compressed."""
AT_ONCE = 1000


class KeyReused(Refusal):
    """The key was used for something else."""

    status, code = 422, "idempotency_key_reused"
    title = _("This idempotency key was used for another call")
    detail = _("The same key came with another body within 24 hours.")
    action = _("Send a new key with every new call, and the same key only to repeat a call.")


class UnderWay(Refusal):
    """The first call of this key has not ended."""

    status, code, wait = 409, "idempotency_key_in_use", 1
    title = _("This call is under way")
    detail = _("The first call with this idempotency key has not been answered yet.")
    action = _("Send it again in a moment.")


class AnswerNotKept(Refusal):
    """It was carried out, but what it answered was too long."""

    status, code = 409, "answer_not_kept"
    title = _("This call was carried out before")
    detail = _("Its answer was too long to be kept.")
    action = _("Read what it has made or changed.")


@dataclass(frozen=True)
class Answer:
    """What is kept of an answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def begin(*, user: User, call: str, sent: str) -> KeptAnswer | Answer:
    """A claim to carry the call out, or what it was answered. Raises KeyReused, UnderWay, AnswerNotKept."""
    while True:
        now = timezone.now()
        found = KeptAnswer.objects.filter(user=user, call=call).first()
        if found is None:
            try:
                with transaction.atomic():
                    return KeptAnswer.objects.create(
                        user=user, call=call, sent=sent, claim=new_uid(), claimed_at=now
                    )
            except IntegrityError:  # somebody else claimed it between the two statements
                continue
        lost = found.status is None and found.claimed_at < now - LAPSE
        if not lost and found.claimed_at >= now - KEPT:
            return _kept(found, sent)
        found.sent, found.claim, found.claimed_at, found.status = sent, new_uid(), now, None
        if _take_over(found, now):
            return found


def _kept(found: KeptAnswer, sent: str) -> Answer:
    if found.sent != sent:
        raise KeyReused
    if found.status is None:
        raise UnderWay
    if found.body is None:
        raise AnswerNotKept
    return Answer(found.status, found.headers, zlib.decompress(bytes(found.body)))


def _take_over(claim: KeptAnswer, now: datetime) -> bool:
    """One of several who try has it."""
    free = Q(status=None, claimed_at__lt=now - LAPSE) | Q(claimed_at__lt=now - KEPT)
    values = {name: getattr(claim, name) for name in ("sent", "claim", "claimed_at", "status")}
    return bool(KeptAnswer.objects.filter(free, pk=claim.pk).update(**values, body=None, headers={}))


def keep(claim: KeptAnswer, answer: Answer) -> None:
    """Keep an answer, in the transaction of what the call did. Raises UnderWay where another attempt took over."""
    body = zlib.compress(answer.body, 6)
    kept = KeptAnswer.objects.filter(pk=claim.pk, claim=claim.claim, status=None).update(
        status=answer.status, headers=dict(answer.headers), body=body if len(body) <= MOST_BYTES else None
    )
    if not kept:
        raise UnderWay


def release(claim: KeptAnswer) -> None:
    """Nothing came of it: the call may be made again at once."""
    KeptAnswer.objects.filter(pk=claim.pk, claim=claim.claim, status=None).delete()


def prune() -> int:
    """Delete what is older than a day; how many."""
    gone = KeptAnswer.objects.filter(claimed_at__lt=timezone.now() - KEPT)
    count = 0
    while some := list(gone.values_list("pk", flat=True)[:AT_ONCE]):
        count += gone.filter(pk__in=some).delete()[0]
    return count
