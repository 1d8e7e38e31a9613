"""Label Studio's labelling config, read into a Schema.

Every tag of `config_tags` is read; every other one, and every attribute that would change what is asked, is refused by
name and line. What only changes how it looks is left out, and the schema's notes say so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from annotation.formats import config_tags as tags
from annotation.formats.config_attributes import data_key, listed, misplaced, needed, plain_words, said
from annotation.formats.config_conditions import Names, check_round, condition_of, conditional, framed
from annotation.formats.config_fields import field_of, is_literal
from annotation.formats.config_known import check, fold
from annotation.formats.config_layout import is_row, title_of, words_of
from annotation.formats.config_notes import Notes
from annotation.formats.config_required import required_for
from annotation.formats.config_search import Search, search_of, searched
from annotation.formats.config_xml import ConfigInvalid, Node, parse_xml
from annotation.formats.schema import Field, FieldKind, Question, Schema
from annotation.formats.shown import TURNS
from annotation.formats.tags import BY_CONFIG, MARKING
from annotation.formats.tags.chat import writes
from annotation.formats.tags.collected import collected
from annotation.formats.tags.family import Control, Family, begins

__all__ = ["MOST_CONTROLS", "ConfigInvalid", "parse_config", "read_tree"]

MOST_CONTROLS = 200
"""Of a config: nobody answers more at one item, and what depends on one another is looked at in pairs."""


def parse_config(source: str) -> Schema:
    """Read a labelling config.

    Raises ConfigInvalid with a code of `messages.MESSAGES`, the tag and the line.
    """
    return read_tree(parse_xml(source))


def read_tree(root: Node) -> Schema:
    """Read a config's tags, which it changes: names are folded, parts are moved. Raises ConfigInvalid."""
    fold(root)
    if root.tag.lower() != tags.VIEW:
        raise ConfigInvalid("wrong_root", tag=root.tag, line=root.line)
    _check_tags(root)
    notes = Notes()
    check(root, notes)
    return _Reader(root, notes).read()


def _check_tags(root: Node) -> None:
    known = tags.CONTROLS | tags.LAYOUT | tags.INSIDE | frozenset(tags.OBJECTS)
    for node in root.walk():
        name = tags.name_of(node)
        if name not in known and not name.startswith("html:"):
            studio = name in tags.UNSUPPORTED
            raise ConfigInvalid("tag_unsupported" if studio else "tag_unknown", tag=node.tag, line=node.line)


_FRAMED = frozenset(tags.OBJECTS) | {tags.HEADER, tags.MARKDOWN}
"""Tags that are shown now and then by a frame of their own."""


@dataclass
class _Asked:
    """A control of the config, with the tags above it (and itself) that are shown only now and then."""

    node: Node
    family: Family
    question: Question
    conditional: tuple[Node, ...]


