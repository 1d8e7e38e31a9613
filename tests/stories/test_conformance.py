"""The shared conformance suite of Label Studio's API, strictly, against a throw-away Assay on the run's database."""

import pytest

from tests.annotation.shared_data import shared
from tests.support.databases import Run
from tools import conformance

pytestmark = [pytest.mark.stack, pytest.mark.timeout(1200)]


def test_the_conformance_suite_passes(run: Run, capfd: pytest.CaptureFixture[str]) -> None:
    folder = shared("conformance/labelstudio")
    server = run.address.url("postgres") if run.address else ""
    failed = conformance.run(folder, server)
    said = capfd.readouterr().out
    assert not failed, said[-8000:]
    assert " passed" in said
