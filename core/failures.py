"""Why a job failed, in a sentence for whoever asked for it. What it stored, often a traceback, is not for people."""

from django.utils.translation import gettext, gettext_lazy

LOST = "lost"  # the `error` of a job whose workers were lost too often
_RAISED = {
    "FileNotFoundError": gettext_lazy("The file is not in the store any more."),
    "PermissionError": gettext_lazy("The server may not read or write in its store."),
    "OSError": gettext_lazy("The server could not read or write in its store. Its disk may be full."),
    "MemoryError": gettext_lazy("The server ran out of memory."),
    "OperationalError": gettext_lazy("The database did not answer."),
    "UnicodeDecodeError": gettext_lazy("The file is not UTF-8 text."),
}


def sentence(error: str, uid: str) -> str:
    """The reason behind a job's stored `error`; `uid` is what the log calls the job."""
    lines = error.strip().splitlines()
    if not lines:
        return gettext("The server gave no reason.")
    if error == LOST:
        return gettext("The worker that did this was lost too often. Try it once more.")
    if not lines[0].startswith("Traceback"):
        return lines[0]
    raised = lines[-1].partition(":")[0].rpartition(".")[2]
    if raised in _RAISED:
        return str(_RAISED[raised])
    return gettext("Assay met a mistake of its own. Its log names job %(job)s and the cause.") % {"job": uid}
