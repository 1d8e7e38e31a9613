"""Measure, part by part, each in a process of its own, and print the tables.

python -m benchmarks [part …]            # all parts, or those named
python -m benchmarks --write [part …]    # and put the tables into benchmarks/README.md
"""

import argparse
import subprocess
import sys

from benchmarks import peers, record

PARTS = (
    "work",
    "reference",
    "agreement",
    "coverage",
    "spans",
    "truth",
    "replay",
    "forecast",
    "folding",
    "dashboard",
    "release",
    "routing",
    "label_studio_export",
    "label_studio",
    "quality",
    "editor",
)
PEERED = {"agreement", "truth"}
"""Parts that compare with other people's packages, in an environment of their own (`peers`)."""


def main() -> None:
    """Run what is named. Ends with exit code 1 where a part failed; the others are still measured."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure and print tables.")
    asked.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    asked.add_argument("--write", action="store_true", help="put the tables into benchmarks/README.md")
    options = asked.parse_args()
    unknown = sorted(set(options.parts) - set(PARTS))
    if unknown:
        asked.error(f"no such part: {', '.join(unknown)}. Parts: {', '.join(PARTS)}.")
    parts = [part for part in PARTS if not options.parts or part in options.parts]
    if PEERED & set(parts):
        peers.prepare()
    failed = [part for part in parts if not _run(part, write=options.write)]
    if failed:
        sys.exit(f"These parts failed: {', '.join(failed)}.")


def _run(part: str, *, write: bool) -> bool:
    """Whether it came to its end. What it prints is passed on line by line, since some parts take minutes."""
    print(f"\n## {part}\n", flush=True)
    printed: list[str] = []
    command = [sys.executable, "-m", f"benchmarks.{part}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            printed.append(line)
    if process.returncode == 0 and write:
        record.put(part, "".join(printed))
    return process.returncode == 0


if __name__ == "__main__":
    main()
