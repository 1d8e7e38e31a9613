"""What a card says of the work: people, guideline, process, agreement, gate, limits."""

from __future__ import annotations

from annotation.formats.release.documents.blocks import Block, Points, Section, Table, Words
from annotation.formats.release.documents.facts import Check, Counts, Facts, Figure
from annotation.formats.release.documents.limits import limits_of
from annotation.formats.release.documents.plain import escaped, paragraphs
from annotation.formats.release.documents.sections import counted
from annotation.formats.release.documents.speaker import Speaker

MOST_FIGURES = 500
"""Figures that are listed: a question about spans has one for each label. The manifest has them all."""


def people(facts: Facts, speaker: Speaker) -> Section:
    """Who annotated, in numbers."""
    who = facts.people
    classes = {code: speaker.name(who.class_names.get(code, {}), code) for code in who.classes}
    places = {code: speaker.name(who.jurisdiction_names.get(code, {}), code) for code in who.jurisdictions}
    years = {code: speaker.term("experience", code) for code in who.experience}
    return Section(
        speaker.say("people"),
        [
            Words(speaker.say("people_words", annotators=who.annotators, adjudicators=who.adjudicators)),
            counted(who.classes, _with_unknown(classes, speaker), speaker, "class", "persons"),
            counted(who.jurisdictions, _with_unknown(places, speaker), speaker, "jurisdiction", "persons"),
            counted(who.experience, _with_unknown(years, speaker), speaker, "experience", "persons"),
        ],
    )


def guideline(facts: Facts, speaker: Speaker) -> Section:
    """Under which instructions."""
    told = facts.guideline
    versions: Counts = told.answers
    changes = [[escaped(clause) or "–", speaker.term("change", kind)] for clause, kind in told.changes]
    return Section(
        speaker.say("guideline"),
        [
            Words(speaker.say("guideline_words", version=str(told.version), sha256=told.sha256)),
            counted(versions, {}, speaker, "guideline_version", "answers"),
            Table([speaker.say("clause"), speaker.say("change")], changes),
        ],
    )


def process(facts: Facts, speaker: Speaker) -> Section:
    """How answers were asked for and checked."""
    how = facts.process
    lines = [
        speaker.say(
            "policy_words",
            policy=speaker.term("policy", how.policy),
            overlap=how.overlap,
            overlap_max=how.overlap_max,
            rule=speaker.term("dispute_rule", how.dispute_rule),
        )
    ]
    if how.stop_at is not None:
        lines.append(speaker.say("stop_words", stop_at=how.stop_at))
    lines.append(speaker.say("blind_words", blind=how.blind, answers=how.answers))
    said = {
        "suggestions_words": how.suggestions,
        "no_suggestions_words": not how.suggestions,
        "qualified_words": how.qualified_only,
        "open_words": not how.qualified_only,
        "exam_words": how.exam,
        "undertaking_words": how.undertaking,
        "authors_words": how.bar_authors,
    }
    lines += [speaker.say(key) for key, holds in said.items() if holds]
    if how.control_answers:
        lines.append(speaker.say("control_words", right=how.control_right, answers=how.control_answers))
    if how.looks:
        lines.append(speaker.say("looks_words", looks=how.looks, same=how.looks_same))
    return Section(
        speaker.say("process"), [Points(lines), counted(how.per_item, {}, speaker, "per_item", "items")]
    )


def agreement(facts: Facts, speaker: Speaker) -> Section:
    """Agreement by question, with intervals, or why there is none."""
    rows = [_agreed(one, speaker) for one in facts.agreement[:MOST_FIGURES]]
    head = [speaker.say(key) for key in ("question", "measure", "value", "interval", "items")]
    blocks: list[Block] = [Words(speaker.say("agreement_words")), Table(head, rows)] if rows else []
    return Section(speaker.say("agreement"), blocks)


def settled(facts: Facts, speaker: Speaker) -> Section:
    """How the gold labels of each question came to be."""
    rows = [
        [
            speaker.cell(question.key),
            speaker.listed(
                f"{speaker.term('how', how)} {speaker.figure(count)}"
                for how, count in question.settled.items()
            ),
            speaker.figure(question.dissent),
        ]
        for question in facts.questions
    ]
    head = [speaker.say("question"), speaker.say("how"), speaker.say("dissent")]
    return Section(speaker.say("settled"), [Table(head, rows), Words(speaker.say("settled_words"))])


def gate(facts: Facts, speaker: Speaker) -> Section:
    """Each check with its figure, and the waivers with their reasons."""
    waived = {one.check for one in facts.waivers}
    names = {one.check: one.names for one in facts.checks}
    rows = [
        [speaker.name(one.names, one.check), speaker.told(one.says), speaker.say(verdict(one, waived))]
        for one in facts.checks
    ]
    waivers = [
        speaker.say(
            "waiver_words",
            check=speaker.name(names.get(one.check, {}), one.check),
            by=escaped(one.by),
            reason=escaped(one.reason),
        )
        for one in facts.waivers
    ]
    head = [speaker.say("check"), speaker.say("found"), speaker.say("verdict")]
    return Section(speaker.say("gate"), [Table(head, rows), Points(waivers)])


def verdict(check: Check, waived: set[str]) -> str:
    """The word for what became of a check."""
    if not check.asked:
        return "unasked"
    if check.passed:
        return "passed"
    return "waived" if check.check in waived else "failed"


def personal(facts: Facts, speaker: Speaker) -> Section:
    """What the check for personal data found."""
    if facts.personal is None:
        return Section(speaker.say("personal"), [Words(speaker.say("personal_none"))])
    found = facts.personal
    words = [Words(speaker.say("personal_words", found=found.found, open=found.open))]
    if found.unchecked:
        words.append(Words(speaker.say("personal_unchecked", items=found.unchecked)))
    if found.written:
        words.append(Words(speaker.say("personal_written", written=found.written)))
    return Section(speaker.say("personal"), words)


def limits(facts: Facts, speaker: Speaker) -> Section:
    """What is known to be lacking: read off the facts, and in the makers' own words."""
    found = limits_of(facts, speaker)
    own = [Words(text) for text in paragraphs(facts.limits)]
    return Section(
        speaker.say("limits"), [Points(found) if found else Words(speaker.say("limits_none")), *own]
    )


def end(facts: Facts, speaker: Speaker) -> list[Section]:
    """How it is checked, and whom to ask."""
    return [
        Section(speaker.say("verify"), [Words(speaker.say("verify_words"))]),
        Section(speaker.say("contact"), [Words(speaker.stated(facts.contact))]),
    ]


def _agreed(one: Figure, speaker: Speaker) -> list[str]:
    interval = f"{one.low:.3f} – {one.high:.3f}" if one.low is not None and one.high is not None else "–"
    value = f"{one.value:.3f}" if one.value is not None else speaker.term("reason", one.reason)
    named = f"{one.question}: {one.label}" if one.label else one.question
    return [speaker.cell(named), speaker.cell(one.measure), value, interval, speaker.figure(one.items)]


def _with_unknown(names: dict[str, str], speaker: Speaker) -> dict[str, str]:
    return {
        **names,
        "": speaker.say("none_shown"),
        "others": speaker.say("others"),
        "none": speaker.say("none_shown"),
    }
