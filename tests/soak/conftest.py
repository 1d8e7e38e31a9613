"""The seed and the size of the long tests."""

import os

import pytest

SEED = int(os.environ.get("SOAK_SEED", "20261120"))
KILLS = int(os.environ.get("SOAK_KILLS", "50"))


def pytest_report_header(config: pytest.Config) -> str | None:
    """Say how to draw the same again."""
    return f"soak: SOAK_SEED={SEED} SOAK_KILLS={KILLS}" if "soak" in (config.getoption("-m") or "") else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is marked."""
    for item in items:
        if "tests/soak/" in item.nodeid:
            item.add_marker(pytest.mark.soak)
            item.add_marker(pytest.mark.stack)
            item.add_marker(pytest.mark.timeout(1800))


@pytest.fixture
def seed() -> int:
    """What every draw of a long test starts from."""
    return SEED


@pytest.fixture
def kills() -> int:
    """How many kill points a test wants."""
    return KILLS
