"""Begin a batch: keep the file and write down the job that will read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotation.formats.messages import FormatError
from annotation.models import Batch, Project
from annotation.models.batch import Duplicates, WrittenBy
from annotation.refuse import fitting, refusal
from annotation.stages.ingest.telling import tell
from annotation.stages.ingest.upload import accepted
from core import jobs
from core.models import User
from core.refusals import InvalidInput


def begin_batch(
    *,
    project: Project,
    by: User,
    file: File[Any],
    name: str,
    more: Sequence[File[Any]] = (),
    source: str = "",
    licence: str = "",
    rights: str = "",
    language: str = "",
    duplicates: str = Duplicates.SKIP,
    deidentified_statement: str = "",
    written_by: str = "",
) -> Batch:
    """Keep the file and write down the job that will read it. The format is the name's ending.

    Of a table or a zip there is one; of PDFs or pictures there may be `more`, each an item. Rights not stated here are
    the project's default, else the organisation's, copied now: later changes of a default change no batch. Raises
    InvalidInput.
    """
    if duplicates not in Duplicates.values:
        raise InvalidInput(_("There is no such choice."), where="duplicates")
    if written_by not in WrittenBy.values:
        raise InvalidInput(_("There is no such choice."), where="written_by")
    rights_from, licence, rights = rights_of(project, licence.strip(), rights.strip())
    statement = deidentified_statement.strip()
    batch = Batch(
        project=project,
        source=fitting(Batch, "source", source.strip()),
        licence=fitting(Batch, "licence", licence),
        rights=rights,
        rights_from=rights_from,
        language=fitting(Batch, "language", language.strip()) or project.language,
        duplicates=duplicates,
        written_by=written_by,
        deidentified_statement=statement,
        deidentified_by=by if statement else None,
        deidentified_at=timezone.now() if statement else None,
        created_by=by,
    )
    schema = project.schemas.order_by("-version")[0].schema
    try:
        with accepted([(name, file), *((str(one.name), one) for one in more)], schema) as upload:
            batch.name, batch.format = upload.name, upload.form
            batch.file.save(f"{batch.uid}.{upload.form}", upload.file, save=False)
    except FormatError as error:
        raise refusal(error, InvalidInput) from error
    batch.size = batch.file.size
    try:
        return _written_down(batch)
    except BaseException:
        batch.file.delete(save=False)
        raise


@transaction.atomic
def _written_down(batch: Batch) -> Batch:
    project, by = batch.project, batch.created_by
    batch.save()
    batch.job = jobs.enqueue(
        "ingest",
        args={"batch": batch.pk},
        project_id=project.pk,
        organisation_id=project.organisation_id,
        by=by,
        total=batch.size,
    )
    batch.save(update_fields=["job"])
    tell(
        "batch.begun",
        batch,
        by,
        {
            "licence": batch.licence,
            "rights_from": batch.rights_from,
            "deidentified": bool(batch.deidentified_statement),
        },
    )
    return batch


def rights_of(project: Project, licence: str = "", rights: str = "") -> tuple[str, str, str]:
    """Whose rights hold (batch, project, organisation or nobody's), with licence and statement."""
    if licence or rights:
        return "batch", licence, rights
    if project.licence or project.rights:
        return "project", project.licence, project.rights
    organisation = project.organisation
    if organisation.default_licence or organisation.default_rights:
        return "organisation", organisation.default_licence, organisation.default_rights
    return "", "", ""
