"""What a machine lacks is skipped with a loud line; in CI (CI=true) it is a failure."""

import os

import pytest

IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
said: list[str] = []


def lacking(what: str, remedy: str) -> None:
    """Skip the test, or fail it in CI, and have the line repeated at the end of the run."""
    line = f"NOT HERE: {what}. To get it: {remedy}"
    if line not in said:
        said.append(line)
    if IN_CI:
        pytest.fail(line, pytrace=False)
    pytest.skip(line)
