"""Write the audit trail: one call, in the transaction of the write it tells of."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from core.models import AuditAddress, AuditEvent, User
from core.writes import send

address: ContextVar[str] = ContextVar("address", default="")


def digest(text: str) -> str:
    """A salted hash that can be compared but not read back, for personal text in `changes`."""
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]


def record(
    action: str,
    *,
    by: User | None,
    on: Model,
    project_id: int | None = None,
    organisation_id: int | None = None,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Append one event. Raises RuntimeError outside a transaction: an event without its write would be a lie."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an audit event is written in the transaction of what it tells of")
    event = AuditEvent(
        at=timezone.now(),
        actor_id=by.pk if by else None,
        action=action,
        object_kind=on._meta.model_name or "",
        object_uid=str(getattr(on, "uid", on.pk)),
        organisation_id=organisation_id,
        project_id=project_id,
        changes=dict(changes or {}),
    )
    send(event)
    if where := address.get():
        send(AuditAddress(address=where[:64]), after={"event_id": AuditEvent})


def record_many(
    action: str,
    *,
    by: User | None,
    on: Sequence[tuple[Model, Mapping[str, Any]]],
    project_id: int | None = None,
    organisation_id: int | None = None,
) -> None:
    """Append an event for each object, with its own changes: the same as `record` for each, in two statements."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an audit event is written in the transaction of what it tells of")
    now = timezone.now()
    events = AuditEvent.objects.bulk_create(
        AuditEvent(
            at=now,
            actor_id=by.pk if by else None,
            action=action,
            object_kind=one._meta.model_name or "",
            object_uid=str(getattr(one, "uid", one.pk)),
            organisation_id=organisation_id,
            project_id=project_id,
            changes=dict(changes),
        )
        for one, changes in on
    )
    if where := address.get():
        AuditAddress.objects.bulk_create(AuditAddress(event=event, address=where[:64]) for event in events)
