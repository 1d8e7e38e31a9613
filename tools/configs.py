"""Which configs of a folder can be used: `.venv/bin/python -m tools.configs FOLDER [--write docs/configs.md]`.

Prints a Markdown table: each config by its file's name, what Label Studio says, whether it opens in the workspace, and
what is left out or why it is refused.
With `--write` the table takes the place of the one between the marks of that file.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from annotation.formats.label_studio_config import judge
from annotation.formats.labelling_config import ConfigInvalid, parse_config
from annotation.formats.messages_notes import worded

BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"
OPENS, REFUSED, VALID = "opens", "refused", "valid"


def told(source: str) -> tuple[str, str]:
    """Whether a config opens, and the notes or the reason, in English."""
    try:
        schema = parse_config(source)
    except ConfigInvalid as refusal:
        return REFUSED, refusal.message
    return OPENS, " ".join(worded(note) for note in schema.notes)


def verdict(source: str) -> str:
    """What Label Studio says of a config: that it is valid, or the mistake with its tag and line, in English."""
    refusal = judge(source).refusal
    return f"invalid: {refusal.message}" if refusal else VALID


def lines(folder: Path) -> Iterator[str]:
    """The table of a folder's configs, in the order of their names."""
    sources = [(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.xml"))]
    rows = [(name, verdict(source), *told(source)) for name, source in sources]
    opens = sum(status == OPENS for _, _, status, _ in rows)
    valid = sum(said == VALID for _, said, _, _ in rows)
    yield f"{opens} of {len(rows)} open; Label Studio takes {valid}."
    yield ""
    yield "| config | Label Studio says | in the workspace | left out, or why it is refused |"
    yield "| --- | --- | --- | --- |"
    for name, said, status, reason in rows:
        yield f"| {name.replace('__', ': ')} | {_cell(said)} | {status} | {_cell(reason)} |"


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
