"""`requiredFor`, Assay's own: every turn of a dialogue needs a mark, or every region with some labels a relation."""

from __future__ import annotations

from collections.abc import Sequence

from annotation.formats.config_attributes import invalid, listed, said, unsupported
from annotation.formats.config_xml import ConfigInvalid, Node
from annotation.formats.schema import Field, Question
from annotation.formats.shown import TURNS
from annotation.formats.tags import MARKING

TURN = "turns"


def required_for(
    node: Node, question: Question, field: Field, questions: Sequence[Question]
) -> tuple[str, ...]:
    """What every one of needs an answer: "turns", or keys of labels; raises ConfigInvalid."""
    wanted = said(node, "requiredFor")
    if not wanted:
        return ()
    marking = [one for one in questions if one.tag in MARKING and not one.per_region]
    if question.tag == "relations":
        return _labels(
            node, wanted, [one for one in marking if one.field in (question.field, *question.also)]
        )
    written = any(one.tag == "chat" and one.field == field.name for one in questions)
    if question not in marking or field.kind not in TURNS or written:
        raise unsupported(node, "requiredFor")
    if wanted.lower() != TURN:
        raise invalid(node, "requiredFor", TURN)
    return (TURN,)


def _labels(node: Node, wanted: str, marking: Sequence[Question]) -> tuple[str, ...]:
    known = {words: label.key for one in marking for label in one.labels for words in (label.text, label.key)}
    for value in listed(wanted):
        if value not in known:
            raise ConfigInvalid(
                "condition_label", tag=node.tag, line=node.line, attribute="requiredFor", value=value
            )
    return tuple(dict.fromkeys(known[value] for value in listed(wanted)))
