"""A real broker for tests of what is kept in it besides jobs."""

import subprocess
import time
from collections.abc import Iterator

import pytest

from core.supervisor.broker import broker


@pytest.fixture(scope="session")
def counting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a broker of its own."""
    program, url = broker(tmp_path_factory.mktemp("broker"))
    process = subprocess.Popen(program.argv)
    end = time.monotonic() + 20
    while not (program.ready and program.ready()) and time.monotonic() < end:
        time.sleep(0.05)
    yield url
    process.terminate()
    process.wait()
