"""`visibleWhen` and what narrows it, read into conditions once all names of a config are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from annotation.formats.config_attributes import invalid, listed, said, unsupported
from annotation.formats.config_known import CONDITION
from annotation.formats.config_xml import ConfigInvalid, Node
from annotation.formats.offered import offers
from annotation.formats.schema import Condition, Field, Kind, Question
from annotation.formats.tags import MARKING

_ON = {
    "choice-selected": "choice",
    "choice-unselected": "no_choice",
    "region-selected": "region",
    "no-region-selected": "no_region",
}


@dataclass(frozen=True)
class Names:
    """The questions and fields of a config by name."""

    questions: Mapping[str, Question]
    fields: Mapping[str, Field]

    def marking(self, field: str = "") -> Sequence[Question]:
        """The questions that mark regions, of one field or of all."""
        return self._marking.get(field, ())

    def keys(self, question: Question, words: str) -> Sequence[str]:
        """The labels of a question that a config's words name: by key, or by what people see, as several may say it."""
        return self._keys[question.key].get(words, ())

    def offered(self, question: Question, words: Iterable[str]) -> bool:
        """Whether a question has a label that any of the words name."""
        return any(self.keys(question, one) for one in words)

    # A config may have many conditions: what they look up is made once.

    @cached_property
    def _marking(self) -> Mapping[str, Sequence[Question]]:
        found: dict[str, list[Question]] = {"": []}
        for one in self.questions.values():
            if one.tag in MARKING:
                found[""].append(one)
                found.setdefault(one.field, []).append(one)
        return found

    @cached_property
    def _keys(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        return {question.key: _said_by(question) for question in self.questions.values()}


def conditional(node: Node) -> bool:
    """Whether a tag is shown only now and then."""
    return any(said(node, name) for name in CONDITION)


def framed(node: Node) -> Node:
    """A tag that shows something, inside a View that has its condition; itself where it has none."""
    if not conditional(node):
        return node
    moved = {name: node.attributes.pop(name) for name in CONDITION if name in node.attributes}
    return Node("View", moved, node.line, [node])


def condition_of(node: Node, names: Names) -> Condition:
    """The condition of a tag that has one; raises ConfigInvalid for an unknown tag or label."""
    given = said(node, "visibleWhen")
    on = _ON.get(given) if given else _supposed(node, names)
    if on is None:
        raise invalid(node, "visibleWhen", ", ".join(_ON))
    about_region = on in ("region", "no_region")
    attribute = "whenLabelValue" if about_region else "whenChoiceValue"
    other = "whenChoiceValue" if about_region else "whenLabelValue"
    # Label Studio reads either; only the fitting one narrows.
    if said(node, other) and not said(node, attribute):
        attribute = other
    roles = tuple(listed(said(node, "whenRole")))
    if roles and on != "region":
        raise unsupported(node, "whenRole")
    wanted = said(node, attribute)
    if wanted and not about_region:
        _check_named(node, attribute, names)
    asked = _asked_region(node, names, wanted) if about_region else _asked_choice(node, names)
    values = _values(node, attribute, wanted, asked, names)
    # Labels that are chosen for areas are no marks: only by their question can they be found.
    named = not about_region or bool(said(node, "whenTagName")) or any(one.per_region for one in asked)
    return Condition(on, asked[0].key if len(asked) == 1 and named else "", values, roles)


_MANY_PARTS = frozenset({"relations", "ranker", "rubric", "grades", "chat"})
"""Tags whose answers have many parts: no word of a config says one."""


def _check_named(node: Node, attribute: str, names: Names) -> None:
    name = said(node, "whenTagName")
    if name in names.questions and names.questions[name].tag in _MANY_PARTS:
        raise ConfigInvalid("condition_answer", tag=node.tag, line=node.line, attribute=attribute, name=name)


def _supposed(node: Node, names: Names) -> str:
    """Without `visibleWhen` what narrows it tells."""
    named = names.questions.get(said(node, "whenTagName"))
    marks = named is not None and named.tag in MARKING
    return "region" if marks or said(node, "whenLabelValue") or said(node, "whenRole") else "choice"


def _asked_choice(node: Node, names: Names) -> list[Question]:
    tag = said(node, "whenTagName")
    if not tag:
        found = [
            one
            for one in names.questions.values()
            if one.kind in (Kind.CHOICE, Kind.CHOICES) or one.per_region
        ]
        if len(found) != 1:
            raise ConfigInvalid("condition_nothing", tag=node.tag, line=node.line)
        return found
    if tag not in names.questions:
        raise ConfigInvalid("condition_unknown", tag=node.tag, line=node.line, name=tag)
    return [names.questions[tag]]


def _asked_region(node: Node, names: Names, wanted: str) -> list[Question]:
    """The questions that mark what must be selected. `whenTagName` may also name what is marked, as in Label Studio."""
    tag = said(node, "whenTagName")
    if tag in names.questions and names.questions[tag].tag in MARKING:
        return [names.questions[tag]]
    if tag and tag not in names.fields:
        raise ConfigInvalid("condition_unknown", tag=node.tag, line=node.line, name=tag)
    found = list(names.marking(tag))
    if wanted:
        labels = set(listed(wanted))
        found = [one for one in found if names.offered(one, labels) or offers(one)] or found
    if tag and len(found) > 1:
        raise unsupported(node, "whenTagName")
    return found


def _said_by(question: Question) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for label in question.labels:
        for words in {label.text, label.key}:
            found.setdefault(words, []).append(label.key)
    return found


def _values(
    node: Node, attribute: str, wanted: str, asked: Sequence[Question], names: Names
) -> tuple[str, ...]:
    if not wanted:
        return ()
    whole = [key for one in asked for key in names.keys(one, wanted)]
    if whole:
        return tuple(dict.fromkeys(whole))
    open_ended = any(offers(one) or not one.labels for one in asked)
    keys: list[str] = []
    for value in dict.fromkeys(listed(wanted)):
        found = [key for one in asked for key in names.keys(one, value)]
        if not found and not open_ended:
            raise ConfigInvalid(
                "condition_label", tag=node.tag, line=node.line, attribute=attribute, value=value
            )
        keys += found or [value]
    return tuple(dict.fromkeys(keys))


def check_round(node: Node, key: str, questions: Mapping[str, Question]) -> None:
    """Refuse a question that waits, over others, for itself: nobody could be shown it."""
    waiting, seen = [key], set[str]()
    while waiting:
        for condition in questions[waiting.pop()].when:
            if condition.on != "choice" or condition.tag not in questions or condition.tag in seen:
                continue
            if condition.tag == key:
                raise ConfigInvalid("condition_round", tag=node.tag, line=node.line)
            seen.add(condition.tag)
            waiting.append(condition.tag)
