"""Write one part of a release in every format, in one pass over its rows."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction

from annotation.algorithms.canonical import sha256_hex
from annotation.formats.messages import FormatError
from annotation.formats.release.format import Accompanied, Format, Lossy, Part, View, path_of
from annotation.formats.release.record import encode
from annotation.formats.release.registry import RECORD, chosen
from annotation.formats.release.rows import ReleaseRow
from annotation.models import Release, ReleaseFile
from annotation.models.release_manifest import COMPANION, parts_of_release
from annotation.models.release_rows import rows_between
from annotation.models.release_tally import Tally
from annotation.models.release_view import view_of
from annotation.problems import sentence
from annotation.stages.release.folders import workshop_of, write_durably
from core import faults, jobs


def write_part(running: jobs.Running) -> dict[str, Any]:
    """The child job: write the files of one part; its result counts what they hold."""
    args = running.job.args
    release = Release.objects.select_related("project__organisation", "label_schema").get(pk=args["release"])
    part = parts_of_release(release)[args["part"]]
    formats = chosen(release.formats)
    tally, view = Tally(), view_of(release)
    with ExitStack() as stack:
        files = [_File(running, release, part, one, stack) for one in formats]
        hashes = stack.enter_context(_partial(_leaves(release, args["part"]), running).open("wb"))
        _write(tally.counted(rows_between(release, part.first, part.last)), view, files, hashes)
        faults.point("release.shard")
        for file in files:
            file.sync()
        hashes.flush()
        os.fsync(hashes.fileno())
    with transaction.atomic():
        running.step()
        _partial(_leaves(release, args["part"]), running).replace(_leaves(release, args["part"]))
        for file in files:
            file.appear()
            if file.rows:
                list_file(
                    release,
                    file.format.key,
                    file.path,
                    file.sha256,
                    file.size,
                    shard=args["part"],
                    rows=file.rows,
                )
        for path, content in _companions(files, view):
            write_durably(workshop_of(release) / path, content)
            list_file(release, COMPANION, path, sha256_hex(content), len(content))
    records = {file.format.key: file.rows for file in files}
    lost = {f"{file.format.key}\x1f{name}": count for file in files for name, count in file.losses.items()}
    return {**tally.to_json(), "records": records, "lost": lost}


def _companions(files: "list[_File]", view: View) -> Iterator[tuple[str, bytes]]:
    """What stands beside the files that hold something, by path in the release."""
    for file in files:
        if file.rows and isinstance(file.format, Accompanied):
            folder = file.path.rpartition("/")[0]
            for path, content in file.format.companions(view).items():
                yield f"{folder}/{path}", content


def _write(rows: Iterable[ReleaseRow], view: View, files: "list[_File]", hashes: BinaryIO) -> None:
    """One pass over the rows. The record's line is made once, for its file and for the leaf of its hash."""
    record = next(file for file in files if file.format is RECORD)
    sinks = [(file, file.format.open(file, view)) for file in files if file is not record]
    try:
        for row in rows:
            line = encode(row)
            hashes.write(hashlib.sha256(b"\0" + line).digest())
            record.write(line + b"\n")
            record.rows += 1
            for file, sink in sinks:
                file.rows += sink.write(row)
        for file, sink in sinks:
            sink.close()
            if isinstance(sink, Lossy):
                file.losses = {name: count for name, count in sink.losses.items() if count}
    except Exception as error:
        for _file, sink in sinks:
            with suppress(
                Exception
            ):  # what some libraries hold open they would write to later, when it is gone
                sink.close()
        if isinstance(error, FormatError):
            raise jobs.Rejected(sentence(error.code, error.params)) from error
        raise


def leaves_files(release: Release) -> list[Path]:
    """The hashes of the rows, part by part."""
    return [_leaves(release, number) for number in range(len(parts_of_release(release)))]


def _leaves(release: Release, number: int) -> Path:
    return workshop_of(release) / f".leaves-{number:05d}"


def _partial(path: Path, running: jobs.Running) -> Path:
    return path.with_name(f"{path.name}.{running.token}.tmp")


def list_file(
    release: Release,
    format_: str,
    path: str,
    sha256: str,
    size: int,
    *,
    shard: int | None = None,
    rows: int = 0,
) -> None:
    """Write down a finished file."""
    ReleaseFile.objects.update_or_create(
        release=release,
        path=path,
        defaults={"format": format_, "shard": shard, "sha256": sha256, "size": size, "rows": rows},
    )


class _File:
    """A file of a part while it is written: hashes and counts, and appears under its name when it is whole."""

    def __init__(
        self, running: jobs.Running, release: Release, part: Part, format_: Format, stack: ExitStack
    ) -> None:
        self.format, self.path, self.rows = format_, path_of(format_, part), 0
        self.losses: dict[str, int] = {}
        self._place = workshop_of(release) / self.path
        self._place.parent.mkdir(parents=True, exist_ok=True)
        self._partial = _partial(self._place, running)
        self._out: BinaryIO = stack.enter_context(self._partial.open("wb"))
        self._sha, self.size = hashlib.sha256(), 0

    def write(self, content: bytes) -> int:
        self._sha.update(content)
        self.size += len(content)
        return self._out.write(content)

    def tell(self) -> int:
        return self.size

    @property
    def sha256(self) -> str:
        return self._sha.hexdigest()

    def sync(self) -> None:
        self._out.flush()
        os.fsync(self._out.fileno())

    def appear(self) -> None:
        """Take its place. A file without a record is none: loaders stumble over what is empty."""
        if self.rows:
            self._partial.replace(self._place)
        else:
            self._partial.unlink(missing_ok=True)
