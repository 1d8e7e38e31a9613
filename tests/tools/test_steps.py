"""A set-up step runs when it has to, and only then."""

from pathlib import Path

import pytest

from tools.steps import call, digest, files, step


def test_a_step_is_skipped_until_its_inputs_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done: list[str] = []
    for inputs in ("one", "one", "two"):
        step("a step", "working", lambda: done.append("x"), inputs=inputs, made=tmp_path, stamps=tmp_path)
    assert len(done) == 2
    assert capsys.readouterr().out == "a step: working\na step: up to date\na step: working\n"


def test_a_step_runs_again_when_what_it_made_is_gone(tmp_path: Path) -> None:
    made = tmp_path / "made"
    done: list[str] = []

    def make() -> None:
        made.touch()
        done.append("x")

    for _ in range(2):
        step("a step", "working", make, inputs="one", made=made, stamps=tmp_path)
        made.unlink()
    assert len(done) == 2


def test_a_step_that_failed_is_done_again(tmp_path: Path) -> None:
    def fail() -> None:
        raise SystemExit("no")

    done: list[str] = []
    step("a step", "working", lambda: done.append("x"), inputs="one", made=tmp_path, stamps=tmp_path)
    with pytest.raises(SystemExit):
        step("a step", "working", fail, inputs="two", made=tmp_path, stamps=tmp_path)
    step("a step", "working", lambda: done.append("x"), inputs="one", made=tmp_path, stamps=tmp_path)
    assert len(done) == 2


def test_files_leave_out_what_tools_make(tmp_path: Path) -> None:
    for name in ("b.po", "a.po", "node_modules/c.po", "deep/d.po", "deep/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    found = [str(path.relative_to(tmp_path)) for path in files(tmp_path, suffix=".po")]
    assert found == ["a.po", "b.po", "deep/d.po"]


def test_a_digest_depends_on_words_as_well_as_files() -> None:
    assert digest([], "node 20") != digest([], "node 24")


def test_a_command_that_fails_ends_with_one_line() -> None:
    with pytest.raises(SystemExit, match="Failed with exit code 3: sh -c 'exit 3'"):
        call("sh", "-c", "exit 3")
