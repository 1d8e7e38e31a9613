"""One side of `benchmarks.release`, in a process of its own: `build ITEMS ANSWERS` or `measure FORMATS`."""

import json
import sys
import time
from typing import Any

from benchmarks.release import Stopwatch, peak


def build(items: int, answers: int) -> dict[str, Any]:
    """Make the project."""
    from django.core.management import call_command

    from benchmarks.release_rows import build as rows

    call_command("migrate", verbosity=0)
    project, _lead = rows(items, answers)
    return {"project": project.uid}


def measure(formats: list[str]) -> dict[str, Any]:
    """Release it, in this process, as a worker would."""
    from annotation.models import Project
    from annotation.stages.release import folder_of, freezing, request_release
    from annotation.work import HANDLERS
    from assay.reading import source
    from assay.verdict import UNKNOWN
    from assay.verify import verify
    from core import jobs
    from core.models import Job, Membership
    from core.models.job import JobState

    project = Project.objects.get(name="Large")
    by = Membership.objects.filter(organisation=project.organisation, role="owner")[0].user
    watch, idle = Stopwatch(), peak()
    handlers = {**HANDLERS}
    handlers["release_part"] = watch.around("parts written", handlers["release_part"])
    for module, name, told in ((freezing, "_draw", "drawn"), (freezing, "_freeze_some", "frozen")):
        setattr(module, name, _timed(watch, told, getattr(module, name)))
    began = time.perf_counter()
    made = request_release(project=project, by=by, formats=formats)
    owed = Job.objects.filter(state=JobState.WAITING, open_children=0)
    while due := list(owed.order_by("pk").values_list("pk", flat=True)):
        for pk in due:
            jobs.run(pk, handlers)
    seconds = time.perf_counter() - began
    made.refresh_from_db()
    if made.published_at is None:
        raise SystemExit(f"not published: {made.gate} {made.job and made.job.error}")
    size, most = sum(one["size"] for one in made.manifest["files"]), peak()
    verdict = watch.around("assay verify", lambda folder: verify(source(folder), {}))(folder_of(made))
    if verdict.state != UNKNOWN:  # intact, by a key that nobody has pinned
        raise SystemExit(f"not intact: {verdict}")
    told_of = {"items": made.items, "seconds": seconds, "steps": watch.seconds, "idle": idle, "peak": most}
    return {**told_of, "bytes": size}


def _timed(watch: Stopwatch, name: str, act: Any) -> Any:
    def timed(*given: Any) -> Any:
        began = time.perf_counter()
        try:
            return act(*given)
        finally:
            watch.seconds[name] += time.perf_counter() - began

    return timed


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "build":
        print(json.dumps(build(int(sys.argv[2]), int(sys.argv[3]))))
    else:
        print(json.dumps(measure(sys.argv[2].split(","))))
