"""Run or follow a job from the command line, with a progress bar and the time that remains."""

import sys
import time
from threading import Thread
from typing import TextIO

from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _

from annotation.management.receiving import first_owner
from annotation.models import Project
from annotation.models.access import may
from annotation.work import HANDLERS
from core import jobs
from core.models import Job, User
from core.models.job import JobState
from core.roles import Capability

WIDTH = 30


def acting_person(project: Project, email: str | None, capability: Capability) -> User:
    """Who the audit trail names: the person of that address, else the organisation's first owner.

    Raises CommandError for somebody whose role in the project does not allow it.
    """
    if email:
        person = User.objects.filter(email=email.lower()).first()
        if person is None:
            raise CommandError(_("Nobody here has the address %(email)s.") % {"email": email})
        if not may(person, project, capability):
            raise CommandError(
                _("No role of %(email)s in the project “%(project)s” allows this.")
                % {"email": email, "project": project.name}
            )
        return person
    return first_owner(project.organisation_id)


def work_here() -> None:
    """Ring nobody: this process does the work itself, and a running worker hears of the rest by the sweep.

    Called before the first job is written: beside a running Assay this process may not know its broker.
    """
    jobs.on_ring(lambda *_told: None)


def finish(job: Job | None, *, out: TextIO = sys.stderr) -> None:
    """Work on a job (and what it begins) in this process unless a worker has it, showing how far it is.

    Raises CommandError with the job's own message when it failed.
    """
    if job is None:
        return
    thread = Thread(target=_work, args=(job.pk,), daemon=True)
    thread.start()
    began = time.monotonic()
    while True:
        job.refresh_from_db()
        _show(job, time.monotonic() - began, out)
        if job.finished:
            break
        time.sleep(0.2)
    thread.join()
    out.write("\n")
    if job.state != JobState.DONE:
        raise CommandError(
            job.complaint or _("The job ended without success (%(state)s).") % {"state": job.state}
        )


def _work(job_id: int) -> None:
    """Run the job, its children and whatever becomes due in its project until it has ended."""
    try:
        job = Job.objects.get(pk=job_id)
        while not Job.objects.get(pk=job_id).finished:
            due = Job.objects.filter(project_id=job.project_id, state=JobState.WAITING, open_children=0)
            ran = [jobs.run(pk, HANDLERS) for pk in due.order_by("due_at").values_list("pk", flat=True)]
            if not any(ran):
                time.sleep(0.1)
    finally:
        connection.close()


def _show(job: Job, elapsed: float, out: TextIO) -> None:
    total = job.total or 0
    share = min(1.0, job.done / total) if total else (1.0 if job.finished else 0.0)
    bar = "█" * round(share * WIDTH)
    left = f"{elapsed / share - elapsed:5.0f} s" if 0 < share < 1 else ""
    out.write(f"\r{bar:░<{WIDTH}} {share:5.0%} {left:>8}")
    out.flush()
