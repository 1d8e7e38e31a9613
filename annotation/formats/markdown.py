"""Markdown to HTML that is safe to show."""

import re
from collections.abc import Iterator

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = {
    *(
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "code",
        "pre",
        "blockquote",
        "hr",
        "br",
        "a",
    ),
    *("table", "thead", "tbody", "tr", "th", "td", "del", "span"),
}
_NAMED = ("h1", "h2", "h3", "h4", "p", "li", "span")
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, **{tag: {"id"} for tag in _NAMED}}
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])

CLAUSE = re.compile(r"^[^\S\n]*(?:#+[^\S\n]*)?(\d+(?:\.\d+)*)[.)]?\s+(\S.*)$", re.MULTILINE)
"""A line that begins a clause: its number and its words."""
_BEGINS = re.compile(r"(?:\*\*|__)?(\d+(?:\.\d+)*)[.)]?(?:\*\*|__)?\s+\S")
_EMPHASIS = re.compile(r"\*\*|__|`|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])")


def to_html(text: str) -> str:
    """Render Markdown; raw HTML is shown as text. What begins with the number of a clause gets the id `clause-N`."""
    tokens = _MARKDOWN.parse(text)
    _name_clauses(tokens)
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"})


def clauses(text: str) -> list[tuple[str, str]]:
    """The numbered clauses of a guideline, `(number, first line without marks)`, in order: what a decision may cite."""
    return [(number, plain_title(title)) for number, title in CLAUSE.findall(text)]


def plain_title(words: str) -> str:
    """The first line of a clause, without marks and not too long."""
    return _EMPHASIS.sub("", words).strip()[:80]


def _name_clauses(tokens: list[Token]) -> None:
    """Each number names the first place that begins with it."""
    taken: set[str] = set()
    for at, token in enumerate(tokens):
        if token.type == "list_item_open" and token.info and token.level == 1:
            _name(token, token.info, taken)
        elif token.type == "inline" and tokens[at - 1].type in {"heading_open", "paragraph_open"}:
            begins = _BEGINS.match(token.content)
            if begins and not tokens[at - 1].hidden:
                _name(tokens[at - 1], begins[1], taken)
            token.children = [*_with_names(token.children or [], taken)]


def _name(token: Token, number: str, taken: set[str]) -> None:
    if number not in taken:
        taken.add(number)
        token.attrSet("id", f"clause-{number}")


def _with_names(children: list[Token], taken: set[str]) -> Iterator[Token]:
    """A clause that begins on a later line of a paragraph has an empty element before it."""
    after_break = False
    for child in children:
        begins = _BEGINS.match(child.content) if after_break and child.type == "text" else None
        if begins and begins[1] not in taken:
            taken.add(begins[1])
            yield Token("html_inline", "", 0, content=f'<span id="clause-{begins[1]}"></span>')
        after_break = child.type in {"softbreak", "hardbreak"}
        yield child
