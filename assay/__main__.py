"""The command: `assay verify RELEASE --key KEY`, `assay prove`, `assay verify-row`, `assay show`.

Exit statuses: 0 good, 1 broken, 2 wrong use, 3 intact but of unknown origin (no key was given).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from assay import __version__
from assay.keys import read_keys
from assay.manifest import load_manifest
from assay.problems import Broken, WrongUse
from assay.proof import prove, verify_row
from assay.reading import source
from assay.told import as_json, check_lines, fact_lines, verdict_lines
from assay.verdict import BROKEN, STATUS, Verdict
from assay.verify import facts, verify
from assay.words import LANGUAGES, problem_line, say

WRONG_USE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status."""
    for stream in (sys.stdout, sys.stderr):  # a name of a file that is no Unicode is told all the same
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    act: Callable[[argparse.Namespace], int] = options.act
    try:
        return act(options)
    except WrongUse as error:
        print(problem_line(error.problem, options.lang), file=sys.stderr)  # noqa: T201 (a command prints)
        return WRONG_USE
    except Broken as error:
        print(problem_line(error.problem, options.lang), file=sys.stderr)  # noqa: T201
        return STATUS[BROKEN]


def _verify(options: argparse.Namespace) -> int:
    return _tell(verify(source(options.release), read_keys(options.key)), options)


def _verify_row(options: argparse.Namespace) -> int:
    row = _read(options.row) if options.row else None
    return _tell(verify_row(_read(options.proof), read_keys(options.key), row), options)


def _prove(options: argparse.Namespace) -> int:
    sys.stdout.buffer.write(prove(source(options.release), options.item))
    return 0


def _show(options: argparse.Namespace) -> int:
    manifest = load_manifest(source(options.release))
    lines = [
        *fact_lines(facts(manifest), "", options.lang),
        *check_lines(manifest.value["gate"], options.lang),
    ]
    print(*lines, say("unchecked", options.lang), sep="\n")  # noqa: T201
    return 0


def _tell(verdict: Verdict, options: argparse.Namespace) -> int:
    told = [as_json(verdict, options.lang)] if options.json else verdict_lines(verdict, options.lang)
    print(*told, sep="\n")  # noqa: T201
    return verdict.status


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WrongUse("unreadable", str(path), reason=error.strerror) from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="assay",
        description="Check a release of Assay, offline.",
        epilog="Exit status: 0 good, 1 broken, 2 wrong use, 3 intact but no key was given.",
    )
    parser.add_argument("--version", action="version", version=f"assay {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    verify_ = commands.add_parser("verify", help="check files, rows, signature and gate")
    verify_.add_argument("release", type=Path, metavar="RELEASE", help="its folder, or a tar of it")
    row = commands.add_parser("verify-row", help="check the proof of one row")
    row.add_argument("proof", type=Path, metavar="PROOF", help="what `assay prove` wrote")
    row.add_argument("--row", type=Path, help="a file with your copy of the row, which must be the same")
    prove_ = commands.add_parser("prove", help="write the proof that an item's row belongs to a release")
    prove_.add_argument("release", type=Path, metavar="RELEASE")
    prove_.add_argument("item", metavar="ITEM_ID")
    show = commands.add_parser("show", help="print what a release says of itself, unchecked")
    show.add_argument("release", type=Path, metavar="RELEASE")
    for one, act in ((verify_, _verify), (row, _verify_row), (prove_, _prove), (show, _show)):
        one.add_argument("--lang", choices=LANGUAGES, default="en", help="the language of what is said")
        one.set_defaults(act=act)
    for one in (verify_, row):
        one.add_argument("--json", action="store_true", help="print one JSON object")
        one.add_argument(
            "--key",
            action="append",
            default=[],
            metavar="PUBLIC_KEY",
            help="the publisher's key: Base64, hexadecimal, PEM or a file; several may be given, one must have signed",
        )
    return parser


if __name__ == "__main__":
    sys.exit(main())
