"""The file behind a credential: judged by its content, not by its name."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core.refusals import InvalidInput

EVIDENCE_LIMIT = 10 * 1024 * 1024
_MAGIC = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
_NAMED = {"pdf": "pdf", "png": "png", "jpg": "jpg", "jpeg": "jpg"}


def accept(file: UploadedFile[Any] | None, *, name: str) -> UploadedFile[Any] | None:
    """The file under a name of ours, which ends as its content does. Raises InvalidInput for anything else."""
    if file is None:
        return None
    if (file.size or 0) > EVIDENCE_LIMIT:
        raise InvalidInput(
            _("The file is larger than 10 MB."), action=_("Send a smaller one."), where="evidence"
        )
    head = file.read(16)
    file.seek(0)
    kind = next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)
    if kind is None:
        raise InvalidInput(
            _("The file is neither PDF, PNG nor JPEG."), action=_("Send one of these."), where="evidence"
        )
    claimed = PurePath(file.name or "").suffix.lstrip(".").lower()
    if _NAMED.get(claimed) != kind:
        raise InvalidInput(
            _("The file's name does not fit its content."),
            action=_("Send it under its own kind of name."),
            code="not_what_it_claims",
            where="evidence",
        )
    file.name = f"{name}.{kind}"
    return file
