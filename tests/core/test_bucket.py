"""A bucket, against a real S3 server: sent in parts, read back, read in ranges; and every way it says no."""

import hashlib
import os
import signal
import subprocess
import sys
import tracemalloc
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from config.bucket import bucket
from core import bucket as stores
from core.bucket import PART, Store
from core.bucket_errors import REFUSED, StoreAway, StoreFull, StoreRefuses, refusal_of
from tests.support.s3 import S3, keys, s3, serving

__all__ = ["keys", "s3"]


def file_of(folder: Path, content: bytes) -> tuple[Path, str]:
    """A file and its SHA-256."""
    path = folder / "file"
    path.write_bytes(content)
    return path, hashlib.sha256(content).hexdigest()


def read(store: Store, path: str, start: int, length: int) -> bytes:
    with closing(store.open(path, start, length)) as pieces:
        return b"".join(pieces)


@pytest.fixture
def store(s3: S3) -> Store:
    return Store(bucket(s3.at("releases/some/prefix")))


@pytest.mark.parametrize("size", [0, 1, 1000, PART, 2 * PART + 77])
def test_what_is_sent_stands_there_and_is_read_in_any_range(store: Store, tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    source, sha256 = file_of(tmp_path, content)
    assert store.size("u/f") is None
    assert not store.holds("u/f", sha256, size)
    store.send(source, "u/f", sha256)
    assert store.size("u/f") == size
    assert store.holds("u/f", sha256, size)
    assert store.verify("u/f", sha256, size)
    assert not store.verify("u/f", hashlib.sha256(b"other").hexdigest(), size)
    for start, length in (
        (0, size),
        (size // 2, size - size // 2),
        (0, 0),
        (size, 0),
        (size // 3, size // 3),
    ):
        assert read(store, "u/f", start, length) == content[start : start + length]


def test_another_content_of_the_same_length_is_not_held(store: Store, tmp_path: Path) -> None:
    source, sha256 = file_of(tmp_path, b"gold")
    store.send(source, "u/f", sha256)
    assert not store.holds("u/f", hashlib.sha256(b"bold").hexdigest(), 4)
    assert not store.holds("u/f", sha256, 5)


def test_bytes_that_rot_in_the_store_are_seen(store: Store, s3: S3, tmp_path: Path) -> None:
    source, sha256 = file_of(tmp_path, b"gold")
    store.send(source, "u/f", sha256)
    s3.objects()["some/prefix/u/f"].write_bytes(b"bold")
    assert not store.verify("u/f", sha256, 4)


def test_no_checksum_is_sent_that_a_store_may_not_know(store: Store, tmp_path: Path) -> None:
    """Several stores refuse Amazon's CRC headers and trailers."""
    sent: list[dict[str, Any]] = []
    store._client.meta.events.register("before-send.s3", lambda request, **_: sent.append(request.headers))
    for size in (10, PART + 1):
        source, sha256 = file_of(tmp_path, bytes(size))
        store.send(source, "u/f", sha256)
    names = {name.lower() for headers in sent for name in headers}
    assert len(sent) == 1 + 4  # one in one go; begun, two parts, ended
    assert not [
        name for name in names if "checksum" in name or "trailer" in name or ("sdk" in name and "crc" in name)
    ]
    assert not [one for one in sent if b"aws-chunked" in str(one.get("Content-Encoding", "")).encode()]


def test_a_large_file_is_never_in_memory(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "large"
    with source.open("wb") as out:
        out.truncate(6 * PART)
    digest = hashlib.sha256(bytes(6 * PART)).hexdigest()
    store.size("u/f")  # the libraries are loaded
    tracemalloc.start()
    store.send(source, "u/f", digest)
    assert store.verify("u/f", digest, 6 * PART)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * PART


def test_parts_that_nobody_finished_are_dropped_and_others_stay(store: Store) -> None:
    client, name = store._client, store.bucket.name
    for path in ("u/half", "other/half"):
        key = store.bucket.key(path)
        begun = client.create_multipart_upload(Bucket=name, Key=key)["UploadId"]
        client.upload_part(Bucket=name, Key=key, UploadId=begun, PartNumber=1, Body=b"x" * 5_300_000)
    store.forget_parts("u/")
    left = client.list_multipart_uploads(Bucket=name)["Uploads"]
    assert [one["Key"] for one in left] == ["some/prefix/other/half"]


KILLED = """
import os, signal, sys
from pathlib import Path
from config.bucket import bucket
from core.bucket import Store
import django; django.setup()
store, answered = Store(bucket(sys.argv[1])), []
def die(**_):
    answered.append(1)
    if len(answered) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
store._client.meta.events.register("after-call.s3.UploadPart", die)
store.send(Path(sys.argv[2]), "u/f", sys.argv[3])
"""


def test_a_process_killed_between_two_parts_leaves_nothing_that_is_seen(
    store: Store, s3: S3, tmp_path: Path
) -> None:
    content = os.urandom(4 * PART)
    source, sha256 = file_of(tmp_path, content)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, store.bucket.address, str(source), sha256],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": os.getcwd()},
        check=False,
        timeout=60,
    )
    assert done.returncode == -signal.SIGKILL
    assert store.size("u/f") is None
    store.forget_parts("u/")
    assert "Uploads" not in store._client.list_multipart_uploads(Bucket=store.bucket.name)
    store.send(source, "u/f", sha256)
    assert store.verify("u/f", sha256, len(content))


def test_no_bucket_and_wrong_keys_are_told_apart(
    s3: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, sha256 = file_of(tmp_path, b"gold")
    nowhere = Store(bucket(s3.at("nowhere")))
    assert _code(nowhere.check) == "bucket_missing"
    assert _code(lambda: nowhere.send(source, "u/f", sha256)) == "bucket_missing"
    here = Store(bucket(s3.address))
    here.check()
    assert _code(lambda: here.open("u/none", 0, 5)) == "bucket_object"
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    wrong = Store(bucket(s3.address))
    assert _code(wrong.check) == "bucket_forbidden"
    assert _code(lambda: wrong.send(source, "u/f", sha256)) == "bucket_keys"
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert _code(Store(bucket(s3.address)).check) == "bucket_no_keys"


def _code(act: Any) -> str:
    with pytest.raises(StoreRefuses) as refusal:
        act()
    return refusal.value.code


def test_a_server_that_is_down_may_be_tried_again(store: Store, s3: S3, tmp_path: Path) -> None:
    source, sha256 = file_of(tmp_path, os.urandom(1000))
    s3.stop()
    for act in (store.check, lambda: store.send(source, "u/f", sha256), lambda: store.open("u/f", 0, 5)):
        with pytest.raises(StoreAway) as refusal:
            act()
        assert (refusal.value.status, refusal.value.wait) == (503, 30)
    s3.start()
    store.send(source, "u/f", sha256)
    assert store.verify("u/f", sha256, 1000)


def test_a_server_that_goes_down_while_it_is_read_is_told(store: Store, s3: S3, tmp_path: Path) -> None:
    source, sha256 = file_of(tmp_path, os.urandom(3 * PART))
    store.send(source, "u/f", sha256)
    with closing(store.open("u/f", 0, 3 * PART)) as pieces:
        waiting = iter(pieces)
        assert next(waiting)
        s3.stop()
        with pytest.raises(StoreAway):
            list(waiting)


def test_a_store_that_cannot_write_is_told(tmp_path: Path, keys: None) -> None:
    """The server may write no file beyond a megabyte, as on a full disk."""
    source, sha256 = file_of(tmp_path, os.urandom(3_000_000))
    with serving(tmp_path / "s3", largest=1_000_000) as small:
        store = Store(bucket(small.address))
        with pytest.raises(StoreAway):
            store.send(source, "u/f", sha256)
        assert store.size("u/f") is None


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("QuotaExceeded", 403, StoreFull),
        ("XMinioStorageFull", 507, StoreFull),
        ("AccessDenied", 403, StoreRefuses),
        ("AuthorizationHeaderMalformed", 400, StoreRefuses),
        ("EntityTooLarge", 400, StoreRefuses),
        ("SlowDown", 503, StoreAway),
        ("RequestTimeout", 400, StoreAway),
        ("InternalError", 500, StoreAway),
        ("NeverHeardOf", 502, StoreAway),
    ],
)
def test_what_stores_say_with_their_codes(code: str, status: int, kind: type) -> None:
    from botocore.exceptions import ClientError

    error = ClientError(
        {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}, "PutObject"
    )
    assert type(refusal_of(error)) is kind


def test_every_refusal_has_a_sentence() -> None:
    for code in REFUSED:
        assert StoreRefuses(code=code).sentence == str(REFUSED[code])


def test_a_process_has_one_store_for_a_bucket(s3: S3) -> None:
    assert stores.store_at(bucket(s3.address)) is stores.store_at(bucket(s3.address))
