"""The signature, checked by other people's libraries, and every form of an envelope but one refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from google.protobuf.json_format import Parse
from in_toto_attestation.v1.statement import Statement as InTotoStatement
from in_toto_attestation.v1.statement_pb2 import Statement as Message
from securesystemslib.dsse import Envelope as Dsse
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey  # type: ignore[attr-defined]

from assay import canonical
from assay.encoding import base64_text
from assay.envelope import ENVELOPE, PREDICATE_TYPE, pae, read_envelope, read_statement
from assay.keys import key_id, pem, read_key
from assay.problems import Broken, WrongUse
from tests.assay.releases import KEY, OTHER, PUBLIC, build, told


def foreign_key(public: bytes) -> SSlibKey:
    return SSlibKey(key_id(public), "ed25519", "ed25519", {"public": public.hex()})


def test_securesystemslib_verifies_the_envelope(folder: Path) -> None:
    dsse = Dsse.from_dict(json.loads((folder / ENVELOPE).read_bytes()))
    assert dsse.pae() == pae(dsse.payload)
    assert set(dsse.verify([foreign_key(PUBLIC)], 1)) == {key_id(PUBLIC)}
    with pytest.raises(VerificationError):
        dsse.verify([foreign_key(OTHER.public_key().public_bytes_raw())], 1)


def test_in_totos_library_reads_the_statement(folder: Path) -> None:
    payload = read_envelope((folder / ENVELOPE).read_bytes()).payload
    found = InTotoStatement.copy_from_pb(Parse(payload, Message()))  # unknown fields are an error
    found.validate()
    assert found.pb.predicate_type == PREDICATE_TYPE
    assert [one.name for one in found.pb.subject] == ["manifest.json"]
    assert found.pb.predicate["rows"]["count"] == 5


def test_the_same_release_is_signed_by_the_same_bytes(tmp_path: Path) -> None:
    first, second = build(tmp_path / "a"), build(tmp_path / "b")
    assert (first / ENVELOPE).read_bytes() == (second / ENVELOPE).read_bytes()


CHANGES: list[tuple[str, Any]] = [
    ("envelope_form", lambda one: one.update(more=1)),
    ("envelope_form", lambda one: one.pop("payloadType")),
    ("envelope_form", lambda one: one.update(payloadType="application/json")),
    ("envelope_form", lambda one: one["signatures"].append(one["signatures"][0])),
    ("envelope_form", lambda one: one["signatures"].clear()),
    ("envelope_form", lambda one: one["signatures"][0].update(cert="x")),
    ("envelope_form", lambda one: one["signatures"][0].pop("keyid")),
    ("envelope_form", lambda one: one["signatures"][0].update(keyid=1)),
    ("envelope_form", lambda one: one.update(signatures={})),
    ("envelope_base64", lambda one: one.update(payload=one["payload"] + "\n")),
    ("envelope_base64", lambda one: one.update(payload=None)),
    ("envelope_base64", lambda one: one["signatures"][0].update(sig=one["signatures"][0]["sig"].rstrip("="))),
    ("envelope_base64", lambda one: one["signatures"][0].update(sig="é")),
    ("key_other", lambda one: one["signatures"][0].update(keyid="0" * 64)),
    ("signature_wrong", lambda one: one["signatures"][0].update(sig=base64_text(bytes(64)))),
    ("signature_wrong", lambda one: one["signatures"][0].update(sig="")),
]


@pytest.mark.parametrize(("code", "change"), CHANGES)
def test_an_envelope_of_another_form_is_refused(folder: Path, code: str, change: Any) -> None:
    value = json.loads((folder / ENVELOPE).read_bytes())
    change(value)
    (folder / ENVELOPE).write_bytes(canonical.write(value) + b"\n")
    assert told(folder) == {(code, ENVELOPE)}


def test_base64_whose_last_bits_say_nothing_is_refused(folder: Path) -> None:
    """Standard decoders take it: it is another text of the same bytes."""
    value = json.loads((folder / ENVELOPE).read_bytes())
    text = value["signatures"][0]["sig"]  # 64 bytes: 86 characters, the last of which has 4 idle bits
    assert text.endswith(("A==", "Q==", "g==", "w=="))
    value["signatures"][0]["sig"] = f"{text[:85]}{chr(ord(text[85]) + 1)}=="
    (folder / ENVELOPE).write_bytes(canonical.write(value) + b"\n")
    assert told(folder) == {("envelope_base64", ENVELOPE)}


@pytest.mark.parametrize("content", [b"", b"\n", b"{}\n", b"[]\n", b"null\n", b'{"payload":1}\n'])
def test_garbage_is_no_envelope(content: bytes) -> None:
    with pytest.raises(Broken):
        read_envelope(content)


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.update(more=1),
        lambda one: one["predicate"].update(made="today"),
        lambda one: one["predicate"]["rows"].update(count=True),
        lambda one: one["predicate"]["rows"].update(count=-1),
        lambda one: one["predicate"]["gate"].update(passed=1),
        lambda one: one["predicate"].update(key="AA=="),
        lambda one: one["predicate"].pop("gate"),
        lambda one: one["subject"].append(one["subject"][0]),
        lambda one: one["subject"].clear(),
        lambda one: one.update(_type="https://in-toto.io/Statement/v0.1"),
        lambda one: one.update(predicateType="https://slsa.dev/provenance/v1"),
    ],
)
def test_a_statement_of_another_form_is_refused(folder: Path, change: Any) -> None:
    value = json.loads(read_envelope((folder / ENVELOPE).read_bytes()).payload)
    read_statement(canonical.write(value))
    change(value)
    with pytest.raises(Broken, match="statement_form"):
        read_statement(canonical.write(value))


def test_a_key_is_read_in_each_form(tmp_path: Path) -> None:
    text = pem(PUBLIC)
    der = KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    for number, form in enumerate((base64_text(PUBLIC), PUBLIC.hex(), PUBLIC.hex().upper(), text)):
        (tmp_path / str(number)).write_text(form + "\n", encoding="ascii")
        assert read_key(form) == read_key(str(tmp_path / str(number))) == PUBLIC
    (tmp_path / "der").write_bytes(der)
    for wrong in (
        "",
        "AAAA",
        "no-such-file",
        str(tmp_path),
        str(tmp_path / "der"),
        text[:60],
        PUBLIC.hex()[:-1],
    ):
        with pytest.raises(WrongUse):
            read_key(wrong)
