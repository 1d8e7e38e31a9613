"""Compile every `.po` catalogue to the `.mo` that gettext reads: `.venv/bin/python -m tools.compile_messages`.

Babel does it, so that no machine needs GNU gettext to run Assay.
"""

import sys
from pathlib import Path

from babel import UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from tools.steps import ROOT, files


def compile_catalogue(source: Path) -> int:
    """Write the `.mo` beside `locale/<language>/LC_MESSAGES/<domain>.po`; return how many messages it holds.

    Raises `PoFileError`, and `UnknownLocaleError` for a folder that is no language.
    """
    language = source.parts[-3]  # without it Babel leaves out the rule of plurals
    with source.open("rb") as reader:
        catalogue = read_po(reader, locale=language, abort_invalid=True)
    target = source.with_suffix(".mo")
    partial = target.with_suffix(".partial")
    with partial.open("wb") as writer:
        write_mo(writer, catalogue)
    partial.replace(target)  # a server that runs never reads half a catalogue
    return sum(1 for message in catalogue if message.id and message.string)


def main() -> None:
    """Compile all; say how many messages each has; fail when one cannot be read."""
    failed = False
    for source in files(ROOT, suffix=".po"):
        try:
            print(f"  {source.relative_to(ROOT)}: {compile_catalogue(source)} messages")
        except (PoFileError, UnknownLocaleError) as error:
            print(f"  {source.relative_to(ROOT)}: {error}", file=sys.stderr)
            failed = True
    sys.exit(failed)


if __name__ == "__main__":
    main()
