"""What is stated of a batch after it came in."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.models import Batch
from annotation.refuse import fitting
from annotation.stages.ingest.telling import route_later, tell
from core import audit
from core.models import User
from core.refusals import InvalidInput


@transaction.atomic
def state_rights(*, batch: Batch, by: User, licence: str = "", rights: str = "") -> None:
    """State the right to use a batch afterwards, and route what waited for it."""
    if not (licence.strip() or rights.strip()):
        raise InvalidInput(_("State a licence or a right to use."), where="licence")
    Batch.objects.filter(pk=batch.pk).update(
        licence=fitting(Batch, "licence", licence.strip()), rights=rights.strip(), rights_from="batch"
    )
    tell("batch.rights_stated", batch, by, {"licence": licence.strip()})
    route_later(batch)


@transaction.atomic
def state_deidentified(*, batch: Batch, by: User, statement: str) -> None:
    """A named person's word that nobody can be recognised in this batch, and route what waited for it."""
    if not statement.strip():
        raise InvalidInput(_("Say how the texts were de-identified."), where="statement")
    Batch.objects.filter(pk=batch.pk).update(
        deidentified_statement=statement.strip(), deidentified_by=by, deidentified_at=timezone.now()
    )
    tell("batch.deidentified", batch, by, {"statement": audit.digest(statement)})
    route_later(batch)
