"""`Filter`: a box in which the labels of a question are searched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from annotation.formats.config_attributes import needed, plain_words, said, whole
from annotation.formats.config_notes import Notes
from annotation.formats.config_xml import ConfigInvalid, Node
from annotation.formats.offered import OFFERING
from annotation.formats.schema import Question

_MOST = 100


@dataclass(frozen=True)
class Search:
    """A box for the labels of the question `target`: its words while it is empty, its key, from how many signs on."""

    target: str
    placeholder: str
    hotkey: str | None
    least: int | None


def search_of(node: Node, questions: Mapping[str, Question], notes: Notes) -> Search:
    """Read a Filter; raises ConfigInvalid where it names no question."""
    target = needed(node, "toName")
    if target not in questions:
        raise ConfigInvalid("condition_unknown", tag=node.tag, line=node.line, name=target)
    least = whole(node, "minlength", maximum=_MOST, least=0)
    question = questions[target]
    if question.tag not in OFFERING:
        notes("filter_nothing", node, name=target)
    elif question.tag == "taxonomy" and (least or said(node, "hotkey")):
        notes("filter_taxonomy", node, name=target)
    words = plain_words(node, said(node, "placeholder"), "placeholder")
    return Search(target, words, said(node, "hotkey") or None, least)


def searched(question: Question, search: Search | None) -> Question:
    """The question with its box, where its labels can be searched."""
    if search is None or question.tag not in OFFERING:
        return question
    if question.tag == "taxonomy":  # it has a box of its own
        return replace(question, placeholder=question.placeholder or search.placeholder)
    return replace(
        question,
        filter=True,
        filter_placeholder=search.placeholder,
        filter_hotkey=search.hotkey,
        filter_least=search.least or None,
    )
