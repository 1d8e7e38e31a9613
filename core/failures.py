"""Why a job failed, in a sentence for whoever asked for it. What it stored, often a traceback, is not for people."""

import errno
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.bucket_errors import REFUSED, StoreAway, StoreFull, StoreRefuses

LOST = "lost"  # the `error` of a job whose workers were lost too often
_RAISED: dict[str, Any] = {
    "FileNotFoundError": _("The file is not in the store any more."),
    "PermissionError": _("The server may not read or write in its store."),
    "StoreAway": StoreAway.detail,
    "StoreFull": StoreFull.detail,
    "OSError": _("The server could not read or write in its store. Its disk may be full."),
    "MemoryError": _("The server ran out of memory."),
    "OperationalError": _("The database did not answer."),
    "UnicodeDecodeError": _("The file is not UTF-8 text."),
}
_FULL = _("The disk that Assay writes to is full. Ask the operator to make room, then try again.")
_OF_THE_SYSTEM: dict[int, Any] = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _("The server may not write a file as large as this one."),
    errno.EROFS: _("The disk that Assay writes to can only be read."),
}


def sentence(error: str, uid: str) -> str:
    """The reason behind a job's stored `error`; `uid` is what the log calls the job."""
    lines = error.strip().splitlines()
    if not lines:
        return gettext("The server gave no reason.")
    if error == LOST:
        return gettext("The worker that did this was lost too often. Try it once more.")
    if error in REFUSED:
        return f"{REFUSED[error]} {StoreRefuses.action}"
    if not lines[0].startswith("Traceback"):
        return lines[0]
    mistake = _("Assay met a mistake of its own. Its log names job %(job)s and the cause.")
    return str(_raised(lines[-1]) or mistake % {"job": uid})


def _raised(line: str) -> Any:
    """What is known of the exception that the last line of a traceback names; None: nothing."""
    for number, said in _OF_THE_SYSTEM.items():
        if f"[Errno {number}]" in line:
            return said
    if line.endswith("database or disk is full"):  # SQLite's word for it
        return _FULL
    return _RAISED.get(line.partition(":")[0].rpartition(".")[2])
