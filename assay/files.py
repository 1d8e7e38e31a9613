"""Every file of a release against its manifest, and the Merkle root over its rows. One pass, one line in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from assay import canonical
from assay.manifest import Listed, Manifest
from assay.merkle import Tree
from assay.problems import Broken, Problem
from assay.reading import MANIFEST, Source, lines, pieces

Say = Callable[[Problem], None]


def check_files(source: Source, manifest: Manifest, own: set[str], say: Say) -> None:
    """Tell `say` what is missing, changed or too much. `own` are the paths of manifest and envelope."""
    for found in source.names():
        if isinstance(found, Problem):
            say(found)
        elif found not in manifest.files and found not in own:
            say(Problem("extra", found))
    tree, rows = Tree(), set(manifest.row_files)
    for path in (*manifest.row_files, *(path for path in manifest.files if path not in rows)):
        try:
            if path in rows:
                _check_rows(source, manifest.files[path], tree, say)
            else:
                _check_file(source, manifest.files[path], say)
        except Broken as error:
            say(error.problem)
    if tree.count != manifest.count:
        say(Problem("rows_counted", MANIFEST, {"said": manifest.count, "found": tree.count}))
    if tree.root().hex() != manifest.root:
        say(Problem("root_differs", MANIFEST))


def _check_file(source: Source, listed: Listed, say: Say) -> None:
    digest, size = hashlib.sha256(), 0
    for piece in pieces(source, listed.path):
        digest.update(piece)
        size += len(piece)
        if size > listed.size:
            break  # too long already: there is nothing to learn from the rest
    _compare(listed, size, digest.hexdigest(), say)


def _check_rows(source: Source, listed: Listed, tree: Tree, say: Say) -> None:
    digest, size, count, is_fine = hashlib.sha256(), 0, 0, True
    for line in lines(source, listed.path):
        digest.update(line)
        size += len(line)
        count += 1
        code = row_problem(line)
        if code and is_fine:
            is_fine = False
            say(Problem(code, listed.path, {"row": count}))
        tree.append(line.removesuffix(b"\n"))
        if size > listed.size:
            break
    _compare(listed, size, digest.hexdigest(), say)
    if count != listed.rows:
        say(Problem("file_rows", listed.path, {"said": listed.rows, "found": count}))


def row_problem(line: bytes) -> str:
    """What is wrong with a line of the record, as a code; empty for nothing."""
    if not line.endswith(b"\n"):
        return "row_line_end"
    try:
        value = canonical.read(line[:-1])
    except canonical.NotCanonical as error:
        return f"row_not_canonical_{error.reason}"
    is_record = isinstance(value, dict) and isinstance(value.get("id"), str)
    return "" if is_record else "row_form"


def _compare(listed: Listed, size: int, digest: str, say: Say) -> None:
    if size != listed.size:
        over = {"said": listed.size, "found": size}
        say(Problem("longer" if size > listed.size else "shorter", listed.path, over))
    elif digest != listed.sha256:
        say(Problem("changed", listed.path))
