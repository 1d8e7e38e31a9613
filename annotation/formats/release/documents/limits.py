"""The limits of a release that can be read off its facts. What else its makers know stands in the policy's own text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotation.algorithms.statistic import FEW_ITEMS, FEW_WITH_LABEL
from annotation.formats.release.documents.facts import ALPHAS, Asked, Facts, Figure
from annotation.formats.release.documents.plain import escaped
from annotation.formats.release.documents.speaker import Speaker
from annotation.formats.release.format import SPLITS

WIDE = 0.2
"""An interval wider than this says little of a coefficient that goes to 1."""
LOW = 0.667
"""Below this Krippendorff draws no conclusions, not even tentative ones (Content Analysis, 2004, p. 241)."""
MOST_NAMED = 10

Limit = tuple[str, dict[str, Any]]


def limits_of(facts: Facts, speaker: Speaker) -> list[str]:
    """Each limit as a sentence."""
    found = [*_size(facts, speaker), *_languages(facts, speaker), *_origin(facts)]
    for question in facts.questions:
        found += [*_agreement(facts, question, speaker), *_gold(question, speaker)]
    found += _process(facts, speaker)
    return [speaker.say(f"limit_{code}", **params) for code, params in found]


def _size(facts: Facts, speaker: Speaker) -> Iterator[Limit]:
    if facts.items < FEW_ITEMS:
        yield "few_items", {"items": facts.items}
    for split, rows in facts.rows.items():
        if split != "train" and 0 < rows < FEW_ITEMS:
            yield "small_split", {"split": speaker.term("split", split), "rows": rows}
    for split in SPLITS:
        share = facts.splits.get("shares", {}).get(split, 0)
        if share > 0 and not facts.rows.get(split):
            yield "empty_split", {"split": speaker.term("split", split), "share": share}
    if facts.bad_items:
        yield "bad_items", {"items": facts.bad_items}


def _languages(facts: Facts, speaker: Speaker) -> Iterator[Limit]:
    for language, items in facts.languages.items():
        if not language:
            yield "no_language", {"items": items}
        elif items < FEW_ITEMS and len(facts.languages) > 1:
            named = speaker.name(facts.language_names.get(language, {}), language)
            yield "language", {"language": named, "items": items}


def _origin(facts: Facts) -> Iterator[Limit]:
    written = {"machines": 0, "unstated": 0}
    for right in facts.rights:
        if right.written_by in {"machines", "both"}:
            written["machines"] += right.items
        elif not right.written_by:
            written["unstated"] += right.items
    if written["machines"]:
        yield "machines", {"items": written["machines"]}
    if written["unstated"]:
        yield "written_unstated", {"items": written["unstated"]}


def _agreement(facts: Facts, question: Asked, speaker: Speaker) -> Iterator[Limit]:
    if question.kind in {"text", "boxes"}:
        return  # collected, not compared
    own = [one for one in facts.agreement if one.question == question.key]
    alphas = [one for one in own if one.measure in ALPHAS]
    named = speaker.code(question.key)
    reason = speaker.term("reason", alphas[0].reason if alphas else "")
    known = [one for one in alphas if one.value is not None]
    for one in known:
        yield from _known(one, speaker)
    other = next((one for one in own if one.value is not None), None)
    if other is None:
        yield "no_figure", {"question": named, "reason": reason}
    elif not known:
        measure = speaker.code(other.measure)
        yield "no_alpha", {"question": named, "reason": reason, "measure": measure, "value": other.value}


def _known(one: Figure, speaker: Speaker) -> Iterator[Limit]:
    """What an alpha leaves open; of spans it is that of a label."""
    named = speaker.code(f"{one.question}: {one.label}" if one.label else one.question)
    if one.low is None or one.high is None:
        yield "wide_interval", {"question": named, "low": "?", "high": "?"}
        return
    if one.high - one.low > WIDE:
        yield "wide_interval", {"question": named, "low": one.low, "high": one.high}
    if one.low < LOW:
        yield "low_agreement", {"question": named, "low": one.low}


def _gold(question: Asked, speaker: Speaker) -> Iterator[Limit]:
    named = speaker.code(question.key)
    rare = [escaped(label.text) for label in question.labels if label.gold < FEW_WITH_LABEL]
    if rare:
        yield "rare_label", {"question": named, "labels": speaker.listed(rare[:MOST_NAMED])}
    if single := question.settled.get("single", 0):
        yield "single", {"question": named, "gold": single}


def _process(facts: Facts, speaker: Speaker) -> Iterator[Limit]:
    if facts.process.suggestions:
        yield "suggestions", {}
    waived = {one.check for one in facts.waivers}
    for check in facts.checks:
        if check.asked and not check.passed and check.check in waived:
            yield "waived", {"check": speaker.name(check.names, check.check)}
    if facts.notes:
        yield "notes", {"notes": speaker.listed(map(escaped, facts.notes[:MOST_NAMED]))}
