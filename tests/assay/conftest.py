"""A small release that is good."""

from pathlib import Path

import pytest

from tests.assay.releases import build


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Its folder."""
    return build(tmp_path / "release")
