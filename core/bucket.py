"""One bucket of S3-compatible storage: objects are sent in parts, verified by reading them back, and read in ranges.

django-storages makes the connection. Checksums beyond the signature's are sent only where a call requires them: several
stores refuse what Amazon's newer clients send unasked. Its libraries are loaded by who first needs them.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from config.bucket import Bucket
from core.bucket_errors import StoreAway, StoreRefuses, refusal_of

PART = 16 * 1024 * 1024
"""Bytes of a part. A file of more than 10,000 of them is sent in larger ones."""
PARTS_AT_ONCE = 2
READ = 256 * 1024
SHA256 = "sha256"
"""The name of the metadata that says which content an object was sent with."""


class Store:
    """The objects of one bucket, by path below its prefix. Every call may raise StoreRefuses or StoreAway."""

    def __init__(self, bucket: Bucket) -> None:
        self.bucket = bucket
        self._storage = _storage(bucket)

    def check(self) -> None:
        """Ask whether the bucket is there and the keys open it."""
        with told():
            self._client.head_bucket(Bucket=self.bucket.name)

    def holds(self, path: str, sha256: str, size: int) -> bool:
        """Whether an object says that it is this file. `verify` asks its bytes."""
        head = self._head(path)
        if head is None or head["ContentLength"] != size:
            return False
        # Names of metadata are headers: some stores give them back in another case.
        return sha256 in {value for name, value in head["Metadata"].items() if name.lower() == SHA256}

    def size(self, path: str) -> int | None:
        """The bytes of an object; None where there is none."""
        head = self._head(path)
        return None if head is None else int(head["ContentLength"])

    def send(self, source: Path, path: str, sha256: str) -> None:
        """Upload a file, in parts where it is large; at most a few parts of it are in memory."""
        from boto3.s3.transfer import TransferConfig  # heavy, and only where there is a bucket

        config = TransferConfig(
            multipart_threshold=PART, multipart_chunksize=PART, max_concurrency=PARTS_AT_ONCE
        )
        with told():
            self._client.upload_file(
                Filename=str(source),
                Bucket=self.bucket.name,
                Key=self.bucket.key(path),
                ExtraArgs={"Metadata": {SHA256: sha256}, "ContentType": "application/octet-stream"},
                Config=config,
            )

    def verify(self, path: str, sha256: str, size: int) -> bool:
        """Whether reading the object back gives the content of that SHA-256.

        All of it is read, because nothing else is answered alike by all stores: what an ETag is depends on the parts
        and on how the store encrypts.
        """
        digest, count = hashlib.sha256(), 0
        with closing(self.open(path, 0, size)) as pieces:
            for piece in pieces:
                digest.update(piece)
                count += len(piece)
        return count == size and digest.hexdigest() == sha256

    def open(self, path: str, start: int, length: int) -> "Pieces":
        """The bytes from `start`, `length` of them. Raises StoreRefuses where the object is not there."""
        if not length:
            return Pieces(iter(()), None)
        with told():
            found = self._client.get_object(
                Bucket=self.bucket.name,
                Key=self.bucket.key(path),
                Range=f"bytes={start}-{start + length - 1}",
            )
        body = found["Body"]
        return Pieces(_told_of(body.iter_chunks(READ)), body)

    def forget_parts(self, path: str) -> None:
        """Have the store drop the parts of uploads below a path that nobody finished. Not every store knows how to."""
        names = {"Bucket": self.bucket.name, "Prefix": self.bucket.key(path)}
        try:
            with told("NoSuchUpload"):  # what some say where there are none
                found = self._client.list_multipart_uploads(**names)
                for upload in found.get("Uploads", []):
                    self._client.abort_multipart_upload(
                        Bucket=self.bucket.name, Key=upload["Key"], UploadId=upload["UploadId"]
                    )
        except StoreRefuses:
            return

    @property
    def _client(self) -> Any:
        return self._storage.connection.meta.client

    def _head(self, path: str) -> dict[str, Any] | None:
        heads: list[dict[str, Any]] = []
        with told("404"):
            heads.append(self._client.head_object(Bucket=self.bucket.name, Key=self.bucket.key(path)))
        return heads[0] if heads else None


class Pieces:
    """Bytes as they come; `close` gives the connection back, also where nobody has read them."""

    def __init__(self, pieces: Iterator[bytes], source: Any) -> None:
        self._pieces, self._source = pieces, source

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def close(self) -> None:
        """Let go of what is open behind it."""
        if self._source is not None:
            self._source.close()


@lru_cache(maxsize=8)
def store_at(bucket: Bucket) -> Store:
    """The store of a bucket, once a process."""
    return Store(bucket)


@contextmanager
def told(*passed: str) -> Iterator[None]:
    """Turn what the client raises into StoreRefuses or StoreAway; a code of `passed` only ends the block."""
    from boto3.exceptions import Boto3Error  # heavy, and only where there is a bucket
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError, Boto3Error) as error:
        code = error.response["Error"]["Code"] if isinstance(error, ClientError) else ""
        if code not in passed:
            raise refusal_of(error) from error


def _told_of(pieces: Iterable[bytes]) -> Iterator[bytes]:
    with told():
        yield from pieces


def _storage(bucket: Bucket) -> Any:
    from botocore.config import Config  # heavy, and only where there is a bucket
    from storages.backends.s3 import S3Storage

    return S3Storage(
        bucket_name=bucket.name,
        endpoint_url=bucket.endpoint or None,
        region_name=bucket.region or None,
        client_config=Config(
            signature_version="s3v4",
            s3={"addressing_style": bucket.addressing},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            connect_timeout=5,
            read_timeout=60,
            retries={"mode": "standard", "total_max_attempts": 4},
        ),
    )


__all__ = ["Pieces", "Store", "StoreAway", "StoreRefuses", "store_at"]
