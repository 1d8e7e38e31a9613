"""The signature of a release: an in-toto statement about its manifest in a DSSE envelope (`manifest.dsse.json`).

in-toto Statement v1: https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md. DSSE v1:
https://github.com/secure-systems-lab/dsse. Both files are canonical JSON; the envelope ends with a line end. It holds
one signature by Ed25519, and its `keyid` is the SHA-256 of the public key, which the statement holds too: an envelope
without a key beside it can still be checked for damage.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assay import canonical
from assay.encoding import base64_bytes, base64_text, is_digest
from assay.keys import LENGTH, key_id
from assay.problems import Broken

ENVELOPE = "manifest.dsse.json"
PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "tag:assay.example,2026:release/2"
"""What the predicate is: `format` of the manifest, `rows` (count, root, hash), `gate` (passed, number of waivers) and
`key`, the public key in base64."""
SUBJECT = "manifest.json"


@dataclass(frozen=True)
class Envelope:
    """A payload, and the one signature over it."""

    payload: bytes
    key_id: str
    signature: bytes


def pae(payload: bytes) -> bytes:
    """The bytes that are signed: DSSE's pre-authentication encoding."""
    kind = PAYLOAD_TYPE.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


@dataclass(frozen=True)
class Statement:
    """What is signed: the manifest's SHA-256 and format, its rows and gate, and the raw public key that signs."""

    manifest: str
    format: object
    key: bytes
    count: int
    root: str
    hash: object
    passed: bool
    waivers: int

    @property
    def payload(self) -> bytes:
        """The bytes of the statement."""
        return canonical.write(
            {
                "_type": STATEMENT_TYPE,
                "subject": [{"name": SUBJECT, "digest": {"sha256": self.manifest}}],
                "predicateType": PREDICATE_TYPE,
                "predicate": {
                    "format": self.format,
                    "key": base64_text(self.key),
                    "rows": {"count": self.count, "root": self.root, "hash": self.hash},
                    "gate": {"passed": self.passed, "waivers": self.waivers},
                },
            }
        )


def statement(manifest: Mapping[str, Any], content: bytes, public: bytes) -> Statement:
    """What is signed of a manifest whose file holds `content`."""
    rows, gate = manifest["rows"], manifest["gate"]
    return Statement(
        hashlib.sha256(content).hexdigest(),
        manifest["format"],
        public,
        rows["count"],
        rows["root"],
        rows["hash"],
        gate["passed"],
        len(gate["waivers"]),
    )


def seal(payload: bytes, public: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """The envelope's file. `sign` makes the Ed25519 signature of the key whose public part is given."""
    made = {
        "payload": base64_text(payload),
        "payloadType": PAYLOAD_TYPE,
        "signatures": [{"keyid": key_id(public), "sig": base64_text(sign(pae(payload)))}],
    }
    return canonical.write(made) + b"\n"


def read_envelope(content: bytes) -> Envelope:
    """The envelope of a file. Raises Broken for anything but the form that `seal` writes."""
    if not content.endswith(b"\n"):
        raise Broken("line_end_missing", ENVELOPE)
    try:
        value = canonical.read(content[:-1])
    except canonical.NotCanonical as error:
        raise Broken(f"not_canonical_{error.reason}", ENVELOPE) from error
    return _envelope_of(value)


def _envelope_of(value: Any) -> Envelope:
    signatures = value.get("signatures") if isinstance(value, dict) else None
    one = signatures[0] if isinstance(signatures, list) and len(signatures) == 1 else None
    if (
        not isinstance(one, dict)
        or value.keys() != {"payload", "payloadType", "signatures"}
        or one.keys() != {"keyid", "sig"}
        or value["payloadType"] != PAYLOAD_TYPE
        or not isinstance(one["keyid"], str)
    ):
        raise Broken("envelope_form", ENVELOPE)
    payload, signature = base64_bytes(value["payload"]), base64_bytes(one["sig"])
    if payload is None or signature is None:
        raise Broken("envelope_base64", ENVELOPE)
    return Envelope(payload, one["keyid"], signature)


def read_statement(payload: bytes) -> Statement:
    """The statement of a payload; raises Broken for anything but the form that `Statement.payload` has."""
    try:
        value = canonical.read(payload)
    except canonical.NotCanonical as error:
        raise Broken(f"not_canonical_{error.reason}", ENVELOPE) from error
    try:
        said = value["predicate"]
        rows, gate = said["rows"], said["gate"]
        found = Statement(
            value["subject"][0]["digest"]["sha256"],
            said["format"],
            base64_bytes(said["key"]) or b"",
            rows["count"],
            rows["root"],
            rows["hash"],
            gate["passed"],
            gate["waivers"],
        )
    except (KeyError, IndexError, TypeError) as error:
        raise Broken("statement_form", ENVELOPE) from error
    # Written again by the form that we know: nothing can stand beside it.
    if not _is_typed(found) or found.payload != payload:
        raise Broken("statement_form", ENVELOPE)
    return found


def _is_typed(found: Statement) -> bool:
    return (
        all(type(one) is int and one >= 0 for one in (found.count, found.waivers))
        and is_digest(found.manifest)
        and is_digest(found.root)
        and len(found.key) == LENGTH
        and isinstance(found.passed, bool)
    )
