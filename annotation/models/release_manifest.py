"""The manifest of a release, from what was frozen and what was counted while its rows were written."""

from collections import Counter
from typing import Any

from django.conf import settings

from annotation.formats.manifest import FileEntry, ReleaseFacts, build_manifest
from annotation.models.agreement import Agreement
from annotation.models.release import Release
from annotation.models.released_files import files_facts
from core.models import Job

Tally = dict[str, Counter[str]]


def tally_of(job: Job) -> Tally:
    """What its parts counted, added up."""
    tally: Tally = {}
    for result in Job.objects.filter(parent=job).order_by("pk").values_list("result", flat=True).iterator():
        for name, counts in result.items():
            tally.setdefault(name, Counter()).update(counts)
    return tally


def agreement_of(release: Release) -> dict[str, list[dict[str, Any]]]:
    """By question, the figures that were measured of the state that is released."""
    rows = Agreement.objects.filter(project=release.project, scope="", run=release.agreement_run or 0)
    agreement: dict[str, list[dict[str, Any]]] = {}
    for row in rows.order_by("pk"):
        agreement.setdefault(row.question, []).append(
            {"measure": row.measure, "label": row.label, "inputs_hash": row.inputs_hash, "seed": row.seed}
            | {"value": row.value, "low": row.low, "high": row.high, "reason": row.reason, "items": row.items}
        )
    return agreement


def manifest_of(release: Release, job: Job) -> dict[str, Any]:
    """The manifest as a JSON object."""
    tally = tally_of(job)
    about = release.about
    files = [
        FileEntry(file.path, file.sha256, file.size, None if file.shard is None else file.rows)
        for file in release.files.order_by("path")
    ]
    return build_manifest(
        ReleaseFacts(
            project=release.project.uid,
            sector=about["sector"],
            items=release.items,
            annotations=sum(tally.get("annotators", Counter()).values()),
            annotators=len(tally.get("annotators", Counter())),
            labels=by_question(tally.get("labels", Counter())),
            settled=by_question(tally.get("settled", Counter())),
            agreement=agreement_of(release),
            schema_versions=[release.label_schema.version, *map(int, tally.get("schemas", {}))],
            guideline_versions=[release.guideline.version, *map(int, tally.get("guidelines", {}))],
            licences=tally.get("licences", Counter()),
            languages=tally.get("languages", Counter()),
            software=settings.ASSAY_VERSION,
            more={
                "name": about["name"],
                "overlap": about["overlap"],
                "bad_items": about["bad_items"],
                **files_facts(release, included=any(file.path.startswith("files/") for file in files)),
            },
        ),
        files,
    )


def by_question(counts: Counter[str]) -> dict[str, dict[str, int]]:
    """Counts by question and label, of keys that join the two."""
    found: dict[str, dict[str, int]] = {}
    for key, count in sorted(counts.items()):
        question, label = key.split("\x1f", 1)
        found.setdefault(question, {})[label] = count
    return found
