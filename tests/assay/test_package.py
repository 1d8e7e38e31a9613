"""The package stands alone: its wheel holds the command, and runs without the rest of the repository."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.assay.releases import PUBLIC

PACKAGE = Path(__file__).parents[2] / "assay"
BUILD = "import setuptools.build_meta as made; made.build_wheel({folder!r})"


def test_its_wheel_runs_alone(folder: Path, tmp_path: Path) -> None:
    sources, site = tmp_path / "assay", tmp_path / "site"
    shutil.copytree(PACKAGE, sources, ignore=shutil.ignore_patterns("__pycache__", "build", "*.egg-info"))
    program = BUILD.format(folder=str(tmp_path))
    subprocess.run([sys.executable, "-c", program], cwd=sources, check=True, capture_output=True)
    [wheel] = tmp_path.glob("assay_verify-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    [entry] = site.glob("*.dist-info/entry_points.txt")
    assert "assay = assay.__main__:main" in entry.read_text()
    assert {path.name for path in site.iterdir()} == {"assay", entry.parent.name}
    alone = (
        "import sys, assay.__main__ as it; assert it.__file__.startswith(sys.path[0]); sys.exit(it.main())"
    )
    run = [sys.executable, "-c", f"import sys; sys.path[0] = {str(site)!r}; {alone}"]
    done = subprocess.run(
        [*run, "verify", str(folder), "--key", PUBLIC.hex()], check=False, cwd=tmp_path, capture_output=True
    )
    assert (done.returncode, done.stderr) == (0, b"")
