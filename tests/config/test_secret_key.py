"""Without a secret key Assay does not start, and says so in one line."""

import os
import subprocess
import sys
from pathlib import Path


def start(home: Path, key: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ASSAY_HOME": str(home),
        "SECRET_KEY": key,
    }
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_it_does_not_start_without_a_secret_key(tmp_path: Path) -> None:
    ended = start(tmp_path, "")
    assert ended.returncode != 0
    assert len(ended.stderr.splitlines()) == 1
    assert "SECRET_KEY is missing" in ended.stderr


def test_it_does_not_start_with_a_short_secret_key(tmp_path: Path) -> None:
    assert start(tmp_path, "short").returncode != 0


def test_it_takes_the_key_that_set_up_has_kept(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("k" * 50)
    assert start(tmp_path, "").returncode == 0


def test_debug_is_off_and_no_wildcard_host_is_answered(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("k" * 50)
    program = "from config import settings as s; print(s.DEBUG, '*' in s.ALLOWED_HOSTS)"
    environment = {**os.environ, "ASSAY_HOME": str(tmp_path), "SECRET_KEY": "", "PYTHONPATH": os.getcwd()}
    for name in ("DEBUG", "ALLOWED_HOSTS"):
        environment.pop(name, None)
    said = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["False", "False"]
