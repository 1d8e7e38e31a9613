"""A real S3 server on loopback: `rclone serve s3` over a folder."""

import resource
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from core import bucket as stores
from core.supervisor.child import die_with_parent

KEY, SECRET = "assay", "assay-secret"
BUCKET = "releases"


class S3:
    """The server of a folder. It can be stopped and started again, and keeps its port."""

    def __init__(self, folder: Path, *, largest: int | None = None) -> None:
        self.folder, self._largest = folder, largest
        (folder / BUCKET).mkdir(parents=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def address(self) -> str:
        """Of its bucket, as ASSAY_RELEASES takes it."""
        return self.at(BUCKET)

    def at(self, place: str) -> str:
        """The address of a bucket and prefix."""
        return f"s3://{place}?endpoint=http://127.0.0.1:{self.port}&region=us-east-1&addressing=path"

    def objects(self) -> dict[str, Path]:
        """What stands in the bucket, by key."""
        root = self.folder / BUCKET
        return {
            path.relative_to(root).as_posix(): path
            for path in sorted(root.rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        }

    def start(self) -> None:
        """Serve, and wait until it answers."""
        command = [
            Path(sys.executable).parent / "rclone",
            "serve",
            "s3",
            self.folder,
            "--config",
            "/dev/null",
        ]
        options = [
            "--addr",
            f"127.0.0.1:{self.port}",
            "--auth-key",
            f"{KEY},{SECRET}",
            "--log-level",
            "ERROR",
        ]
        self._process = subprocess.Popen(
            [str(word) for word in (*command, *options)],
            stderr=subprocess.DEVNULL,
            preexec_fn=self._limited(),  # noqa: PLW1509 - no thread runs yet
        )
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError("the S3 server does not answer")

    def stop(self) -> None:
        """As when its machine goes down."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _limited(self) -> Callable[[], None]:
        ours = die_with_parent()

        def limit() -> None:
            if ours:
                ours()
            if self._largest is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (self._largest, self._largest))

        return limit


@contextmanager
def serving(folder: Path, **options: Any) -> Iterator[S3]:
    """A server while the block runs."""
    server = S3(folder, **options)
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's keys in the environment, no proxy between, and no store left from another test."""
    for name in (
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "http_proxy",
        "https_proxy",
        "AWS_SESSION_TOKEN",
        "AWS_PROFILE",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    stores.store_at.cache_clear()


@pytest.fixture
def s3(tmp_path: Path, keys: None) -> Iterator[S3]:
    """A server with an empty bucket."""
    with serving(tmp_path / "s3") as server:
        yield server
