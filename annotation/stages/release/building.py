"""The release's job: freeze, judge, hand the parts to child jobs, and when they are done close and publish."""

from typing import Any

from django.db import transaction

from annotation.models import Release
from annotation.models.release_manifest import parts_of_release
from annotation.stages.release.closing import bring_files, check_key, close
from annotation.stages.release.folders import folder_of
from annotation.stages.release.freezing import freeze
from annotation.stages.release.gating import judge
from annotation.stages.release.publishing import publish, tidy, tidy_failed
from annotation.stages.release.shipping import check_destination
from core import jobs
from core.models import Job


def build(running: jobs.Running) -> dict[str, Any]:
    """The next steps of a release; run again it goes on where it was."""
    release = Release.objects.select_related("project__organisation", "project__sector", "label_schema").get(
        pk=running.job.args["release"]
    )
    if release.published_at is not None:
        tidy(release)
        return {"items": release.items}
    if release.frozen_at is None:
        tidy_failed(release.project)
        check_destination()
        check_key(release)
        freeze(running, release)
    if not judge(running, release):
        return {"held": True}
    if not Job.objects.filter(parent=running.job).exists():
        _hand_out(running, release)
        return {}
    if not folder_of(release).exists():
        if release.about["files"]:
            bring_files(running, release)
        close(running, release)
    publish(running, release)
    return {"items": release.items}


def _hand_out(running: jobs.Running, release: Release) -> None:
    numbers = range(len(parts_of_release(release)))
    with transaction.atomic():
        running.step(done=0, total=len(numbers))
        running.spawn("release_part", [{"release": release.pk, "part": number} for number in numbers])
