"""Choices (one or several, also as a tree) and Taxonomy: labels are chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotation.formats.answer_place import AnswerInvalid, Place
from annotation.formats.config_attributes import invalid, plain_words, said, truth, unsupported, whole
from annotation.formats.schema import Kind, Question
from annotation.formats.shown import Shown
from annotation.formats.tags.family import Control, Family
from annotation.formats.tags.labels import labels_of

_KINDS = {"single": Kind.CHOICE, "single-radio": Kind.CHOICE, "multiple": Kind.CHOICES}


def _read_choices(control: Control) -> Question:
    given = control.node.attributes.get("choice", "single").lower()
    if given not in _KINDS:
        raise invalid(control.node, "choice", ", ".join(_KINDS))
    found = labels_of(control, "choice", tree=True)
    return control.question(
        _KINDS[given], "choices", title=found.title, labels=found.all, key_of_data=found.key_of_data
    )


def _read_taxonomy(control: Control) -> Question:
    node = control.node
    if node.attributes.get("apiUrl"):
        raise unsupported(node, "apiUrl")
    control.refuse("labeling")
    most = whole(node, "maxUsages", maximum=10_000)
    found = labels_of(control, "choice", tree=True)
    return control.question(
        Kind.CHOICE if most == 1 else Kind.CHOICES,
        "taxonomy",
        title=found.title,
        labels=found.all,
        key_of_data=found.key_of_data,
        most=most if most != 1 else None,
        leaves_only=truth(node, "leafsOnly"),
        placeholder=plain_words(node, said(node, "placeholder"), "placeholder"),
        filter=True,
    )


def chosen(shown: Shown, question: Question, place: Place, given: object) -> list[str]:
    """The keys that a list of labels, or of paths in a tree, names: known ones, each once, at least one."""
    keys = _by_path(shown, question, place, given) if shown.nested(question) else place.strings(given)
    labels = shown.labels(question)
    seen: set[str] = set()
    for at, key in enumerate(keys):
        if key not in labels:
            raise AnswerInvalid("unknown_label", {"label": key, "question": question.key}, place.at(at))
        if key in seen:
            raise AnswerInvalid("repeated_label", {"label": key}, place.at(at))
        if question.leaves_only and key in shown.tree(question).parents:
            raise AnswerInvalid("label_no_leaf", {"label": labels[key].text}, place.at(at))
        seen.add(key)
    if not keys:
        raise AnswerInvalid("no_label", {"question": question.key}, place)
    if question.most is not None and len(keys) > question.most:
        params = {"question": question.key, "count": len(keys), "limit": question.most}
        raise AnswerInvalid("too_many_labels", params, place)
    return keys


def only_label(question: Question, place: Place, keys: list[str]) -> str:
    """The one label of a question that takes one."""
    if len(keys) > 1:
        raise AnswerInvalid("several_labels", {"question": question.key, "count": len(keys)}, place)
    return keys[0]


def _by_path(shown: Shown, question: Question, place: Place, given: object) -> list[str]:
    keys = []
    by_path = shown.tree(question).by_path
    for at, path in enumerate(place.items(given)):
        parts = tuple(place.at(at).strings(path))
        # What no path says is refused as a label by its own words.
        keys.append(by_path.get(parts, " / ".join(parts)))
        if parts not in by_path:
            raise AnswerInvalid("unknown_label", {"label": keys[-1], "question": question.key}, place.at(at))
    return keys


def _one(shown: Shown, question: Question, place: Place, value: Mapping[str, Any]) -> str | list[str]:
    here = place.at(question.region_type)
    keys = chosen(shown, question, here, value.get(question.region_type))
    several = question.kind is Kind.CHOICES or question.multiple
    return sorted(keys) if several else only_label(question, here, keys)


def _write(shown: Shown, question: Question, value: Any) -> list[dict[str, Any]]:
    keys = value if isinstance(value, list) else [value]
    paths = shown.tree(question).paths
    written = [list(paths.get(key, (key,))) for key in keys] if shown.nested(question) else list(keys)
    return [{question.region_type: written}]


CHOICES = Family("choices", ("choices",), _read_choices, _write, one=_one, per_region=True, several=True)
TAXONOMY = Family("taxonomy", ("taxonomy",), _read_taxonomy, _write, one=_one, per_region=True, several=True)