class _Reader:
    """Collects fields, questions and layout in document order."""

    def __init__(self, root: Node, notes: Notes) -> None:
        self.root = root
        self.notes = notes
        self.fields: dict[str, Field] = {}
        self.shown: dict[str, Field] = {}  # by the item's key
        self.literals: set[str] = set()
        self.controls: list[_Asked] = []
        self.filters: list[Node] = []
        self.searching: dict[str, Search] = {}
        self.views: list[tuple[Node, dict[str, Any]]] = []
        self.known, self.named = self._names()

    def read(self) -> Schema:
        layout: list[dict[str, Any]] = []
        self._children(self.root, layout, self._above(self.root, ()))
        if not self.fields:
            raise ConfigInvalid("no_text", tag=self.root.tag, line=self.root.line)
        if not self.controls:
            self.notes("no_question", self.root)
        self.controls = [self._of_areas(one) for one in self.controls]
        names = Names({one.question.key: one.question for one in self.controls}, self.known)
        for node, view in self.views:
            view["when"] = [condition_of(node, names).to_json()]
        self.searching = {search.target: search for search in self._searches(names)}
        questions = tuple(self._finished(one, names) for one in self.controls)
        by_key = {each.key: each for each in questions}
        for one in self.controls:
            check_round(one.node, one.question.key, by_key)
        return Schema(tuple(self.fields.values()), questions, tuple(layout), self.notes.all())

    def _names(self) -> tuple[dict[str, Field], dict[str, int]]:
        """The fields and, of all that has a name, the lines; a name stands once."""
        fields: dict[str, Field] = {}
        lines: dict[str, int] = {}
        for node in self.root.walk():
            name = tags.name_of(node)
            if name not in tags.CONTROLS and name not in tags.OBJECTS:
                continue
            if name == "relations" and not said(node, "name"):  # Label Studio needs no name for it
                node.attributes["name"] = "relations"
            own = needed(node, "name")
            if own in lines:
                raise ConfigInvalid(
                    "name_duplicate", tag=node.tag, line=node.line, name=own, first_line=lines[own]
                )
            lines[own] = node.line
            if name in tags.OBJECTS and not is_literal(node):
                fields[own] = field_of(node, self.notes)
        return fields, lines

    def _children(self, parent: Node, layout: list[dict[str, Any]], above: tuple[Node, ...]) -> None:
        for child in parent.children:
            node = framed(child) if tags.name_of(child) in _FRAMED else child
            name = tags.name_of(node)
            if name in (tags.VIEW, tags.COLLAPSE, tags.PANEL):
                self._view(node, layout, above)
            elif name in (tags.HEADER, tags.MARKDOWN):
                self._header(node, layout)
            elif name.startswith("html:"):
                self._html(node, layout, above)
            elif name in tags.OBJECTS:
                self._object(node, layout, above)
            elif name in tags.CONTROLS:
                self._control(node, layout, above)
            elif name == tags.FILTER:
                self.filters.append(node)
            elif name != tags.STYLE:
                raise misplaced(node, parent)
            else:
                self.notes("style", node)

    def _above(self, node: Node, above: tuple[Node, ...]) -> tuple[Node, ...]:
        return (*above, node) if conditional(node) else above

    def _view(self, node: Node, layout: list[dict[str, Any]], above: tuple[Node, ...]) -> None:
        if said(node, "accordion").lower() == "true":
            self.notes("accordion", node)
        view: dict[str, Any] = {"node": "view", "children": []}
        if is_row(node):
            view["row"] = True
        if title := title_of(node):
            view["title"] = plain_words(node, title)
        if conditional(node):
            self.views.append((node, view))
        if len(view) == 2 and not conditional(node):  # nothing but a frame: its parts stand where it stands
            self._children(node, layout, above)
            return
        self._children(node, view["children"], self._above(node, above))
        if view["children"]:
            layout.append(view)

    def _html(self, node: Node, layout: list[dict[str, Any]], above: tuple[Node, ...]) -> None:
        self.notes("html_tag", node)
        if words := words_of(node):
            layout.append({"node": "header", "text": plain_words(node, words, "text")})
        self._inside_html(node, layout, above)

    def _inside_html(self, node: Node, layout: list[dict[str, Any]], above: tuple[Node, ...]) -> None:
        for inner in node.children:
            if tags.name_of(inner).startswith("html:"):
                self._inside_html(inner, layout, above)
            else:
                self._children(Node(node.tag, {}, node.line, [inner]), layout, above)

    def _header(self, node: Node, layout: list[dict[str, Any]]) -> None:
        text = (node.attributes.get("value") or node.text).strip()
        if text.startswith("$"):
            node.attributes["value"] = text
            key = data_key(node, "value")
            field = Field(f"header:{key}", key)
            self._show(field, node)
            layout.append({"node": "field", "name": field.name})
        elif text:
            layout.append({"node": "header", "text": plain_words(node, text)})

    def _object(self, node: Node, layout: list[dict[str, Any]], above: tuple[Node, ...]) -> None:
        name = needed(node, "name")
        if name not in self.known:  # Label Studio shows a literal as it stands
            self.literals.add(name)
            layout.append({"node": "header", "text": said(node, "value")})
            return
        self._show(self.known[name], node)
        layout.append({"node": "field", "name": name})
        if self.known[name].kind is FieldKind.CHAT:
            if said(node, "llm"):
                self.notes("llm", node)
            if writes(Control(node, "", (), self.notes)):
                node.attributes.pop("toName", None)
                self._asked(node, layout, (self.known[name],), above)
            else:
                self.notes("transcript", node)

    def _show(self, field: Field, node: Node) -> None:
        """Add a field; a header may be there twice. What items hold under a key is stored for one kind of tag."""
        other = self.shown.setdefault(field.key, field)
        if other.kind is not field.kind:
            params = {"key": field.key, "other": other.title or other.name, "kind": other.kind.value}
            raise ConfigInvalid("key_two_kinds", tag=node.tag, line=node.line, **params)
        self.fields[field.name] = field

    def _control(self, node: Node, layout: list[dict[str, Any]], above: tuple[Node, ...]) -> None:
        self._asked(node, layout, self._targets(node), above)

    def _asked(
        self, node: Node, layout: list[dict[str, Any]], fields: tuple[Field, ...], above: tuple[Node, ...]
    ) -> None:
        if len(self.controls) >= MOST_CONTROLS:
            raise ConfigInvalid("controls_too_many", tag=node.tag, line=node.line, limit=MOST_CONTROLS)
        family = BY_CONFIG[tags.name_of(node)]
        titled = bool(layout) and layout[-1]["node"] == "header"
        control = Control(node, layout[-1]["text"] if titled else "", fields, self.notes)
        if control.per_region and not family.per_region:
            raise ConfigInvalid("attribute_unsupported", tag=node.tag, line=node.line, attribute="perRegion")
        if not family.several and len(fields) > 1 and family.tag != "relations":
            raise ConfigInvalid("target_several", tag=node.tag, line=node.line, target=said(node, "toName"))
        for field in fields:
            if field.kind not in family.about:
                raise ConfigInvalid("target_wrong_kind", tag=node.tag, line=node.line, target=field.name)
        if len(fields) > 1 and family.tag not in ("pairwise", "relations"):
            self.notes("several_fields", node)
        question = family.read(control)
        if titled:
            layout.pop()
        self.controls.append(_Asked(node, family, question, self._above(node, above)))
        layout.append({"node": "question", "key": question.key})

    def _targets(self, node: Node) -> tuple[Field, ...]:
        names = listed(said(node, "toName"))
        if tags.name_of(node) == "relations" and not names:
            return self._marked(node)
        if not names:
            if len(self.known) != 1 or not self.known:
                raise ConfigInvalid("attribute_missing", tag=node.tag, line=node.line, attribute="toName")
            self.notes("no_target", node)
            names = list(self.known)
        for name in names:
            if name not in self.known:
                code = "target_not_text" if name in self.named else "target_unknown"
                raise ConfigInvalid(code, tag=node.tag, line=node.line, target=name)
        return tuple(self.known[name] for name in dict.fromkeys(names))

    def _marked(self, node: Node) -> tuple[Field, ...]:
        """The fields whose regions relations without a target can join: all in which something is marked."""
        found = [
            target
            for each in self.root.walk()
            if tags.name_of(each) in tags.CONTROLS and BY_CONFIG[tags.name_of(each)].marks
            for target in listed(said(each, "toName"))
            if target in self.known
        ]
        if not found:
            raise ConfigInvalid("relations_nothing", tag=node.tag, line=node.line)
        return tuple(self.known[name] for name in dict.fromkeys(found))

    def _searches(self, names: Names) -> list[Search]:
        return [search_of(node, names.questions, self.notes) for node in self.filters]

    def _finished(self, one: _Asked, names: Names) -> Question:
        """The question with its conditions, once every name is known."""
        question, node = one.question, one.node
        marked = any(other.field == question.field for other in names.marking())
        if question.per_region and not marked and self.known[question.field].kind not in TURNS:
            raise ConfigInvalid("per_region_nothing", tag=node.tag, line=node.line, target=question.field)
        if question.tag == "relations" and not marked:
            raise ConfigInvalid("relations_nothing", tag=node.tag, line=node.line)
        if question.per_region and not marked and begins(question):
            self.notes("not_begun", node)
        question = collected(question, names.questions.values())
        when = tuple(condition_of(each, names) for each in one.conditional)
        if any(condition.tag == question.key for condition in when):
            raise ConfigInvalid("condition_itself", tag=node.tag, line=node.line)
        wanted = required_for(node, question, self.known[question.field], list(names.questions.values()))
        question = replace(question, when=when, required_for=wanted)
        return searched(question, self.searching.get(question.key))

    def _of_areas(self, one: _Asked) -> _Asked:
        """Labels on a picture mark nothing themselves: they are chosen for each area that another control draws."""
        question = one.question
        if question.tag != "labels" or self.known[question.field].kind is not FieldKind.IMAGE:
            return one
        asked = [other.question for other in self.controls]
        if not any(other.field == question.field and other.tag in MARKING - {"labels"} for other in asked):
            raise ConfigInvalid(
                "per_region_nothing", tag=one.node.tag, line=one.node.line, target=question.field
            )
        if begins(question):
            self.notes("not_begun", one.node)
        return replace(one, question=replace(question, per_region=True))
