"""Write down which items, gold labels and answers a release holds, before a byte of it is written.

First each settled item is drawn into a split, once for all releases of its project; then the rows are frozen, split by
split in the order of the items. Both go on where they were killed.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from annotation.algorithms.canonical import canonical_json
from annotation.formats.release.format import SPLITS
from annotation.models import Item, Release, ReleaseMember, ReleasePolicy, Unfolded
from annotation.models.quality import set_aside
from annotation.models.release_agreement import run_of
from annotation.models.release_frozen import frozen_gold, frozen_origin, frozen_versions
from annotation.models.release_origin import rights_now
from annotation.models.release_process import process_now
from annotation.models.release_view import key_of, languages_of
from annotation.models.splitting import AT_ONCE, Drawing
from core import faults, jobs
from core.models import Job
from core.models.job import JobState

FREEZE_AT_ONCE = 1000
PART_ROWS = 20_000
"""Items a file: as many as a process holds of the formats that are written in one piece."""


def freeze(running: jobs.Running, release: Release) -> None:
    """Draw, freeze, and note what was true then. Raises NotYet while what came before is still being counted."""
    project = release.project
    busy = Job.objects.filter(
        project_id=project.pk,
        kind__in=["measure", "advance", "fold"],
        state__in=[JobState.WAITING, JobState.RUNNING],
        created_at__lte=release.created_at,  # later work is not waited for: labelling may never pause
    )
    noted = Unfolded.objects.filter(project=project, pk__lte=running.job.args.get("noted", 0))
    if busy.exists() or noted.exists():
        raise jobs.NotYet  # its agreement is being measured: the figure belongs to the state that is released
    _draw(running, release)
    total = settled_items(release).count()
    for split in SPLITS:
        while True:
            with transaction.atomic():
                running.step(done=_frozen(release), total=total)
                if not _freeze_some(release, split):
                    break
            faults.point("release.freeze")
    with transaction.atomic():
        running.step()
        _close(release, running.job.args)


def settled_items(release: Release) -> "QuerySet[Item]":
    """What was settled when it was asked for; control items, bad ones and those set aside are left out."""
    return Item.objects.filter(
        ~set_aside(),
        project=release.project,
        settled_at__lte=release.created_at,
        control=False,
        bad_at=None,
    )


def _draw(running: jobs.Running, release: Release) -> None:
    policy = ReleasePolicy(project=release.project, **release.policy)
    after: int | None = running.job.args.get("drawn", 0)
    if after is None:
        return
    drawing = Drawing(release.project, policy)
    done = running.job.done
    total = done + settled_items(release).filter(drawn=None, pk__gt=after).count()
    while after is not None:
        with transaction.atomic():
            running.step(done=done, total=total)
            after = drawing.some(settled_items(release), after)
            done = min(done + AT_ONCE, total)
            running.step(done=done, args={"drawn": after})
        faults.point("release.draw")


def _frozen(release: Release) -> int:
    """How many rows are; they are counted from 0 without a gap."""
    last = release.members.order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1


def _freeze_some(release: Release, split: str) -> bool:
    """The next rows of a split; False when it has none left."""
    last = release.members.order_by("-position").values_list("position", "item_id", "split").first()
    position, item, reached = last or (-1, 0, split)
    if SPLITS.index(reached) > SPLITS.index(split):
        return False  # killed after this split
    settled = settled_items(release).filter(drawn__split=split, pk__gt=item if reached == split else 0)
    items = list(settled.order_by("drawn__item").values_list("pk", flat=True)[:FREEZE_AT_ONCE])
    gold, versions = frozen_gold(release.project, items), frozen_versions(release.project, items)
    origin = frozen_origin(items)
    ReleaseMember.objects.bulk_create(
        ReleaseMember(
            release=release,
            position=position + 1 + at,
            item_id=pk,
            split=split,
            origin=origin[pk],
            gold=gold[pk],
            versions=versions[pk],
        )
        for at, pk in enumerate(items)
    )
    return bool(items)


def _close(release: Release, asked: Mapping[str, Any]) -> None:
    """Note how many rows there are, and what was true of the project when they were frozen."""
    project, policy = release.project, release.policy
    rows = dict(release.members.order_by().values_list("split").annotate(Count("pk")))
    release.items = sum(rows.values())
    release.scope = _scope(release)
    release.splits = {
        "by": policy["split_by"],
        "seed": policy["seed"],
        "shares": policy["shares"],
        "stratify": policy["stratify"],
        "rows": {split: rows.get(split, 0) for split in SPLITS if rows.get(split)},
    }
    release.about = {
        "name": project.name,
        "key": key_of(project.name),
        "part_rows": PART_ROWS,
        "files": bool(asked.get("files")),
        "description": project.description,
        "organisation": {"uid": project.organisation.uid, "name": project.organisation.name},
        "sector": project.sector.key,
        "overlap": project.overlap,
        "overlap_max": project.overlap_max,
        "policy": project.policy,
        "languages": languages_of(release),
        "bad_items": _bad_items(release),
        "rights": rights_now(release),
        "process": process_now(release),
    }
    release.agreement_run = run_of(release, asked.get("full_run"))
    release.frozen_at = timezone.now()
    release.save(update_fields=["items", "scope", "splits", "about", "agreement_run", "frozen_at"])


def _scope(release: Release) -> str:
    """A hash of the rows: what they are of, where that came from, and which gold labels and answers they hold."""
    digest = hashlib.sha256()
    rows: Any = release.members.order_by("position").values_list("item_id", "origin", "gold", "versions")
    for row in rows.iterator(chunk_size=1000):
        digest.update(canonical_json(row) + b"\n")
    return digest.hexdigest()


def _bad_items(release: Release) -> int:
    """How many settled items are left out because an adjudicator found that they cannot be judged."""
    return Item.objects.filter(
        project=release.project, settled_at__lte=release.created_at, control=False, bad_at__isnull=False
    ).count()
