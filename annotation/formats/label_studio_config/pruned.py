"""A config from which parts are taken that the workspace cannot show, each with a note."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from annotation.formats import config_tags as tags
from annotation.formats.config_attributes import listed, said
from annotation.formats.config_known import CONDITION, fold
from annotation.formats.config_xml import ConfigInvalid, Node
from annotation.formats.messages_notes import outside_note

_KNOWN = tags.CONTROLS | tags.LAYOUT | tags.INSIDE | frozenset(tags.OBJECTS)
_PLACES = frozenset({tags.VIEW, tags.COLLAPSE, tags.PANEL})
_BESIDE = frozenset({"audioUrl", "sync"})
"""Attributes that play something beside what is shown."""
_ABOVE = -1
"""The number of a `<View>` that is put above another root."""
_MOST_NOTES = 99  # and one that says that nothing is left


class Pruned:
    """A tree of tags. They are told apart by numbers, which stand for their lines meanwhile (`lines`)."""

    def __init__(self, root: Node) -> None:
        self.lines: dict[int, int] = {}
        self.notes: list[dict[str, object]] = []
        for number, node in enumerate(root.walk()):
            self.lines[number] = node.line
            node.line = number
        self.size = len(self.lines)
        self.root = root
        with suppress(ConfigInvalid):  # an attribute that is said twice is refused when it is read
            fold(root)

    def take_unknown(self) -> None:
        """Take out, at once, what no reading can show: other tags, and what is asked about what is gone with them."""
        if self.root.tag.lower() != tags.VIEW:
            self.note("outside_tag", self.root)
            self.lines[_ABOVE] = self.lines[self.root.line]
            self.root = Node("View", {}, _ABOVE, [self.root])
        self._without(self._taken(_unknown))

    def take(self, refusal: ConfigInvalid, *, whole: bool) -> None:
        """Take out what a reading refused: a `<View>`'s condition, else the tag (`whole`: the question it is in)."""
        above, node = self._refused(refusal)
        attribute = str(refusal.params.get("attribute", ""))
        if refusal.code != "attribute_missing" and attribute in node.attributes:
            self.note("outside_attribute", node, attribute=attribute)
        else:
            self.note("outside_part", node, refusal=refusal)
        if attribute in _BESIDE and tags.name_of(node) in tags.OBJECTS:
            del node.attributes[attribute]
            return
        if not above or (tags.name_of(node) in _PLACES and node.attributes.keys() & set(CONDITION)):
            node.attributes = {}
            return
        outermost = next((one for one in above if whole and tags.name_of(one) in tags.CONTROLS), node)
        self._without(self._taken(lambda one: one is outermost, noted=False))

    def note(
        self, code: str, node: Node, *, attribute: str = "", refusal: ConfigInvalid | None = None
    ) -> None:
        """Remember a note of `messages_notes.NOTES` about a tag."""
        if len(self.notes) >= _MOST_NOTES and code != "outside_nothing":
            return
        params = dict(refusal.params) if refusal else {}
        params |= {"tag": node.tag, "line": self.lines[node.line]}
        if "first_line" in params:
            params["first_line"] = self.lines[params["first_line"]]
        if attribute:
            params["attribute"] = attribute
        found = outside_note(code, params, refusal.code if refusal else "")
        if found not in self.notes:
            self.notes.append(found)

    def copy(self) -> Node:
        """The tree as it is now, to be read: a reading changes it."""
        return _copy(self.root)

    def _refused(self, refusal: ConfigInvalid) -> tuple[list[Node], Node]:
        """The tag that a reading refused, and those above it, outermost first."""
        path = [self.root]
        while refusal.line != path[-1].line:
            # Numbers go up in the order of the document: the last child that begins before it holds it.
            before = [one for one in path[-1].children if one.line <= (refusal.line or 0)]
            if not before:
                break
            path.append(before[-1])
        return path[:-1], path[-1]

    def _without(self, names: set[str]) -> None:
        """Take out what is asked about names that are gone, and nothing else."""
        names -= {said(node, "name") for node in self.root.walk()}

        def about(node: Node) -> bool:
            targets = listed(said(node, "toName"))
            return bool(targets) and names.issuperset(targets)

        if names:
            self._taken(about)

    def _taken(self, unwanted: Callable[[Node], bool], *, noted: bool = True) -> set[str]:
        """Take out all tags of a sort with all that is in them; gives the names that went."""
        gone: set[str] = set()
        for parent in self.root.walk():
            kept: list[Node] = []
            for child in parent.children:
                if not unwanted(child):
                    kept.append(child)
                    continue
                if noted:
                    self.note("outside_tag", child)
                gone |= {said(one, "name") for one in child.walk()}
            parent.children = kept
        return gone - {""}


def _unknown(node: Node) -> bool:
    name = tags.name_of(node)
    return name not in _KNOWN and not name.startswith("html:")


def _copy(node: Node) -> Node:
    inside = [_copy(child) for child in node.children]
    return Node(node.tag, dict(node.attributes), node.line, inside, node.text, node.head)
