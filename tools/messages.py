"""Bring the Chinese catalogue up to date with the code: `.venv/bin/python -m tools.messages`. Needs GNU gettext.

The catalogue names the file of each string, without its line, so that a moved line changes nothing here. After it has
run, translate what is empty and check what is marked fuzzy; `tests/i18n` fails until that is done.
"""

import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.steps import ROOT

LANGUAGE = "zh_Hans"
CATALOGUE = Path("locale", LANGUAGE, "LC_MESSAGES", "django.po")
SOURCES = ("annotation", "config", "core", "experts", "templates")
"""Where strings for people are. The example's texts and the programs that set Assay up are not translated."""
LOADED = ("assay",)
"""What `manage.py` needs besides: the verifier speaks without Django and has no string in the catalogue."""

_CREATED = re.compile(r'^"POT-Creation-Date: .*\n', re.MULTILINE)


def gettext_is_here() -> bool:
    """Whether the machine has what `makemessages` calls."""
    return all(shutil.which(program) for program in ("xgettext", "msgmerge", "msgattrib", "msguniq"))


def update(root: Path) -> None:
    """Rewrite the catalogue of the tree at `root`: new strings empty, changed ones fuzzy, strings no longer used gone.

    Raises `CalledProcessError` when `makemessages` fails.
    """
    others = [path.name for path in root.iterdir() if path.is_dir() and path.name not in SOURCES]
    ignored = [option for name in sorted(others) for option in ("--ignore", name)]
    with tempfile.TemporaryDirectory() as home:
        subprocess.run(
            [
                *(sys.executable, "manage.py", "makemessages", "--locale", LANGUAGE, "--verbosity", "0"),
                *("--no-obsolete", "--no-wrap", "--add-location", "file", *ignored),
            ],
            cwd=root,
            env={**os.environ, "ASSAY_HOME": home, "SECRET_KEY": secrets.token_hex(32)},
            check=True,
        )
    catalogue = root / CATALOGUE
    catalogue.write_text(_CREATED.sub("", catalogue.read_text("utf-8")), "utf-8")


def main() -> None:
    """Update the clone's catalogue."""
    if not gettext_is_here():
        raise SystemExit("GNU gettext is not here. To get it: apt-get install gettext")
    update(ROOT)


if __name__ == "__main__":
    main()
