"""What `make demo` does before Assay starts: its key, and starting over."""

import stat
from pathlib import Path

import pytest

from core.supervisor.guard import only_one
from tools import demo


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that a demo has used."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    folder = tmp_path / "home"
    (folder / "run").mkdir(parents=True)
    demo.make_secret_key(folder / "secret_key")
    return folder


def test_the_secret_key_is_made_once_and_private(home: Path) -> None:
    key = (home / "secret_key").read_text()
    demo.make_secret_key(home / "secret_key")
    assert (home / "secret_key").read_text() == key
    assert len(key) > 50
    assert stat.S_IMODE((home / "secret_key").stat().st_mode) == 0o600


def test_starting_over_removes_the_folder(home: Path) -> None:
    demo.start_over(home)
    assert not home.exists()


def test_starting_over_without_a_folder_is_nothing(tmp_path: Path) -> None:
    demo.start_over(tmp_path / "never")


def test_it_does_not_remove_the_folder_of_a_running_assay(home: Path) -> None:
    with only_one(home, home / "run"), pytest.raises(SystemExit, match="Stop it before FRESH=1"):
        demo.start_over(home)
    assert home.exists()


def test_it_does_not_remove_a_folder_it_did_not_make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(SystemExit, match="Nothing was deleted"):
        demo.start_over(tmp_path)
    assert (tmp_path / "thesis.txt").exists()


def test_it_does_not_promise_to_empty_another_database(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://db/assay")
    with pytest.raises(SystemExit, match="DATABASE_URL"):
        demo.start_over(home)
    assert home.exists()
