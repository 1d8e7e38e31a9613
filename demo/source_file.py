"""Reads the example's source files: a header line per item, then its marked-up text up to the next header.

    %auto P: the Supplier; the Customer
    @ 001 payment 2 | d=.1 like=other g=harrow-vale-supply crlf
    {P|Harrowgate Tools Ltd} {O|shall pay …}

Before the bar stand the reference and the answers of the sector's questions, in order; after it the
difficulty (0..1), the label an unsure expert would take instead, the document, and `crlf` for texts
whose line ends are CRLF.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from demo.markup import MarkupError, Span, find_terms, parse

HERE = Path(__file__).parent

Value = str | float | list[str]


@dataclass(frozen=True)
class Sector:
    """How a sector's source is written: the label of each code, and the questions in order."""

    codes: dict[str, str]
    questions: tuple[str, ...]
    main: str


SECTORS: dict[str, Sector] = {
    "legal": Sector(
        {"P": "Party", "A": "Amount", "D": "Date", "O": "Obligation"}, ("clause_type", "risk"), "clause_type"
    ),
    "healthcare": Sector(
        {"D": "Disease", "R": "Drug", "Q": "Dose", "S": "Symptom", "B": "Body"},
        ("urgency", "findings"),
        "urgency",
    ),
    "finance": Sector({"C": "Company", "A": "Amount", "M": "Metric"}, ("sentiment", "guidance"), "sentiment"),
}


@dataclass(frozen=True)
class SourceItem:
    """One text with everything that is known about it."""

    ref: str
    text: str
    group: str
    answers: dict[str, Value]
    mentions: tuple[Span, ...]
    difficulty: float
    confusable: dict[str, str] = field(default_factory=dict)


def read_source(key: str) -> list[SourceItem]:
    """The items of `source/KEY.txt`; raises MarkupError naming the item whose markup is wrong."""
    sector = SECTORS[key.partition("-")[0]]
    items: list[SourceItem] = []
    auto: list[str] = []
    code = ""
    header, body = "", [""]

    def close() -> None:
        if header:
            items.append(_item(key, sector, header, "\n".join(body).strip("\n"), auto, code))

    for line in (HERE / "source" / f"{key}.txt").read_text("utf-8").splitlines():
        if line.startswith(("@ ", "%auto ")):
            close()
            header, body = (line[2:], []) if line.startswith("@ ") else ("", [])
        if line.startswith("%auto "):
            code, _, terms = line.removeprefix("%auto ").partition(":")
            auto = [term.strip() for term in terms.split(";")]
        elif not line.startswith(("@ ", "# ")):
            body.append(line)
    close()
    return items


def _item(key: str, sector: Sector, header: str, marked: str, auto: list[str], code: str) -> SourceItem:
    left, _, right = header.partition("|")
    number, *answers = left.split()
    options = dict(option.split("=", 1) for option in right.split() if "=" in option)
    if "crlf" in right.split():
        marked = marked.replace("\n", "\r\n")
    try:
        text, spans = parse(marked, sector.codes)
    except MarkupError as problem:
        raise MarkupError(f"{key} {number}: {problem}") from problem
    if auto:
        spans = sorted({*spans, *find_terms(text, auto, sector.codes[code])})
    return SourceItem(
        ref=f"{key}-{number}",
        text=text,
        group=f"{key}-{options['g']}",
        answers=_answers(sector, answers),
        mentions=tuple(spans),
        difficulty=float(options["d"]),
        confusable={sector.main: options["like"]} if "like" in options else {},
    )


def _answers(sector: Sector, given: list[str]) -> dict[str, Value]:
    answers: dict[str, Value] = {}
    for question, value in zip(sector.questions, given, strict=True):
        if question == "findings":
            answers[question] = sorted(value.split(","))
        elif question in {"risk", "guidance"}:
            if value != "-":
                answers[question] = float(value)
        else:
            answers[question] = value
    return answers
