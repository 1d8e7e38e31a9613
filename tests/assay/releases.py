"""Small releases, written by the form of the manifest and by nothing else of Assay."""

import hashlib
import json
import tarfile
from copy import deepcopy
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from assay import canonical
from assay.envelope import ENVELOPE, seal, statement
from assay.manifest import FORMAT
from assay.merkle import HASH, Tree
from assay.problems import Problem
from assay.reading import MANIFEST, source
from assay.verdict import Verdict
from assay.verify import verify

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
PUBLIC = KEY.public_key().public_bytes_raw()
PASSED = {
    "passed": True,
    "checks": [{"check": "alpha", "passed": True, "asked": True, "figure": 0.9}],
    "waivers": [],
}


def rows(split: str, count: int) -> list[bytes]:
    """Lines of a record, without their ends."""
    texts = ("The tenant pays.", "承租人付款。", 'Line\r\nbreak "quoted"')
    return [
        canonical.write(
            {"id": f"{split}{at}", "split": split, "data": {"text": texts[at % 3]}, "share": at / 7}
        )
        for at in range(count)
    ]


def files() -> dict[str, bytes]:
    """What a small release holds: a record of two splits, a card, and a file of an item."""
    return {
        "gold/train.jsonl": joined(rows("train", 4)),
        "gold/test.jsonl": joined(rows("test", 1)),
        "README.md": "# Leases\n\n许可证 CC-BY-4.0\n".encode(),
        "files/ab.png": bytes(range(40)),
    }


def joined(lines: list[bytes]) -> bytes:
    """Lines with their ends."""
    return b"".join(line + b"\n" for line in lines)


def manifest_of(held: dict[str, bytes], **more: Any) -> dict[str, Any]:
    """The manifest of these files; `more` replaces fields."""
    tree = Tree()
    row_files = [path for path in ("gold/train.jsonl", "gold/test.jsonl") if path in held]
    for path in row_files:
        for line in held[path].removesuffix(b"\n").split(b"\n") if held[path] else ():
            tree.append(line)
    listed = [
        {
            "path": path,
            "sha256": hashlib.sha256(content).hexdigest(),
            "size": len(content),
            "rows": content.count(b"\n") if path.startswith("gold/") else None,
        }
        for path, content in sorted(held.items())
    ]
    return {
        "format": FORMAT,
        "name": "Leases",
        "organisation": {"uid": "o1", "name": "House"},
        "formats": ["record"],
        "gate": deepcopy(PASSED),
        "splits": {"rows": {"train": 4, "test": 1}},
        "rows": {"count": tree.count, "root": tree.root().hex(), "hash": HASH, "files": row_files},
        "files": listed,
        **more,
    }


def written(manifest: dict[str, Any]) -> bytes:
    """The file of a manifest."""
    return canonical.write(manifest) + b"\n"


def sealed(manifest: dict[str, Any], content: bytes | None = None, key: Ed25519PrivateKey = KEY) -> bytes:
    """The envelope of a manifest, signed."""
    public = key.public_key().public_bytes_raw()
    said = statement(manifest, content or written(manifest), public)
    return seal(said.payload, public, key.sign)


def build(
    folder: Path, held: dict[str, bytes] | None = None, *, key: Ed25519PrivateKey = KEY, **more: Any
) -> Path:
    """A whole release, signed. `more` replaces fields of its manifest."""
    held = files() if held is None else held
    manifest = manifest_of(held, **more)
    every = {**held, MANIFEST: written(manifest), ENVELOPE: sealed(manifest, key=key)}
    for path, content in every.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def sign_again(folder: Path, key: Ed25519PrivateKey = KEY) -> None:
    """Sign the manifest as it stands, whatever was done to it."""
    content = (folder / MANIFEST).read_bytes()
    (folder / ENVELOPE).write_bytes(sealed(json.loads(content), content, key))


def archived(folder: Path, path: Path, top: str = "") -> Path:
    """A tar of it as Assay sends one: the manifest first, no times, no owners, one end."""
    paths = sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file())
    with path.open("wb") as out:
        for name in sorted(paths, key=lambda one: (one != MANIFEST, one != ENVELOPE, one)):
            content = (folder / name).read_bytes()
            info = tarfile.TarInfo(f"{top}/{name}" if top else name)
            info.size, info.mode = len(content), 0o644
            out.write(info.tobuf(tarfile.PAX_FORMAT) + content + bytes(-len(content) % 512))
        out.write(bytes(1024))
    return path


def check(folder: Path, *keys: Ed25519PrivateKey) -> Verdict:
    """The verdict with these keys pinned (the publisher's own where none is given)."""
    publics = [key.public_key().public_bytes_raw() for key in keys or (KEY,)]
    return verify(source(folder), {hashlib.sha256(one).hexdigest(): one for one in publics})


def told(folder: Path, *keys: Ed25519PrivateKey) -> set[tuple[str, str]]:
    """Code and place of everything that is wrong."""
    return {_short(problem) for problem in check(folder, *keys).problems}


def _short(problem: Problem) -> tuple[str, str]:
    return problem.code, problem.where
