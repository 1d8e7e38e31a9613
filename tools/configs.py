"""Which configs of a folder can be used: `.venv/bin/python -m tools.configs FOLDER [--write docs/configs.md]`.

Prints a Markdown table: each config by its file's name, whether it opens, and what is left out or why it is refused.
With `--write` the table takes the place of the one between the marks of that file.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from annotation.formats.labelling_config import ConfigInvalid, parse_config
from annotation.formats.messages_notes import NOTES

BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"
OPENS, REFUSED = "opens", "refused"


def told(source: str) -> tuple[str, str]:
    """Whether a config opens, and the notes or the reason, in English."""
    try:
        schema = parse_config(source)
    except ConfigInvalid as refusal:
        return REFUSED, refusal.message
    return OPENS, " ".join(NOTES[note["code"]] % note for note in schema.notes)


def lines(folder: Path) -> Iterator[str]:
    """The table of a folder's configs, in the order of their names."""
    rows = [(path.stem, *told(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.xml"))]
    opens = sum(status == OPENS for _, status, _ in rows)
    yield f"{opens} of {len(rows)} open."
    yield ""
    yield "| config | | left out, or why it is refused |"
    yield "| --- | --- | --- |"
    for name, status, reason in rows:
        yield f"| {name.replace('__', ': ')} | {status} | {_cell(reason)} |"


def replaced(text: str, table: str) -> str:
    """The text of a file with another table between its marks; raises ValueError without marks."""
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"no {BEGIN} … {END} in the file")
    return f"{before}{BEGIN}\n\n{table}\n{END}{after}"


def main() -> None:
    """Print the table, or write it into a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    table = "\n".join(lines(given.folder)) + "\n"
    if given.write:
        given.write.write_text(replaced(given.write.read_text(encoding="utf-8"), table), encoding="utf-8")
    else:
        print(table, end="")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;")


if __name__ == "__main__":
    main()
