"""Why a job failed: what the system and the stores say, in words."""

import errno
import os
import subprocess
import sys
import traceback

import pytest

from core.bucket_errors import REFUSED, StoreAway, StoreFull
from core.failures import sentence


def trace(error: Exception) -> str:
    """What a job stores of an error."""
    try:
        raise error
    except Exception:  # noqa: BLE001 (whatever was given)
        return traceback.format_exc(limit=-3)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/srv/gold.jsonl"),
            "disk that Assay writes to is full",
        ),
        (OSError(errno.EDQUOT, os.strerror(errno.EDQUOT)), "disk that Assay writes to is full"),
        (OSError(errno.EROFS, os.strerror(errno.EROFS)), "can only be read"),
        (OSError(errno.EIO, os.strerror(errno.EIO)), "Its disk may be full"),
        (StoreAway(), "does not answer now"),
        (StoreFull(), "is full"),
        (ValueError("[Errno"), "a mistake of its own"),
    ],
)
def test_what_was_raised_is_told_in_a_sentence(error: Exception, said: str) -> None:
    assert said in sentence(trace(error), "j1")


def test_what_a_store_refuses_is_told_with_what_to_do() -> None:
    for code, said in REFUSED.items():
        assert sentence(code, "j1").startswith(f"{said} Ask the operator")


WRITES = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
with open(sys.argv[1], "wb") as file:
    file.write(bytes(5000))
"""


def test_a_real_limit_of_the_system_is_understood(tmp_path: object) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WRITES, f"{tmp_path}/file"], capture_output=True, text=True, check=False
    )
    assert "may not write a file as large" in sentence(done.stderr, "j1")
