"""Markdown to HTML that is safe to show."""

import re

import nh3
from markdown_it import MarkdownIt

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
    *("table", "thead", "tbody", "tr", "th", "td", "del"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, **{f"h{level}": {"id"} for level in range(1, 5)}}
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_HEADING = re.compile(r"<(h[1-4])>(\d+(?:\.\d+)*)")
_CLAUSE = re.compile(r"^\s*(?:#+\s*)?(\d+(?:\.\d+)*)[.)]?\s+(\S.*)$", re.MULTILINE)

_EMPHASIS = re.compile(r"\*\*|__|`|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])")


def to_html(text: str) -> str:
    """Render Markdown; raw HTML is shown as text. A heading that begins with a clause number gets the id `clause-N`."""
    html = _HEADING.sub(r'<\1 id="clause-\2">\2', _MARKDOWN.render(text))
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"})


def clauses(text: str) -> list[tuple[str, str]]:
    """The numbered clauses of a guideline, `(number, first line without marks)`, in order: what a decision may cite."""
    return [(number, _EMPHASIS.sub("", title).strip()[:80]) for number, title in _CLAUSE.findall(text)]
