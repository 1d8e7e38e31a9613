"""What every part of an import says and asks for: the trail, and the routing of what came in."""

from __future__ import annotations

from typing import Any

from annotation.models import Batch
from annotation.models.opening import ROUTE
from core import audit, jobs
from core.models import User

ROUTE_DELAY = 1.0  # seconds: chunks that come in meanwhile are opened at once


def tell(action: str, batch: Batch, by: User | None, changes: dict[str, Any]) -> None:
    """Write to the trail what happened to the batch."""
    audit.record(
        action,
        by=by,
        on=batch,
        project_id=batch.project_id,
        organisation_id=batch.project.organisation_id,
        changes=changes,
    )


def route_later(batch: Batch) -> None:
    """Route what is stored of the batch."""
    project = batch.project
    jobs.enqueue_once(
        ROUTE,
        args={"batch": batch.pk},
        key=f"route:{batch.pk}",
        project_id=project.pk,
        organisation_id=project.organisation_id,
    )


def route_chunk_later(batch: Batch, after: int) -> None:
    """Route what came in behind the item `after`. Folded with earlier chunks, whose `after` is lower and stays."""
    project = batch.project
    jobs.enqueue_once(
        ROUTE,
        args={"batch": batch.pk, "after": after},
        key=f"route:{batch.pk}:chunks",
        delay=ROUTE_DELAY,
        project_id=project.pk,
        organisation_id=project.organisation_id,
    )
