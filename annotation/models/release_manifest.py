"""The manifest of a release, from what was frozen and what was counted while its rows were written."""

from collections import Counter
from typing import Any

from django.conf import settings

from annotation.formats.manifest import FileEntry, ReleaseFacts, build_manifest
from annotation.formats.release.format import Part, parts_of, path_of
from annotation.formats.release.registry import RECORD
from annotation.models.release import Release
from annotation.models.release_agreement import figures_of
from annotation.models.released_files import files_facts
from core.models import Job

Tally = dict[str, Counter[str]]
DOCUMENT, MANIFEST, COMPANION = "document", "manifest", "companion"
"""The `format` of files that hold no rows."""


def tally_of(job: Job) -> Tally:
    """What its parts counted, added up."""
    tally: Tally = {}
    for result in Job.objects.filter(parent=job).order_by("pk").values_list("result", flat=True).iterator():
        for name, counts in result.items():
            tally.setdefault(name, Counter()).update(counts)
    return tally


def agreement_of(release: Release) -> dict[str, list[dict[str, Any]]]:
    """By question, the figures that were measured of the state that is released."""
    agreement: dict[str, list[dict[str, Any]]] = {}
    for row in figures_of(release):
        agreement.setdefault(row.question, []).append(
            {"measure": row.measure, "label": row.label, "inputs_hash": row.inputs_hash, "seed": row.seed}
            | {"value": row.value, "low": row.low, "high": row.high, "reason": row.reason, "items": row.items}
        )
    return agreement


def manifest_of(release: Release, tally: Tally) -> dict[str, Any]:
    """The manifest as a JSON object."""
    about = release.about
    files = [
        FileEntry(file.path, file.sha256, file.size, None if file.shard is None else file.rows)
        for file in release.files.exclude(format=MANIFEST).order_by("path")
    ]
    return build_manifest(
        ReleaseFacts(
            project=release.project.uid,
            name=about["name"],
            organisation=about["organisation"],
            sector=about["sector"],
            licence=release.licence,
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
            splits=release.splits,
            formats=release.formats,
            gate=gate_of(release),
            rows={
                "count": release.items,
                "root": release.root,
                "hash": "rfc9162-sha256",
                "files": [path_of(RECORD, part) for part in parts_of_release(release)],
            },
            more={
                "overlap": about["overlap"],
                "bad_items": about["bad_items"],
                "lost": by_question(tally.get("lost", Counter())),
                **files_facts(release, included=any(file.path.startswith("files/") for file in files)),
            },
        ),
        files,
    )


def gate_of(release: Release) -> dict[str, Any]:
    """What was asked of it before it was published, and whose word stands for what it did not reach."""
    waivers = release.waivers.order_by("check_name").select_related("by")
    named = [{"check": one.check_name, "by": one.by.name, "reason": one.reason} for one in waivers]
    waived = {one["check"] for one in named}
    passed = all(row["passed"] or not row["asked"] or row["check"] in waived for row in release.gate)
    return {"passed": passed, "checks": release.gate, "waivers": named}


def parts_of_release(release: Release) -> list[Part]:
    """The parts of a frozen release, each of one split."""
    return parts_of(release.splits.get("rows", {}), release.about["part_rows"])


def by_question(counts: Counter[str]) -> dict[str, dict[str, int]]:
    """Counts by question and label, of keys that join the two."""
    found: dict[str, dict[str, int]] = {}
    for key, count in sorted(counts.items()):
        question, label = key.split("\x1f", 1)
        found.setdefault(question, {})[label] = count
    return found
