"""What a card says of the data: one structure, whatever its language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from annotation.formats.manifest import FileEntry
from annotation.formats.release.documents.blocks import Block, Code, Section, Table, Words
from annotation.formats.release.documents.facts import Asked, Counts, Facts
from annotation.formats.release.documents.plain import escaped, paragraphs
from annotation.formats.release.documents.speaker import Speaker
from annotation.formats.release.loadable import CARD

_BLOCKS = 10


def summary(facts: Facts, speaker: Speaker) -> Section:
    """What it is, in a few facts."""
    sector = speaker.name(facts.sector_names, facts.sector)
    organisation = escaped(facts.organisation)
    languages = [_language(facts, speaker, code) for code in facts.languages]
    stated = (
        ("sector", sector),
        ("languages", speaker.listed(languages) or speaker.say("none_stated")),
        ("licence", speaker.stated(facts.licence)),
        ("items", speaker.figure(facts.items)),
        ("organisation", organisation),
        ("version", f"`{facts.version}`"),
        ("software", f"Assay {escaped(facts.software)}"),
    )
    return Section(
        speaker.say("summary"),
        [
            Words(speaker.say("languages_links")),
            Words(speaker.say("intro", items=facts.items, sector=sector, organisation=organisation)),
            *map(Words, paragraphs(facts.description)),
            Words(speaker.say("days", first=facts.first_day, last=facts.last_day)),
            Table(
                [speaker.say("fact"), speaker.say("value")],
                [[speaker.say(key), value] for key, value in stated],
            ),
        ],
    )


def use(facts: Facts, speaker: Speaker) -> Section:
    """What it is for."""
    words = [Words(text) for text in paragraphs(facts.use)]
    return Section(speaker.say("use"), words or [Words(speaker.say("use_unstated"))])


def loading(facts: Facts, speaker: Speaker, files: Sequence[FileEntry]) -> Section:
    """How it is loaded, and what each format holds."""
    parquet = any(file.path.startswith("data/") for file in files)
    lines = (
        ["from datasets import load_dataset", "", 'dataset = load_dataset("PATH_OF_THIS_FOLDER")']
        if parquet
        else [
            "import json",
            "",
            'rows = [json.loads(line) for line in open("gold/train.jsonl", encoding="utf-8")]',
        ]
    )
    held = (file.path for file in files if not file.path.endswith(f"/{CARD}"))
    folders = Counter(path.split("/", 1)[0] for path in held if "/" in path)
    folder = {"parquet": "data", "record": "gold"}
    rows = [
        [speaker.cell(key), speaker.figure(records), speaker.figure(folders.get(folder.get(key, key), 0))]
        for key, records in facts.formats.items()
    ]
    head = [speaker.say("format"), speaker.say("records"), speaker.say("files")]
    return Section(
        speaker.say("load"),
        [Code("python", "\n".join(lines)), Words(speaker.say("load_words")), Table(head, rows)],
    )


def task(facts: Facts, speaker: Speaker) -> Section:
    """What is shown and what is asked, with the labels and how often each is gold."""
    blocks: list[Block] = [
        Words(speaker.say("shown")),
        Table(
            [speaker.say("field"), speaker.say("kind")],
            [[speaker.cell(one.key), speaker.term("field", one.kind)] for one in facts.fields],
        ),
        Table(
            [speaker.say("question"), speaker.say("kind"), speaker.say("asked"), speaker.say("gold")],
            [
                [
                    speaker.cell(one.key),
                    speaker.term("kind", one.kind),
                    escaped(one.title),
                    speaker.figure(one.gold),
                ]
                for one in facts.questions
            ],
        ),
    ]
    for question in facts.questions:
        blocks += _labels(question, speaker)
    return Section(speaker.say("task"), blocks)


def sources(facts: Facts, speaker: Speaker) -> Section:
    """Where the items come from, under which licences, and what was stated of them."""
    rows = [
        [speaker.stated(one.name), speaker.stated(one.licence), speaker.figure(one.items)]
        for one in facts.sources
    ]
    rights = [
        [
            speaker.stated(one.licence),
            speaker.stated(one.rights),
            speaker.term("written_by", one.written_by),
            speaker.stated(one.deidentified),
            speaker.figure(one.items),
        ]
        for one in facts.rights
    ]
    heads = ("source", "licence", "items"), ("licence", "rights", "written_by", "deidentified", "items")
    blocks: list[Block] = [
        Table([speaker.say(key) for key in heads[0]], rows),
        _more(facts.more_sources, speaker),
    ]
    blocks += [Table([speaker.say(key) for key in heads[1]], rights), _more(facts.more_rights, speaker)]
    return Section(speaker.say("sources"), blocks)


def splits(facts: Facts, speaker: Speaker) -> Section:
    """How the rows are split."""
    by = speaker.term("split_by", facts.splits.get("by", ""))
    shares = facts.splits.get("shares", {})
    blocks: list[Block] = [Words(speaker.say("splits_words", seed=str(facts.splits.get("seed", "")), by=by))]
    if question := facts.splits.get("stratify"):
        blocks.append(Words(speaker.say("stratified_words", question=speaker.code(question))))
    rows = [
        [speaker.cell(split), speaker.term("split", split), speaker.figure(count), percent(shares.get(split))]
        for split, count in facts.rows.items()
    ]
    blocks.append(Table([speaker.say("split"), "", speaker.say("rows"), speaker.say("share")], rows))
    return Section(speaker.say("splits"), blocks)


def percent(share: float | None) -> str:
    """A share of one as a percentage."""
    return "–" if share is None else f"{100 * share:.3g} %"


def counted(counts: Counts, names: dict[str, str], speaker: Speaker, head: str, unit: str) -> Table:
    """A table of counts, each with its name."""
    whole = sum(counts.values())
    rows = [[names.get(key, key), speaker.figure(count), bar(count, whole)] for key, count in counts.items()]
    return Table([speaker.say(head), speaker.say(unit), speaker.say("part")], rows)


def bar(count: int, whole: int) -> str:
    """A share as a bar of up to ten blocks, with its percentage."""
    share = count / whole if whole else 0
    return f"{'█' * round(_BLOCKS * share)} {percent(share)}".lstrip()


def _labels(question: Asked, speaker: Speaker) -> list[Block]:
    if not question.labels:
        return []
    rows = [
        [speaker.cell(one.key), escaped(one.text), speaker.figure(one.gold), bar(one.gold, question.carried)]
        for one in question.labels
    ]
    return [
        Words(speaker.say("labels_of", question=speaker.code(question.key))),
        Table([speaker.say("label"), "", speaker.say("carried"), speaker.say("part")], rows),
        _more(question.more_labels, speaker),
    ]


def _more(count: int, speaker: Speaker) -> Words:
    return Words(speaker.say("more", count=count) if count else "")


def _language(facts: Facts, speaker: Speaker, code: str) -> str:
    name = speaker.name(facts.language_names.get(code, {}), code) if code else speaker.say("none_stated")
    return f"{name} ({speaker.figure(facts.languages[code])})"
