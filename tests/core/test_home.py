"""The folder of a run of the tests: processes that run side by side do not share one."""

import os

from django.conf import settings


def test_each_process_of_the_tests_has_a_folder_of_its_own() -> None:
    assert str(settings.ASSAY_HOME) == os.environ["ASSAY_HOME"]
    assert settings.ASSAY_HOME.name.endswith(os.environ.get("PYTEST_XDIST_WORKER", ""))
